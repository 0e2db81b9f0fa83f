"""Pages about sessions: agenda, sending in time, who is there, open and close."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.mark.evaluation import lists, quorums, selectors, services, steps
from originmark.mark.evaluation.forms import SessionForm
from originmark.mark.evaluation.models import Dossier, Session
from originmark.mark.evaluation.views.shared import done, step
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


def session_url(session_id: int) -> str:
    """Return the address of a session."""
    return reverse("evaluation:session", args=[session_id])


@login_required
@require_GET
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Show a session to whoever sits in it or runs it."""
    by = access.actor_of(request)
    row = selectors.session(session_id, by)
    return render(request, "evaluation/session.html", _shown(row, by))


def _shown(row: Session, by: Actor) -> dict[str, Any]:
    members = selectors.seated(row.round_id)
    there = set(row.attendance.filter(is_present=True).values_list("member_id", flat=True))
    agenda = Dossier.objects.filter(agenda__session=row).select_related("product", "organisation")
    return {
        "session": row,
        "agenda": [(each, lists.state_badge(each)) for each in agenda.order_by("number")],
        "waiting": _waiting(row),
        "members": [(each, each.pk in there) for each in members],
        "present": len(there & {each.pk for each in members}),
        "quorum": _quorum(row, len(members)),
        "latest": services.latest_sending(row),
        "today": clock.today(),
        "may_run": selectors.may_run(by),
        "may_lead": selectors.may_lead(row.round_id, by),
        "seat": selectors.seat_of(row.round_id, by),
    }


def _waiting(row: Session) -> list[Dossier]:
    """Return the accepted dossiers of the round that are on no agenda."""
    rows = row.round.dossiers.filter(state=steps.ACCEPTED)
    return list(rows.select_related("product", "organisation").order_by("number"))


def _quorum(row: Session, appointed: int) -> str:
    """Return how many are needed, or why nobody knows."""
    try:
        return str(quorums.quorum_of(row.round).needed(appointed, council=row.round.name))
    except RuleViolation as refusal:
        return say(refusal)


@login_required
@require_POST
def agenda(request: HttpRequest, session_id: int) -> HttpResponse:
    """Put dossiers on the agenda."""
    by = access.actor_of(request)
    services.put_on_agenda(session_id, request.POST.getlist("dossier"), by=by, now=clock.now())
    return done(request, session_url(session_id), _("The agenda is saved."))


@login_required
@require_POST
def take_off(request: HttpRequest, session_id: int, number: str) -> HttpResponse:
    """Take a dossier off the agenda."""
    by = access.actor_of(request)
    services.take_off_agenda(session_id, number, by=by, now=clock.now())
    return done(request, session_url(session_id), _("The agenda is saved."))


@login_required
@require_POST
def send(request: HttpRequest, session_id: int) -> HttpResponse:
    """Open the dossiers to the members."""
    services.send_dossiers(session_id, by=access.actor_of(request), now=clock.now())
    return done(request, session_url(session_id), _("The members have the dossiers."))


@login_required
@require_POST
def attendance(request: HttpRequest, session_id: int) -> HttpResponse:
    """Note who is there."""
    ids = {
        int(each) for each in request.POST.getlist("present") if each.isascii() and each.isdigit()
    }
    services.note_attendance(session_id, ids, by=access.actor_of(request), now=clock.now())
    return done(request, session_url(session_id), _("It is noted who is there."))


@login_required
@require_POST
def open_(request: HttpRequest, session_id: int) -> HttpResponse:
    """Open a session."""
    services.open_session(session_id, by=access.actor_of(request), now=clock.now())
    return done(request, session_url(session_id), _("The session is open."))


@login_required
@require_POST
def close(request: HttpRequest, session_id: int) -> HttpResponse:
    """Close a session."""
    services.close_session(session_id, by=access.actor_of(request), now=clock.now())
    return done(
        request, session_url(session_id), _("The session is closed; the minutes are there.")
    )


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, session_id: int) -> HttpResponse:
    """Put a session on another day."""
    by = access.actor_of(request)
    access.require(by, "evaluation.run")
    row = selectors.session(session_id, by)
    form = SessionForm(request.POST or None, initial={"held_on": row.held_on, "place": row.place})
    return step(
        request,
        form,
        lambda said: services.move_session(session_id, said["held_on"], place=said["place"], by=by),
        title=_("Move session %(session)s") % {"session": row},
        button=_("Save"),
        back=session_url(session_id),
        words=_("The session is moved."),
    )

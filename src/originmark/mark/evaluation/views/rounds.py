"""Pages about rounds: the list, one round with its progress, its rules, its council."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.evaluation import lists, quorums, rulebooks, selectors, services, steps
from originmark.mark.evaluation.forms import (
    HolidayForm,
    RoundForm,
    RulesForm,
    SeatForm,
    SessionForm,
    TieForm,
    next_year_first,
    rules_of,
)
from originmark.mark.evaluation.models import Dossier, Round
from originmark.mark.evaluation.views.shared import done, language, step
from originmark.origin.parties import access

RUN = "evaluation.run"


def round_url(code: str) -> str:
    """Return the address of a round."""
    return reverse("evaluation:round", args=[code])


@login_required
@require_GET
def round_list(request: HttpRequest) -> HttpResponseBase:
    """List the rounds by year and place, with how far each is."""
    rows = selectors.with_progress(selectors.rounds())
    context = {"may_run": selectors.may_run(access.actor_of(request))}
    template = "evaluation/round_list.html"
    return table_page(request, lists.ROUNDS, rows, template=template, context=context)


@login_required
@require_GET
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a round: how many dossiers are in each state, council, sessions, rules."""
    by = access.actor_of(request)
    row = selectors.round_by_code(code)
    seat = selectors.seat_of(row.pk, by)
    scheme, quorum = rulebooks.scheme_of(row), quorums.quorum_of(row)
    context = {
        "round": row,
        "scheme": scheme,
        "level": scheme.level(row.level).name.in_language(language()),
        "board": _board(row),
        "members": selectors.seated(row.pk) if by.sees_everything or seat else [],
        "seat": seat,
        "sessions": selectors.sessions(by).filter(round=row),
        "quorum": quorum,
        "quorum_percent": quorum.share * 100 if quorum.share is not None else None,
        "spread_notice": quorums.spread_notice_of(row),
        "may_run": selectors.may_run(by),
        "is_open": row.opens_on <= clock.today() <= row.closes_on,
        "may_enter": access.allows_somewhere(by, "evaluation.write_dossier"),
    }
    return render(request, "evaluation/round.html", context)


def _board(row: Round) -> list[dict[str, Any]]:
    counts = dict(selectors.progress([row.pk])[row.pk].by_state)
    address = reverse("evaluation:dossier_list")
    return [
        {
            "label": Dossier.State(state).label,
            "count": counts[state],
            "url": f"{address}?round={row.code}&state={state}",
        }
        for state in steps.STATES
        if counts[state] or state not in {steps.WITHDRAWN, steps.ACTION_NEEDED}
    ]


@login_required
@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    by = access.actor_of(request)
    access.require(by, RUN)
    form = RoundForm(request.POST or None, initial=next_year_first())
    return submit(
        request,
        form,
        lambda _said: round_url(services.open_round(form.draft(), by=by, now=clock.now()).code),
        context={
            "title": _("Open a round"),
            "submit": _("Open"),
            "cancel_url": reverse("evaluation:round_list"),
        },
        done=_("The round is open."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """Set the rules of a round."""
    by = access.actor_of(request)
    access.require(by, RUN)
    row = selectors.round_by_code(code)
    form = RulesForm(request.POST or None, initial=rules_of(row))
    return step(
        request,
        form,
        lambda _said: services.change_rules(code, form.rules(), by=by),
        title=_("Rules of %(round)s") % {"round": row.name},
        button=_("Save"),
        back=round_url(code),
        words=_("The rules are saved."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def seat_new(request: HttpRequest, code: str) -> HttpResponse:
    """Appoint a member of the council."""
    by = access.actor_of(request)
    access.require(by, RUN)
    form = SeatForm(request.POST or None, by=by)

    def act(said: dict[str, Any]) -> None:
        services.appoint(
            code,
            said["person"],
            role=said["role"],
            seat=said["seat"],
            organisation_id=int(said["organisation"]) if said["organisation"] else None,
            by=by,
            now=clock.now(),
        )

    return step(
        request,
        form,
        act,
        title=_("Appoint a member"),
        button=_("Appoint"),
        back=round_url(code),
        words=_("The seat is given."),
    )


@login_required
@require_POST
def seat_end(request: HttpRequest, code: str, member_id: int) -> HttpResponse:
    """End a seat."""
    services.end_seat(code, member_id, by=access.actor_of(request), now=clock.now())
    return done(request, round_url(code), _("The seat has ended."))


@login_required
@require_http_methods(["GET", "POST"])
def tie_new(request: HttpRequest, code: str, member_id: int) -> HttpResponse:
    """Declare that a member is tied to an applicant."""
    by = access.actor_of(request)
    row = selectors.round_by_code(code)
    seat = selectors.seat_of(row.pk, by)
    if seat is None or seat.pk != member_id:
        access.require(by, RUN)
    form = TieForm(request.POST or None, round_=row)

    def act(said: dict[str, Any]) -> None:
        organisation = int(said["organisation"])
        reason = said["reason"]
        services.declare_tie(code, member_id, organisation, reason=reason, by=by, now=clock.now())

    return step(
        request,
        form,
        act,
        title=_("Declare a tie to an applicant"),
        button=_("Declare"),
        back=round_url(code),
        words=_("The tie is noted; the member does not score these dossiers."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def session_new(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a session."""
    by = access.actor_of(request)
    access.require(by, RUN)
    form = SessionForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        session = services.plan_session(code, said["held_on"], place=said["place"], by=by)
        return reverse("evaluation:session", args=[session.pk])

    context = {"title": _("Plan a session"), "submit": _("Plan"), "cancel_url": round_url(code)}
    return submit(request, form, act, context=context, done=_("The session is planned."))


@login_required
@require_http_methods(["GET", "POST"])
def holiday_list(request: HttpRequest) -> HttpResponse:
    """Show and enter the days on which offices do not work."""
    by = access.actor_of(request)
    access.require(by, RUN)
    form = HolidayForm(request.POST or None)
    return submit(
        request,
        form,
        lambda said: services.add_holiday(said["day"], said["name"], by=by),
        template="evaluation/holidays.html",
        context={"holidays": selectors.holidays()},
        success=lambda _made: reverse("evaluation:holiday_list"),
        done=_("The day is entered."),
    )


@login_required
@require_POST
def holiday_remove(request: HttpRequest, holiday_id: int) -> HttpResponse:
    """Make a day a working day again."""
    by = access.actor_of(request)
    for row in selectors.holidays().filter(pk=holiday_id):
        services.remove_holiday(row.day, by=by)
    return done(request, reverse("evaluation:holiday_list"), _("The day is a working day again."))

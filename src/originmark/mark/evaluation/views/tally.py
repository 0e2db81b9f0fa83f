"""The live tally for the head of the council: sheets, notices, votes, the decision."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.mark.evaluation import lists, quorums, rulebooks, rules, selectors, services
from originmark.mark.evaluation.bench import Bench
from originmark.mark.evaluation.forms import SayForm, VoteForm
from originmark.mark.evaluation.models import Dossier
from originmark.mark.evaluation.seats import TIES
from originmark.mark.evaluation.views.shared import done, language, step
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor, NotAllowed


def tally_url(number: str) -> str:
    """Return the address of the tally of a dossier."""
    return reverse("evaluation:tally", args=[number])


@login_required
@require_GET
def tally(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the sheets come to; asked again every few seconds while the council sits."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    if not selectors.may_see_tally(row, by):
        raise NotAllowed(person=by.name, permission="evaluation.head")
    part = request.headers.get("HX-Target") == "tally"
    template = "evaluation/_tally.html" if part else "evaluation/tally.html"
    return render(request, template, _context(row, by))


def _context(row: Dossier, by: Actor) -> dict[str, Any]:
    bench, decision = selectors.bench_of(row), selectors.decision_of(row)
    found = bench.tally()
    return {
        "dossier": row,
        "session": bench.session,
        "bench": bench,
        "places": [_place(each) for each in bench.places],
        "tally": found,
        "lines": _lines(row, found),
        "far": found.far,
        "spread_notice": quorums.spread_notice_of(row.round) if row.round else None,
        "points": _points(row, bench, found),
        "marks": _marks(bench),
        "notes": row.notes.all(),
        "decision": decision,
        "outcome": lists.outcome_badge(decision) if decision else None,
        "may_lead": selectors.may_lead(row.round_id, by),
        "is_open": bench.session is not None and bench.session.is_open and decision is None,
    }


def _place(place: selectors.Place) -> dict[str, Any]:
    return {
        "member": place.member,
        "is_present": place.is_present,
        "tie": TIES[place.tie] if place.tie else "",
        "points": place.sheet.points if place.counts and place.sheet else None,
        "has_begun": place.sheet is not None,
        "may_decide": place.may_decide,
    }


def _lines(row: Dossier, found: rules.Tally) -> list[dict[str, Any]]:
    criteria = {line.code: line for line in rulebooks.set_of(row).criteria()}
    return [
        {
            "code": line.code,
            "name": criteria[line.code].name.in_language(language()),
            "max_points": criteria[line.code].max_points,
            "average": line.average,
            "spread": line.spread,
            "points": line.points,
            "is_wide": line.spread * 2 > criteria[line.code].max_points,
        }
        for line in found.lines
    ]


def _points(row: Dossier, bench: Bench, found: rules.Tally) -> dict[str, Any]:
    """Return what the points would be by the round's rounding, and the stars of their band."""
    rounding = row.round.rounding if row.round else ""
    if not rounding or not bench.sheets:
        return {"average": found.average, "rounded": None, "stars": None}
    points = rules.rounded(found.sum, len(bench.sheets), rounding)
    stars = rulebooks.scheme_of(row).stars_for(points)
    return {"average": found.average, "rounded": points, "stars": stars}


def _marks(bench: Bench) -> list[dict[str, Any]]:
    votes = bench.votes()
    return [
        {"criterion": code, "member": who, "reason": reason, "vote": votes.get(code)}
        for code, who, reason in bench.marked()
    ]


def _led(request: HttpRequest, number: str) -> tuple[Dossier, Actor]:
    """Return a dossier and the head of its council; raises NotAllowed for anybody else."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    if not selectors.may_lead(row.round_id, by):
        raise NotAllowed(person=by.name, permission="evaluation.head")
    return row, by


@login_required
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note for the minutes."""
    row, by = _led(request, number)
    form = SayForm(request.POST or None, dossier=row, language=language())

    def act(said: dict[str, Any]) -> None:
        criterion = said["criterion"]
        services.note(number, said["text"], criterion=criterion, by=by, now=clock.now())

    return step(
        request,
        form,
        act,
        title=_("Note on %(dossier)s") % {"dossier": number},
        button=_("Save"),
        back=tally_url(number),
        words=_("The note is in the minutes."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, number: str, criterion: str) -> HttpResponse:
    """Record the vote on a knock-out."""
    _row, by = _led(request, number)
    form = VoteForm(request.POST or None)
    return step(
        request,
        form,
        lambda _said: services.record_vote(number, form.vote(criterion), by=by, now=clock.now()),
        title=_("Vote on the knock-out at %(criterion)s") % {"criterion": criterion},
        button=_("Record the vote"),
        back=tally_url(number),
        words=_("The vote is recorded."),
    )


@login_required
@require_POST
def score_anew(request: HttpRequest, number: str) -> HttpResponse:
    """Open another round of scoring."""
    services.score_anew(number, by=access.actor_of(request), now=clock.now())
    return done(request, tally_url(number), _("The members score again; their sheets are open."))


@login_required
@require_POST
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Decide a dossier."""
    services.decide(number, by=access.actor_of(request), now=clock.now())
    return done(request, tally_url(number), _("It is decided."))

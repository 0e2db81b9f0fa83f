"""Pages about stars for everybody: the register, the best, one star."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from originmark.frame.web import clock
from originmark.frame.web.limits import Limit
from originmark.frame.web.tables import table_page
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.selectors import star_lists
from originmark.mark.evaluation.selectors import stars as selectors
from originmark.mark.evaluation.star_tables import (
    best_table,
    group_names,
    register_table,
    stars_said,
    state_badge,
)
from originmark.origin.parties import access

READS = Limit("stars", times=120, seconds=60)


@require_GET
def register(request: HttpRequest) -> HttpResponseBase:
    """List the products whose stars count today. For everybody."""
    READS.count(request)
    rows = star_lists.register(clock.today())
    return table_page(request, register_table(), rows, template="evaluation/star_register.html")


@require_GET
def best(request: HttpRequest) -> HttpResponseBase:
    """Rank the stars that count today, and show who was honoured. For everybody."""
    READS.count(request)
    rows = star_lists.best(clock.today())
    context = {"honours": star_lists.honours()[:50]}
    template = "evaluation/star_best.html"
    return table_page(request, best_table(), rows, template=template, context=context)


@require_GET
def star(request: HttpRequest, number: str) -> HttpResponse:
    """Show a star: what it says, how long, and whether it holds today. For everybody.

    Whoever belongs to the producer or to the office sees what happened to it, too.
    """
    READS.count(request)
    row = selectors.star(number, clock.today())
    context = {
        "star": row,
        "facts": selectors.facts(row, clock.today()),
        "stars_said": stars_said(row),
        "group": group_names().get(row.group_code, row.group_code),
        "badge": state_badge(row),
        "honours": star_lists.honours().filter(star=row),
        "today": clock.today(),
    }
    by = access.actor_of(request)
    if access.visible(by, Star.objects.filter(pk=row.pk)).exists():
        context |= _inside(row, by)
    return render(request, "evaluation/star.html", context)


def _inside(row: Star, by: access.Actor) -> dict[str, Any]:
    """Return what only the producer and the office see."""
    org = row.organisation_id
    reasons = dict(selectors.revocation_reasons(row.scheme_code, row.scheme_version))
    appeals = list(star_lists.appeals(by).filter(revocation__star=row))
    revocations = [
        (
            each,
            reasons.get(each.reason, each.reason),
            [appeal for appeal in appeals if appeal.revocation_id == each.pk],
        )
        for each in row.revocations.all()
    ]
    may = {
        verb: access.allows(by, f"evaluation.{verb}", organisation_id=org)
        for verb in ("revoke", "notify", "re_evaluate", "appeal", "honour", "plan_checks")
    }
    return {
        "is_inside": True,
        "notice": getattr(row, "notice", None),
        "re_evaluations": list(row.re_evaluations.all()),
        "checks": list(row.checks.all()),
        "revocations": revocations,
        "has_open_appeal": any(not appeal.outcome for appeal in appeals),
        "may": may,
    }

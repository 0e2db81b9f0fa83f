"""What there is in the province, each number counted by a query."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, F, QuerySet

from originmark.demo.quang_ninh import history, rounds
from originmark.demo.quang_ninh.producers import PROVINCE
from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.evaluation.selectors import star_lists
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import SYSTEM
from originmark.origin.products import selectors as products

OPENED: Final = timedelta(days=rounds.OPENED_DAYS_AGO)


def figures() -> dict[str, int]:
    """Return the numbers of the province by what they count."""
    return {name: count for part in (_who(), _stars(), _round()) for name, count in part}


def built_on() -> date:
    """Return the day on which the province was built, to which its days are tied."""
    row = evaluation.rounds().get(code__startswith="qn-", scheme_code=history.SCHEME)
    opened_on: date = row.opens_on
    return opened_on + OPENED


def _who() -> Iterator[tuple[str, int]]:
    makers = parties.organisations(SYSTEM).filter(code__startswith="qn-")
    yield "producers", makers.count()
    for kind, count in makers.order_by("kind").values_list("kind").annotate(Count("pk")):
        yield f"producers, {kind}", count
    made = products.products(SYSTEM).filter(code__startswith="qn-product-")
    yield "products", made.count()
    groups = made.order_by("stars__group_code").values_list("stars__group_code")
    for group, count in groups.annotate(Count("pk", distinct=True)):
        yield f"products recognised in group {group}", count
    yield "products without a barcode", made.filter(gtin="").count()


def _stars() -> Iterator[tuple[str, int]]:
    today = built_on()
    period = history.period_of(today)
    ended = _ended(period.first, period.last)
    yield "terms that ended in the half-year", ended.count()
    told = ended.filter(notice__written_on__lte=F("notice__due_on"))
    yield "… of them with a notice in time", told.count()
    for when, day in (("by the end of the half-year", period.last), ("by now", today)):
        found = _counts(period, as_of=day)
        yield f"… re-awarded {when}", found.re_awarded
        yield f"… re-awarded {when}, before the term ended", found.re_awarded_in_time
        yield f"… in re-evaluation {when}", found.in_re_evaluation
        yield f"… lapsed {when}", found.lapsed
    yield "stars revoked in the half-year", _counts(period, as_of=today).revoked
    soon = _ended(today, today + timedelta(days=60))
    yield "terms that end within 60 days, told", soon.filter(notice__isnull=False).count()
    in_force = star_lists.register(today).filter(organisation__code__startswith="qn-")
    for stars, count in in_force.order_by("stars").values_list("stars").annotate(Count("pk")):
        yield f"products that carry {stars} stars", count


def _ended(first: date, last: date) -> QuerySet[Any]:
    return evaluation.ended(first, last, place=PROVINCE, scheme=history.SCHEME)


def _counts(period: history.Period, *, as_of: date) -> evaluation.StarCounts:
    return evaluation.counts(
        period.first, period.last, place=PROVINCE, scheme=history.SCHEME, as_of=as_of
    )


def _round() -> Iterator[tuple[str, int]]:
    dossiers = evaluation.dossiers(SYSTEM).filter(round__code=rounds.code_of(built_on()))
    yield "dossiers in the round", dossiers.count()
    handed_in = dossiers.filter(sheets__handed_in_at__isnull=False)
    yield "sheets handed in", handed_in.count()
    decided = dossiers.filter(decisions__set_aside_at=None)
    outcomes = decided.order_by("decisions__outcome").values_list("decisions__outcome")
    for outcome, count in outcomes.annotate(Count("pk")):
        yield f"decided: {outcome}", count
    granted = decided.filter(decisions__granted_stars__gt=0)
    stars = granted.order_by("decisions__granted_stars").values_list("decisions__granted_stars")
    for given, count in stars.annotate(Count("pk")):
        yield f"granted {given} stars", count
    yield "potential five stars", decided.filter(decisions__is_potential_five=True).count()
    yield "appeals open", star_lists.appeals(SYSTEM).filter(outcome="").count()

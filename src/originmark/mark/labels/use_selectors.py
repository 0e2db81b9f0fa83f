"""How many labels were used: what use reports are filled in with."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from originmark.mark.labels import spans
from originmark.mark.labels.models import LabelRun, RunAction, RunRange
from originmark.mark.labels.spans import Span

ProductAndMonth = tuple[str, date]  # the first day of the month


def labels_used(
    organisation_id: int, brand_code: str, first: date, last: date
) -> dict[ProductAndMonth, int] | None:
    """Return the labels activated from day to day and not spoiled since, by product and month.

    A label that was withdrawn later had gone onto a pack all the same. None for a user who never
    had labels of the brand. Two queries, three where labels were withdrawn.
    """
    runs = LabelRun.objects.filter(organisation_id=organisation_id, brand__code=brand_code)
    if not runs.exists():
        return None
    begins, ends = _begin_of(first), _begin_of(last + timedelta(days=1))
    found: Counter[ProductAndMonth] = Counter()
    for product_code, span in _activated(runs, since=begins):
        if span.since and begins <= span.since < ends:
            found[product_code, timezone.localdate(span.since).replace(day=1)] += span.count
    return dict(found)


def _activated(runs: QuerySet[LabelRun], *, since: datetime) -> Iterator[tuple[str, Span]]:
    """Yield spans that were activated, each since when, with their products."""
    rows = RunRange.objects.filter(
        run__in=runs, since__gte=since, state__in=(spans.ACTIVATED, spans.WITHDRAWN)
    ).values_list("run_id", "run__product_code", "first_index", "last_index", "state", "since")
    withdrawn: list[tuple[int, str, Span]] = []
    for run_id, product_code, first, last, state, at in rows:
        span = Span(first, last, state, since=at)
        if state == spans.ACTIVATED:
            yield product_code, span
        else:
            withdrawn.append((run_id, product_code, span))
    activations = _activations({run_id for run_id, _, _ in withdrawn}) if withdrawn else {}
    for run_id, product_code, span in withdrawn:
        for part in spans.activated(span, activations.get(run_id, ())):
            yield product_code, part


def _activations(run_ids: set[int]) -> dict[int, list[Span]]:
    """Return what was activated of runs, oldest first."""
    rows = RunAction.objects.filter(run__in=run_ids, state=spans.ACTIVATED).order_by("at", "pk")
    found: dict[int, list[Span]] = {}
    for run_id, first, last, at in rows.values_list("run_id", "first_index", "last_index", "at"):
        found.setdefault(run_id, []).append(Span(first, last, spans.ACTIVATED, since=at))
    return found


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

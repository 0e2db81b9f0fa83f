"""Counts of scans for the pages of the watch; each says what it costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.timezone import localdate

from originmark.mark.labels.models import (
    ConsumerReport,
    ForgedDay,
    LabelRun,
    ScanCase,
    ScanDay,
)
from originmark.mark.labels.watch import selectors
from originmark.mark.labels.watch.words import VERDICTS, verdict_tone
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

MADE_UP = "unknown"
ALARMING = [name for name, (_words, tone) in VERDICTS.items() if tone == "bad"]
MOST_RUNS, MOST_LOTS, MOST_REPORTS = 50, 10, 6


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many scans got one verdict on one day."""

    day: date
    verdict: str
    scans: int


@dataclass(slots=True)
class LotScans:
    """Scans of the labels of a lot; ``alarming`` are those whose verdict is bad."""

    lot_code: str
    product: str
    scans: int = 0
    alarming: int = 0


@dataclass(frozen=True, slots=True)
class OpenCases:
    """A lot with open cases, and when the newest was opened."""

    lot_code: str
    cases: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a page looks at, both ends included."""

    first: date
    last: date

    @classmethod
    def of(cls, days: int, now: datetime) -> "Window":
        """Return the last so many days, today among them."""
        today = localdate(now)
        return cls(today - timedelta(days=days - 1), today)

    def days(self) -> list[date]:
        """Return each day."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def rows_of_days(by: Actor) -> QuerySet[ScanDay]:
    """Return the counts of days that the actor may read: of all runs, or of its own."""
    if by.sees_everything:
        return ScanDay.objects.all()
    own = access.visible(by, LabelRun.objects.all()).order_by().values("number")
    return ScanDay.objects.filter(run_number__in=own)


def days(by: Actor, window: Window, *, lot_code: str = "") -> list[DayCount]:
    """Return the counts by day and verdict, of one lot if it is named. Two queries.

    Codes that nobody issued are counted for the programme alone.
    """
    span = {"day__gte": window.first, "day__lte": window.last}
    rows, made_up = rows_of_days(by).filter(**span), ForgedDay.objects.filter(**span)
    if lot_code:
        numbers = LabelRun.objects.filter(lot_code=lot_code).order_by().values("number")
        rows, made_up = rows.filter(run_number__in=numbers), made_up.filter(lot_code=lot_code)
    summed = rows.order_by().values_list("day", "verdict").annotate(Sum("scans"))
    found = [DayCount(*each) for each in summed]
    if by.sees_everything:
        forged = made_up.order_by().values_list("day").annotate(Sum("scans"))
        found += [DayCount(day, MADE_UP, scans) for day, scans in forged]
    return sorted(found, key=lambda each: (each.day, each.verdict))


def by_tone(found: Iterable[DayCount]) -> dict[tuple[date, str], int]:
    """Return the scans of each day by tone: ok, warn or bad."""
    summed: dict[tuple[date, str], int] = {}
    for each in found:
        key = each.day, verdict_tone(each.verdict)
        summed[key] = summed.get(key, 0) + each.scans
    return summed


def top_lots(by: Actor, window: Window) -> list[LotScans]:
    """Return the lots with most alarming scans, then most scans, in the window. Two queries."""
    rows = rows_of_days(by).filter(day__gte=window.first, day__lte=window.last)
    counted = (
        rows.order_by()
        .values_list("run_number")
        .annotate(seen=Sum("scans"), bad=Sum("scans", filter=Q(verdict__in=ALARMING), default=0))
    )
    figures = {
        number: (seen, bad)
        for number, seen, bad in counted.order_by("-bad", "-seen", "run_number")[:MOST_RUNS]
    }
    runs = LabelRun.objects.filter(number__in=figures).select_related("product")
    lots: dict[str, LotScans] = {}
    for run in runs:
        lot = lots.setdefault(run.lot_code, LotScans(run.lot_code, run.product.name))
        lot.scans += figures[run.number][0]
        lot.alarming += figures[run.number][1]
    return sorted(lots.values(), key=lambda each: (-each.alarming, -each.scans))[:MOST_LOTS]


def open_by_lot(by: Actor) -> list[OpenCases]:
    """Return the lots with open cases, most cases first. One query."""
    rows = _cases(by).filter(closed_at=None).exclude(lot_code="").order_by()
    grouped = rows.values_list("lot_code").annotate(n=Count("pk"), newest=Max("opened_at"))
    return [OpenCases(*each) for each in grouped.order_by("-n", "-newest")[:MOST_LOTS]]


def cases_by_state(by: Actor) -> dict[str, int]:
    """Return how many cases the actor may read are in each state. One query."""
    return dict(_cases(by).order_by().values_list("state").annotate(Count("pk")))


def newest_reports(by: Actor) -> list[ConsumerReport]:
    """Return the newest reports in cases that the actor may read. One query."""
    rows = ConsumerReport.objects.filter(case__in=_cases(by)).select_related("case")
    return list(rows[:MOST_REPORTS])


def cases_of_lot(by: Actor, lot_code: str) -> list[ScanCase]:
    """Return the cases about a lot that the actor may read, the open ones first. One query."""
    rows = selectors.cases(by).filter(lot_code=lot_code)
    return sorted(rows[: selectors.MOST_CASES], key=lambda each: each.closed_at is not None)


def _cases(by: Actor) -> QuerySet[ScanCase]:
    return access.visible(by, ScanCase.objects.order_by())

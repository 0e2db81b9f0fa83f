"""Stars of earlier rounds, and what became of those whose term ended.

The recognitions are brought in as history; notices, re-evaluations and the revocation happen on
their days. 71 terms that ended in half a year are published for the province (2024); on which days
they ended, and what became of each, is demonstration data.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Final

from originmark.demo.quang_ninh.producers import DemoProduct
from originmark.mark.evaluation import selectors as stars_known
from originmark.mark.evaluation import services as evaluation
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.star_values import StarScheme
from originmark.origin.parties.access import SYSTEM, Actor

SCHEME: Final = "ocop"
IN_TIME, LATE, WAITING, LAPSED = "in-time", "late", "waiting", "lapsed"
MONTHS: Final = (
    {IN_TIME: 5, LATE: 3, WAITING: 2, LAPSED: 2},
    {IN_TIME: 5, LATE: 3, WAITING: 2, LAPSED: 2},
    {IN_TIME: 5, LATE: 3, WAITING: 2, LAPSED: 2},
    {IN_TIME: 5, LATE: 0, WAITING: 5, LAPSED: 2},
    {IN_TIME: 5, LATE: 0, WAITING: 5, LAPSED: 2},
    {IN_TIME: 4, LATE: 0, WAITING: 5, LAPSED: 2},
)
"""What became of the terms that ended in each month of the half-year: 71 in all."""
ENDING_SOON, OF_ONE_ROUND = 18, 51
REPORT: Final = evaluation.Report(
    materials="As before, from the same communes (demonstration)",
    market="Sold at fairs and in two shops (demonstration)",
    quality_declaration="Declared anew (demonstration)",
    results="As many packs a year as in the dossier (demonstration)",
)


@dataclass(frozen=True, slots=True)
class Period:
    """The last half-year that is over."""

    first: date
    last: date

    def on(self, month: int, day: int) -> date:
        """Return a day of one of its months, counted from 0."""
        return date(self.first.year, self.first.month + month, day)


@dataclass(frozen=True, slots=True)
class History:
    """Whose terms ended and how, and the products whose stars are in force."""

    ended: dict[str, list[DemoProduct]] = field(default_factory=dict)
    in_force: list[DemoProduct] = field(default_factory=list)


def period_of(today: date) -> Period:
    """Return the last half-year that was over two weeks ago, before the council sat.

    >>> period_of(date(2026, 11, 26)).last, period_of(date(2026, 7, 2)).last
    (datetime.date(2026, 6, 30), datetime.date(2025, 12, 31))
    """
    before = today - timedelta(days=14)
    if before.month > 6:
        return Period(date(before.year, 1, 1), date(before.year, 6, 30))
    return Period(date(before.year - 1, 7, 1), date(before.year - 1, 12, 31))


def noon(day: date) -> datetime:
    """Return a working hour of a day in Hanoi."""
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def recognise_all(
    products: Sequence[DemoProduct], *, by: Actor, today: date, now: datetime
) -> History:
    """Give every product the star of an earlier round, and let 71 of the terms run out."""
    period, found = period_of(today), History()
    # A stride without a divisor in common takes each once, makers of all kinds in turn.
    left = iter([products[n * 155 % len(products)] for n in range(len(products))])
    for month, fates in enumerate(MONTHS):
        ends = period.on(month, 14)
        begun = ends.replace(year=ends.year - 3) + timedelta(days=1)
        for fate, count in fates.items():
            mine = list(islice(left, count))
            found.ended.setdefault(fate, []).extend(mine)
            _import(mine, decided_on=begun, now=now)
    soon = today - timedelta(days=3 * 365 - 45)
    found.in_force.extend(_import(list(islice(left, ENDING_SOON)), decided_on=soon, now=now))
    recent = 0
    while mine := list(islice(left, OF_ONE_ROUND)):
        recent += 1
        decided_on = today - timedelta(days=155 * recent)
        found.in_force.extend(_import(mine, decided_on=decided_on, now=now))
    _notify(period, by=by)
    _re_evaluate(found.ended, period, by=by, now=now)
    _revoke(found.in_force[-1], period, by=by)
    evaluation.send_expiry_notices(by=by, now=now)
    return found


def number_of(product: DemoProduct, decided_on: date) -> str:
    """Return the number of the dossier by which a product was recognised on a day."""
    return f"QN-{decided_on:%Y%m%d}-{product.code.removeprefix('qn-product-')}"


def stars_of(product: DemoProduct) -> int:
    """Return the stars of a product's first recognition."""
    serial = int(product.code[-3:])
    if serial % 65 == 0:
        return 5
    return 4 if serial % 3 == 0 else 3


def _import(products: list[DemoProduct], *, decided_on: date, now: datetime) -> list[DemoProduct]:
    """Bring in what a council decided on a day, under the version that was in force."""
    scheme = _scheme_on(decided_on)
    for product in products:
        stars = stars_of(product)
        level = next(each.code for each in scheme.levels if stars in each.recognises)
        evaluation.recognise(
            evaluation.Recognition(
                dossier_number=number_of(product, decided_on),
                product_code=product.code,
                organisation_id=product.organisation_id,
                scheme_code=scheme.code,
                scheme_version=scheme.version,
                set_code="",
                group_code=product.kind.group,
                subgroup_code=product.kind.subgroup,
                round_code=f"qn-{decided_on:%Y-%m}",
                level=level,
                points=Decimal({3: 50, 4: 70, 5: 90}[stars] + int(product.code[-1])),
                stars=stars,
                is_potential_five=False,
                decided_on=decided_on,
            ),
            by=SYSTEM,
            now=now,
        )
    return products


def _scheme_on(day: date) -> StarScheme:
    scheme = schemes.star_scheme_on(SCHEME, day)
    if scheme is None:
        raise LookupError(f"no version of {SCHEME} was in force on {day}")
    return scheme


def _notify(period: Period, *, by: Actor) -> None:
    """Write to the producers month by month, 45 days before a term ends."""
    for month in range(len(MONTHS)):
        day = period.on(month, 14) - timedelta(days=45)
        evaluation.send_expiry_notices(by=by, now=noon(day))


def _re_evaluate(
    ended: dict[str, list[DemoProduct]], period: Period, *, by: Actor, now: datetime
) -> None:
    """Open re-evaluations, and recognise again those that came back in time or late."""
    for fate, days in ((IN_TIME, -10), (LATE, 40), (WAITING, None)):
        left = iter(ended[fate])
        for month, fates in enumerate(MONTHS):
            ends = period.on(month, 14)
            begun = ends.replace(year=ends.year - 3) + timedelta(days=1)
            mine = list(islice(left, fates[fate]))
            for product in mine:
                opened = noon(ends - timedelta(days=20))
                row = evaluation.open_re_evaluation(number_of(product, begun), by=by, now=opened)
                evaluation.record_report(row.reference, REPORT, by=by, now=opened)
            if days is not None:
                _import(mine, decided_on=ends + timedelta(days=days), now=now)


def _revoke(product: DemoProduct, period: Period, *, by: Actor) -> None:
    """Revoke one star in the half-year, by a decision."""
    decided_on = period.on(2, 20)
    star = stars_known.star_on(product.code, decided_on)
    if star is None:
        raise LookupError(f"{product.code} carries no star on {decided_on}")
    evaluation.revoke(
        star.number,
        evaluation.RevocationDraft(
            reason="PROCESS_DEVIATION",
            decision_number="DEMO-QD-1",
            decided_on=decided_on,
            effective_from=period.on(2, 25),
            hearing_note="The producer was heard (demonstration).",
        ),
        by=by,
        now=noon(decided_on),
    )

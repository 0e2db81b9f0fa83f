"""A season of the demonstration region, from harvest to shelf, through the front doors only."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Unpack

from originmark.demo import catalogue, land, people, permits, recall
from originmark.demo.people import Doors
from originmark.mark.labels import services as labels
from originmark.mark.licensing import selectors as licences
from originmark.mark.licensing import services as licensing
from originmark.origin.parties import access
from originmark.trace.lots import services as lots

KG_A_MU = Decimal(215)
MILLING = Decimal("0.75")
BAGS_EAST, BAGS_WEST, BAGS_MILL = 12_000, 6_000, 2_400
LABELS_MILL = 2_000  # as many as its quota is for
BAGS_RECALLED = 200


def season_of(now: datetime) -> int:
    """Return the last year whose harvest is over: millet is cut by mid-October."""
    return now.year if (now.month, now.day) >= (11, 1) else now.year - 1


def grow_and_sell(*, now: datetime) -> dict[str, str]:
    """Record a season's lots and labels; return the lot codes worth showing."""
    season = season_of(now)
    day = datetime(season, 9, 24, 2, 0, tzinfo=UTC)  # ten in the morning in Yangqu
    doors = Doors(by=access.SYSTEM, now=now)
    harvested = _harvest(season, day, **doors)
    east = _east(harvested[people.EAST], day, **doors)
    found = {"east": east, **_west(harvested[people.WEST], day, **doors)}
    permits.set_quotas(season=season, now=now)
    _label(found, by=people.acting(people.OFFICER), now=now)
    return found


def _harvest(season: int, day: datetime, **doors: Unpack[Doors]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {people.EAST: [], people.WEST: []}
    for n, area in enumerate(land.AREAS):
        store = "east-store" if area.owner == people.EAST else "west-store"
        lot = lots.record_harvest(
            area_code=area.code,
            product_code=catalogue.GRAIN,
            kg=area.mu * KG_A_MU,
            season=season,
            lot_code=f"G{season % 100}-{area.code}",
            facility_code=store,
            happened_at=day + timedelta(days=n % 9, hours=n),
            **doors,
        )
        if area.code != land.OUTSIDE:
            found[area.owner].append(lot.code)
    return found


def _east(grain: list[str], day: datetime, **doors: Unpack[Doors]) -> str:
    """East Hill blends the grain of six fields, mills it and packs it itself."""
    whole = lots.blend(
        parts=[lots.Part(code) for code in grain],
        product_code=catalogue.GRAIN,
        happened_at=day + timedelta(days=12),
        new_lot_code="EAST-GRAIN",
        **doors,
    )
    milled = lots.mill(
        lot_code=whole.code,
        product_code=catalogue.MILLET,
        out_kg=_kg(whole.received_kg * MILLING),
        by_products=[
            lots.Product(catalogue.BRAN, _kg(whole.received_kg * Decimal("0.12")), "EAST-BRAN")
        ],
        happened_at=day + timedelta(days=14),
        new_lot_code="EAST-MILLET",
        **doors,
    )
    packed = lots.pack(
        lot_code=milled.code,
        product_code=catalogue.EAST_500,
        count=BAGS_EAST,
        giveaway_kg=Decimal(30),
        best_before=(day + timedelta(days=545)).date(),
        happened_at=day + timedelta(days=16),
        new_lot_code="E500A",
        **doors,
    )
    return str(packed.code)


def _west(grain: list[str], day: datetime, **doors: Unpack[Doors]) -> dict[str, str]:
    """West Hill mills two fields itself and ships the rest to the county mill."""
    found = _west_packs(grain[:2], day, **doors)
    for n, code in enumerate(grain[2:]):
        lots.ship(
            lot_code=code,
            to_organisation_code=people.MILL,
            to_facility_code="mill",
            happened_at=day + timedelta(days=13, hours=n),
            **doors,
        )
        lots.receive(lot_code=code, happened_at=day + timedelta(days=13, hours=n + 3), **doors)
    return found | {"mill": _mill(grain[2:], day, **doors)}


def _west_packs(grain: list[str], day: datetime, **doors: Unpack[Doors]) -> dict[str, str]:
    """West Hill packs its millet in two lots; one of them is recalled later."""
    whole = lots.blend(
        parts=[lots.Part(code) for code in grain],
        product_code=catalogue.GRAIN,
        happened_at=day + timedelta(days=12),
        new_lot_code="WEST-GRAIN",
        **doors,
    )
    milled = lots.mill(
        lot_code=whole.code,
        product_code=catalogue.MILLET,
        out_kg=_kg(whole.received_kg * MILLING),
        happened_at=day + timedelta(days=15),
        new_lot_code="WEST-MILLET",
        **doors,
    )
    return {
        name: lots.pack(
            lot_code=milled.code,
            product_code=catalogue.WEST_1000,
            count=count,
            best_before=(day + timedelta(days=545)).date(),
            happened_at=day + timedelta(days=18, hours=n),
            new_lot_code=code,
            **doors,
        ).code
        for n, (name, code, count) in enumerate(
            (("west", "W1000A", BAGS_WEST), ("recalled", recall.LOT, BAGS_RECALLED))
        )
    }


def _mill(grain: list[str], day: datetime, **doors: Unpack[Doors]) -> str:
    """The county mill blends what it received, mills it and packs it."""
    blended = lots.blend(
        parts=[lots.Part(code) for code in grain],
        product_code=catalogue.GRAIN,
        happened_at=day + timedelta(days=17),
        new_lot_code="MILL-GRAIN",
        **doors,
    )
    flour = lots.mill(
        lot_code=blended.code,
        product_code=catalogue.MILLET,
        out_kg=_kg(blended.received_kg * MILLING),
        happened_at=day + timedelta(days=19),
        new_lot_code="MILL-MILLET",
        **doors,
    )
    packed = lots.pack(
        lot_code=flour.code,
        product_code=catalogue.MILL_2500,
        count=BAGS_MILL,
        best_before=(day + timedelta(days=545)).date(),
        happened_at=day + timedelta(days=21),
        new_lot_code="M2500A",
        **doors,
    )
    return str(packed.code)


def _label(found: dict[str, str], **doors: Unpack[Doors]) -> None:
    """Issue 20,200 labels, activate most, spoil some, withdraw a few.

    East Hill's went onto packs in the half-year that it reports next (``permits.grant_all``).
    """
    before = Doors(by=doors["by"], now=doors["now"] - timedelta(days=10))
    first = labels.issue(found["east"], catalogue.BRAND, BAGS_EAST, **before)
    labels.activate(first.number, first=0, last=10_999, **before)
    labels.spoil(first.number, first=11_900, last=11_999, reason="Torn roll (demo)", **before)
    second = labels.issue(found["west"], catalogue.BRAND, BAGS_WEST, **doors)
    labels.activate(second.number, first=0, last=BAGS_WEST - 1, **doors)
    labels.withdraw(
        second.number, first=5_900, last=5_999, reason="Bags lost on the road (demo)", **doors
    )
    for lot, count in ((found["recalled"], BAGS_RECALLED), (found["mill"], LABELS_MILL)):
        run = labels.issue(lot, catalogue.BRAND, count, **doors)
        labels.activate(run.number, first=0, last=count - 1, **doors)
    _suspend_the_mill(**doors)


def _suspend_the_mill(**doors: Unpack[Doors]) -> None:
    """Suspend one licence, so that a refusal can be seen."""
    licence = licences.licences(doors["by"]).get(organisation__code=people.MILL)
    licensing.suspend_licence(licence.number, reason="Use report overdue (demo)", **doors)


def _kg(mass: Decimal) -> Decimal:
    return mass.quantize(Decimal("0.001"))

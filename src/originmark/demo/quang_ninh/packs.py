"""Packs with stars on them: one whose stars are in force, one whose stars have expired since."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from originmark.demo.land import DemoArea, outline
from originmark.demo.quang_ninh.history import LAPSED, History, noon, stars_of
from originmark.demo.quang_ninh.producers import PROVINCE, DemoProduct
from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.labels import selectors as labels_known
from originmark.mark.labels import services as labels
from originmark.mark.licensing import services as licensing
from originmark.mark.schemes import services as schemes
from originmark.origin.parties.access import SYSTEM
from originmark.origin.places import selectors as places_known
from originmark.origin.places import services as places
from originmark.origin.products import services as products
from originmark.trace.lots import services as lots

BRAND: Final = "ocop-quang-ninh"
GROWN: Final = ("I.1a", "I.2a", "I.3c", "II.2", "III.1")
"""Subgroups of what grows on a field."""
PACKS, KG = 200, Decimal(60)
HARVEST: Final = "qn-harvest"
_CAPS: Final = """\
[rulebook]
code = "ocop-quang-ninh"
version = 1
title = "Yields of Quang Ninh (demonstration)"
brand = "ocop-quang-ninh"
legal_basis = ["Made up for the demonstration"]
valid_from = {first}-01-01
"""
_CAP: Final = """
[[yield_cap]]
product = "qn-harvest"
season = {season}
cap = 6000
unit = "kg/ha"
source = "Made up for the demonstration"
confidence = "unverified"
"""


def label(past: History, *, office_id: int, today: date, now: datetime) -> dict[str, str]:
    """Label a lot of two products; return the addresses of their codes by what they show."""
    standing = _pick([each for each in past.in_force[:-1] if stars_of(each) == 4])
    expired = _pick(past.ended[LAPSED])
    _found_brand([standing, expired], office_id=office_id, today=today, now=now)
    star = evaluation.latest_star(expired.code, today)
    if star is None:
        raise LookupError(f"{expired.code} was never recognised")
    return {
        "genuine, with stars": _labelled(
            1, standing, on=today - timedelta(days=30), today=today, now=now
        ),
        "genuine, stars expired": _labelled(
            2, expired, on=star.valid_until - timedelta(days=60), today=today, now=now
        ),
    }


def _pick(among: Sequence[DemoProduct]) -> DemoProduct:
    return next(each for each in among if each.kind.subgroup in GROWN)


def _found_brand(of: Sequence[DemoProduct], *, office_id: int, today: date, now: datetime) -> None:
    schemes.record_brand(
        schemes.BrandDraft(
            code=BRAND,
            name="OCOP Quang Ninh (demo)",
            names={"vi": "OCOP Quảng Ninh (minh họa)", "zh-hans": "广宁 OCOP（演示）"},
            kind="star",
            owner_id=office_id,
            products=tuple(each.code for each in of),
            story="Made up for the demonstration: the star on the pack.",
        ),
        by=SYSTEM,
        now=now,
    )
    products.register_product(
        products.ProductDraft(
            code=HARVEST, kind="crop", name="Harvest (demo)",
            names={"vi": "Nông sản thu hoạch (minh họa)", "zh-hans": "收获的农产品（演示）"},
        ),
        by=SYSTEM,
        now=now,
    )  # fmt: skip
    first = today.year - 2
    caps = "".join(_CAP.format(season=first + n) for n in range(3))
    schemes.load_rulebook(_CAPS.format(first=first) + caps, by=SYSTEM, now=now)


def _labelled(n: int, product: DemoProduct, *, on: date, today: date, now: datetime) -> str:
    """Grow, pack, license and label a lot of a product; return the address of its first label."""
    area = DemoArea(f"QN-{n}", "", "Household field (demo)", 107.02 + n / 90, 21.12, 12, 12)
    unit = places_known.unit(PROVINCE)
    places.register_growing_area(
        code=area.code, organisation_id=product.organisation_id, name=f"{area.code} {area.grower}",
        grower=area.grower, declared=f"{area.declared_mu} mu", geometry=outline(area),
        unit_id=unit.pk, crop=product.kind.name.lower(), by=SYSTEM, now=now,
    )  # fmt: skip
    grown = on - timedelta(days=12)
    harvest = lots.record_harvest(
        area_code=area.code, product_code=HARVEST, kg=KG, season=grown.year,
        lot_code=f"QN-HARVEST-{n}", happened_at=noon(grown), by=SYSTEM, now=now,
    )  # fmt: skip
    packed = lots.pack(
        lot_code=harvest.code, product_code=product.code, count=PACKS,
        best_before=today + timedelta(days=300), happened_at=noon(on - timedelta(days=5)),
        new_lot_code=f"QN-PACKS-{n}", by=SYSTEM, now=now,
    )  # fmt: skip
    licensing.grant_licence(
        licensing.Grant(
            brand_code=BRAND,
            organisation_id=product.organisation_id,
            products=(product.code,),
            valid_from=on - timedelta(days=60),
            valid_until=today + timedelta(days=700),
        ),
        by=SYSTEM,
        now=noon(on - timedelta(days=60)),
    )
    run = labels.issue(packed.code, BRAND, PACKS, by=SYSTEM, now=noon(on))
    labels.activate(run.number, first=0, last=PACKS - 1, by=SYSTEM, now=noon(on))
    shown = labels_known.verify(labels_known.serial_of(run, 0))
    if shown is None:
        raise LookupError(f"label 0 of run {run.number} was not issued")
    return shown.url

"""The passport of a lot: everything that a shopper is told, each with its evidence."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from originmark.frame.web.maps import Shape, svg_map
from originmark.mark.schemes import selectors as schemes
from originmark.origin.certificates import selectors as certificates
from originmark.origin.parties import selectors as parties
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products
from originmark.trace.ledger import selectors as ledger
from originmark.trace.lots import selectors as lots

__all__ = ["Passport", "passport", "passport_of", "publishes"]

ICONS = {
    "harvest": "wheat", "buy-in": "basket", "drying": "sun", "milling": "building-factory-2",
    "blending": "arrows-join", "splitting": "arrows-split", "packing": "package",
    "processing": "building-factory-2", "storing": "building-warehouse", "shipping": "truck",
    "receiving": "truck-loading", "disposal": "trash",
}  # fmt: skip


FROM_LAND = {"harvest", "buy-in"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the fact sheet."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Something the buyer is told, with the record that proves it."""

    title: str
    detail: str
    icon: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way from field to shelf."""

    at: datetime
    until: datetime
    title: str
    detail: str
    icon: str

    @property
    def when(self) -> str:
        """Return the day, or the first and the last, as the reader's language writes it."""
        days = [date_format(localtime(each), "DATE_FORMAT") for each in (self.at, self.until)]
        return " – ".join(dict.fromkeys(days))


@dataclass(frozen=True, slots=True)
class Proof:
    """An event's place in the transparency log.

    ``logged_at`` is when the log was first signed with it, None before that; behind ``url`` is
    everything that is needed to check it.
    """

    event_id: int
    title: str
    at: datetime
    index: int
    tree_size: int
    leaf_hash: str
    path: tuple[str, ...]
    logged_at: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A growing area behind a lot."""

    name: str
    detail: str
    geometry: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Passport:
    """What a shopper is told about a lot."""

    name: str
    other_names: list[str]
    lot_code: str
    facts: list[Fact]
    story: list[str]
    picture: products.PictureFacts | None
    promises: list[Promise]
    plots: list[Plot]
    maps: list[SafeString]
    steps: list[Step]
    proofs: list[Proof] = field(default_factory=list)
    root: str = ""


def passport_of(
    *, product_code: str, lot_code: str, brand_code: str | None, language: str, now: datetime
) -> Passport | None:
    """Return the passport of a lot if there is such a lot of that product, else None."""
    lot = lots.find_lot(lot_code)
    if lot is None or lot.product_code != product_code:
        return None
    return passport(lot_code, brand_code=brand_code, language=language, now=now)


def passport(lot_code: str, *, brand_code: str | None, language: str, now: datetime) -> Passport:
    """Return the passport of a lot under a brand; raises UnknownLot.

    The number of queries grows with the depth of the lot's history, not with its scans.
    """
    lot = lots.lot(lot_code)
    product = products.product_by_id(lot.product_id)
    today = localdate(now)
    area_ids = lots.source_areas(lot_code)
    areas = [places.growing_area_by_id(area_id) for area_id in area_ids]
    timeline = lots.timeline(lot_code)
    brand = schemes.brand(brand_code) if brand_code else None
    pictures = products.pictures(product.id)
    proofs, root = _proofs(lot.code, timeline)
    name = product.name_in(language)
    return Passport(
        name=name,
        other_names=_others(name, [product.name, *product.names.values()]),
        lot_code=lot.code,
        facts=_facts(lot, product, brand, language),
        story=products.story(product.id, language),
        picture=pictures[0] if pictures else None,
        promises=[
            *(_rights(brand, today) if brand else []),
            *_certificates(lot, product, area_ids, today),
        ],
        plots=[_plot(area) for area in areas],
        maps=_maps(areas, brand),
        steps=_journey(timeline),
        proofs=proofs,
        root=root,
    )


def _others(shown: str, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name and name != shown]


def _facts(
    lot: lots.LotFacts,
    product: products.ProductFacts,
    brand: schemes.BrandFacts | None,
    language: str,
) -> list[Fact]:
    producer = parties.organisation_by_id(lot.organisation_id)
    names = {"": producer.name, **producer.names}
    lines = {
        _("Mark"): brand.names.get(language, brand.name) if brand else "",
        _("Producer"): names.get(language, producer.name),
        _("Lot"): lot.code,
        _("Season"): str(lot.season),
        _("Packed"): date_format(localtime(lot.born_at), "DATE_FORMAT"),
        _("Best before"): date_format(lot.best_before, "DATE_FORMAT") if lot.best_before else "",
        _("Net content"): f"{product.net_content_g} g" if product.net_content_g else "",
        _("Variety"): product.variety,
        "GTIN": product.gtin,
    }
    return [Fact(label, value) for label, value in lines.items() if value]


def _rights(brand: schemes.BrandFacts, today: date) -> list[Promise]:
    return [
        Promise(
            title=right.kind_name,
            detail=_("%(name)s, no. %(number)s, %(authority)s")
            % {"name": right.name, "number": right.number, "authority": right.authority},
            icon="rosette-discount-check",
            url=right.url,
        )
        for right in schemes.rights_in_force(brand.code, today)
    ]


def _certificates(
    lot: lots.LotFacts, product: products.ProductFacts, area_ids: list[int], today: date
) -> list[Promise]:
    found = certificates.certificates_for([lot.organisation_id], [product.id], area_ids, today)
    return [
        Promise(
            title=each.type_name,
            detail=_("no. %(number)s, %(issuer)s, valid until %(day)s")
            % {
                "number": each.number,
                "issuer": each.issuer,
                "day": date_format(each.valid_until, "DATE_FORMAT") if each.valid_until else "–",
            },
            icon="certificate",
            url=each.file_url,
        )
        for each in found
    ]


def _plot(area: places.AreaFacts) -> Plot:
    return Plot(
        name=area.name,
        detail=_("%(area)s ha, %(crop)s") % {"area": f"{area.area_ha:.2f}", "crop": area.crop},
        geometry=area.geometry,
    )


def _maps(areas: list[places.AreaFacts], brand: schemes.BrandFacts | None) -> list[SafeString]:
    """Return where the plots are in the mark's area, and the plots themselves nearer by."""
    plots = [Shape(area.geometry, label=area.name, tone="ok") for area in areas if area.geometry]
    dots = [
        Shape({"type": "Point", "coordinates": list(area.centroid)}, label=area.name, tone="bad")
        for area in areas
        if area.centroid
    ]
    if not (brand and brand.boundary_code):
        return [svg_map(plots, title=_("The fields"))] if plots else []
    boundary = places.boundary(brand.boundary_code)
    outline = Shape(json.loads(boundary.geometry), label=boundary.name, tone="outline")
    near = [svg_map(plots, title=_("The fields, nearer by"))] if plots else []
    return [svg_map([outline, *dots], title=_("The fields inside the mark's area")), *near]


def _journey(timeline: list[lots.TimelineEntry]) -> list[Step]:
    """Return the steps in words; several of one kind in a row become one."""
    groups = groupby(timeline, key=lambda entry: (entry.step, entry.organisation))
    return [_step(list(entries)) for _key, entries in groups]


def _step(entries: list[lots.TimelineEntry]) -> Step:
    first, last = entries[0], entries[-1]
    spots = list(dict.fromkeys(entry.place for entry in entries if entry.place))
    words = [first.organisation]
    if first.step in FROM_LAND:
        kg = sum((entry.kg for entry in entries), Decimal(0))
        words.append(ngettext("%(n)s field", "%(n)s fields", len(spots)) % {"n": len(spots)})
        words.append(f"{number_format(kg.normalize(), force_grouping=True)} kg")
    else:
        words += spots
    return Step(
        at=first.at,
        until=last.at,
        title=str(first.title),
        detail=" · ".join(word for word in words if word),
        icon=ICONS.get(first.step, "circle-dot"),
    )


def _proofs(lot_code: str, timeline: list[lots.TimelineEntry]) -> tuple[list[Proof], str]:
    ids, shown = [entry.event_id for entry in timeline], f"?{urlencode({'shown': lot_code})}"
    inclusions, logged_at = ledger.inclusions(ids), ledger.logged_at(ids)
    found = [
        (entry, inclusions[entry.event_id]) for entry in timeline if entry.event_id in inclusions
    ]
    proofs = [
        Proof(
            event_id=entry.event_id,
            title=str(entry.title),
            at=entry.at,
            index=proof.leaf_index,
            tree_size=proof.tree_size,
            leaf_hash=proof.leaf_hash.hex(),
            path=tuple(node.hex() for node in proof.path),
            logged_at=logged_at.get(entry.event_id),
            url=reverse("epcis:proof", args=[proof.leaf_index]) + shown,
        )
        for entry, proof in found
    ]
    return proofs, next((proof.root.hex() for _entry, proof in found), "")


def publishes(index: int, lot_code: str) -> bool:
    """Return whether the passport of a lot shows the event at a place of the log.

    Whoever knows the lot's code can open its passport, so that they may prove what it shows.
    """
    if lots.find_lot(lot_code) is None:
        return False
    return any(entry.event_id == index for entry in lots.timeline(lot_code))

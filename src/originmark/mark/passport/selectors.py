"""The passport of a lot: everything that a shopper is told, each with its evidence."""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from originmark.frame.web.maps import Shape, svg_map
from originmark.mark.passport import evidence, sockets
from originmark.mark.passport.sockets import PassportContext
from originmark.mark.passport.standing import Standing, standing
from originmark.mark.passport.values import Alarm, Fact, Party, Passport, Plot, Proof, Step
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import selectors as parties
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products
from originmark.trace.ledger import selectors as ledger
from originmark.trace.lots import selectors as lots
from originmark.trace.lots.selectors import LotFacts

__all__ = ["Alarm", "Passport", "passport", "passport_of", "publishes"]

ICONS = {
    "harvest": "wheat", "buy-in": "basket", "drying": "sun", "milling": "building-factory-2",
    "blending": "arrows-join", "splitting": "arrows-split", "packing": "package",
    "processing": "building-factory-2", "storing": "building-warehouse", "shipping": "truck",
    "receiving": "truck-loading", "disposal": "trash",
}  # fmt: skip


FROM_LAND = {"harvest", "buy-in"}


def passport_of(
    *,
    product_code: str,
    lot_code: str,
    brand_code: str | None,
    language: str,
    now: datetime,
    found: Standing | None = None,
) -> Passport | None:
    """Return the passport of a lot if there is such a lot of that product, else None."""
    lot = lots.find_lot(lot_code)
    if lot is None or lot.product_code != product_code:
        return None
    found = found or standing(lot, localdate(now))
    return passport(lot, brand_code=brand_code, language=language, found=found, now=now)


def passport(
    lot: LotFacts, *, brand_code: str | None, language: str, found: Standing, now: datetime
) -> Passport:
    """Return the passport of a lot under a brand, as the lot stands.

    The number of queries grows with the depth of the lot's history, not with its scans.
    """
    product = products.product_by_id(lot.product_id)
    area_ids = lots.source_areas(lot.code)
    areas = [places.growing_area_by_id(area_id) for area_id in area_ids]
    timeline = lots.timeline(lot.code)
    brand = schemes.brand(brand_code) if brand_code else None
    pictures = products.pictures(product.id)
    proofs, root = _proofs(lot.code, timeline)
    name = product.name_in(language)
    about = PassportContext(
        lot_id=lot.id, lot_code=lot.code, product_id=product.id, product_code=product.code,
        organisation_id=lot.organisation_id, brand_code=brand_code or "", language=language,
        now=now,
    )  # fmt: skip
    promises = evidence.promises(
        lot, brand=brand, standing=found, area_ids=area_ids, language=language, on=localdate(now)
    )
    return Passport(
        name=name,
        other_names=_others(name, [product.name, *product.names.values()]),
        lot_code=lot.code,
        pack=_pack(lot, product, brand, found, language),
        facts=_facts(lot, product),
        story=products.story(product.id, language),
        picture=pictures[0] if pictures else None,
        promises=[*promises, *sockets.promises_for(about)],
        parties=_parties(timeline),
        plots=[_plot(area) for area in areas],
        maps=_maps(areas, brand),
        steps=_journey(timeline),
        proofs=proofs,
        root=root,
        changed_at=max((entry.at for entry in timeline), default=lot.born_at),
        panels=sockets.panels_for(about),
        actions=sockets.actions_for(about),
        permalink=_permalink(product, lot),
        alarm=found.alarm,
    )


def _permalink(product: products.ProductFacts, lot: LotFacts) -> str:
    """Return the lot's address: to share a pack's own would look like copies of it."""
    key = f"01/{product.gtin}" if product.gtin else f"own/{product.code}"
    return f"{settings.PUBLIC_URL}/{key}/10/{quote(lot.code, safe='')}"


def _others(shown: str, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name and name != shown]


def _pack(
    lot: LotFacts,
    product: products.ProductFacts,
    brand: schemes.BrandFacts | None,
    found: Standing,
    language: str,
) -> list[Fact]:
    """Return what must stand on the pack in the same words, so that a borrowed code shows."""
    producer = parties.organisation_by_id(lot.organisation_id)
    names = {"": producer.name, **producer.names}
    star = found.star if found.star and found.star.is_valid else None
    lines = {
        _("Product"): product.name_in(language),
        _("Mark"): brand.names.get(language, brand.name) if brand else "",
        _("Stars"): str(star.stars) if star else (_("none in force") if found.star else ""),
        _("Producer"): names.get(language, producer.name),
        _("Net content"): products.net_content(product),
        _("Lot"): lot.code,
        _("Best before"): date_format(lot.best_before, "DATE_FORMAT") if lot.best_before else "",
    }
    return [Fact(label, value) for label, value in lines.items() if value]


def _facts(lot: LotFacts, product: products.ProductFacts) -> list[Fact]:
    lines = {
        _("Season"): str(lot.season),
        _("Packed"): date_format(localtime(lot.born_at), "DATE_FORMAT"),
        _("Variety"): product.variety,
        "GTIN": product.gtin,
    }
    return [Fact(label, value) for label, value in lines.items() if value]


def _parties(timeline: list[lots.TimelineEntry]) -> list[Party]:
    """Return who had a hand in the lot, in the order in which they came in."""
    did: dict[str, list[str]] = {}
    for entry in timeline:
        did.setdefault(entry.organisation, []).append(str(entry.title))
    return [Party(name, tuple(dict.fromkeys(titles))) for name, titles in did.items() if name]


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

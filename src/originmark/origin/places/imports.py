"""Growing areas out of spreadsheets and GeoJSON files: all rows or none."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    SheetRow,
    TableFile,
    each_row,
)
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.places import rules, selectors, services
from originmark.origin.places.drawings import read_drawing
from originmark.origin.places.models import AdministrativeUnit, GrowingArea
from originmark.standards.units import Quantity, parse_area

WATCHED = (
    "name", "declared_value", "declared_unit", "unit_id", "crop", "grower", "registration_code",
    "geometry",
)  # fmt: skip


def parse_place(text: str) -> AdministrativeUnit:
    """Return the one unit that a key, a code or a name means; ValueError where it is unclear."""
    if found := AdministrativeUnit.objects.filter(key=text).first():
        return found
    candidates = selectors.search_units(text, most=10)
    exact = [unit for unit in candidates if rules.fold(text) in _spellings(unit)]
    if len(exact) == 1:
        return exact[0]
    if not candidates:
        raise ValueError(_("No place of this name is known. Look it up in the list of places."))
    keys = ", ".join(f"{unit.key} ({selectors.full_name(unit)})" for unit in candidates[:4])
    raise ValueError(_("This may be any of %s. Write its key instead.") % keys)


def _spellings(unit: AdministrativeUnit) -> set[str]:
    name = rules.fold(unit.name)
    kind, _space, rest = name.partition(" ")
    longer = rest.partition(" ")[2] if kind in {"thanh", "thi", "dac"} else rest  # two-word kinds
    latin = rules.fold(unit.names.get("en", ""))
    return {name, rest, longer, latin, unit.code, rules.fold(selectors.full_name(unit))} - {""}


def import_areas(rows: Iterable[ImportRow], *, by: access.Actor, now: datetime) -> ImportResult:
    """Register each row's growing area, or correct the one that has its code."""
    taken: set[str] = set()

    def take(row: ImportRow) -> str:
        code = row["code"].casefold()
        if code and code in taken:
            raise rules.CodeTaken(place=row["code"])
        taken.add(code)
        return _import_one(row, by=by, now=now)

    return each_row(rows, take)


def _import_one(row: ImportRow, *, by: access.Actor, now: datetime) -> str:
    organisation = parties.visible_organisation(row["organisation"], by)
    declared: Quantity = row["area"]
    details: dict[str, Any] = {
        "name": row["name"],
        "declared": declared,
        "unit_id": row["place"].pk if row["place"] else None,
        "by": by,
        "now": now,
        **{name: row[name] for name in ("crop", "grower", "registration_code", "geometry")},
    }
    known = selectors.growing_areas(by).filter(code=row["code"]).first() if row["code"] else None
    if known is None:
        services.register_growing_area(organisation_id=organisation.pk, code=row["code"], **details)
        return "created"
    if known.organisation_id != organisation.pk:
        raise rules.CodeTaken(place=row["code"])
    before = _state(known)
    if row["geometry"] is None:
        del details["geometry"]
    after = _state(services.change_growing_area(known.code, **details))
    return "unchanged" if after == before else "updated"


def _state(area: GrowingArea) -> tuple[Any, ...]:
    return tuple(getattr(area, field) for field in WATCHED)


AREA_IMPORTER = Importer(
    name="growing-areas",
    title=gettext_lazy("Growing areas"),
    columns=[
        ImportColumn(
            "code", gettext_lazy("Code"), example="north-1",
            help=gettext_lazy("Left empty, the next number is given; a known code is corrected."),
        ),
        ImportColumn(
            "organisation", gettext_lazy("Organisation"), required=True, example="huangzhai",
            help=gettext_lazy("The code of the organisation that grows there."),
        ),
        ImportColumn("name", gettext_lazy("Name"), required=True, example="North slope"),
        ImportColumn(
            "area", gettext_lazy("Declared area"), parse=parse_area, required=True,
            example="52 mu", help=gettext_lazy("A figure with its unit: ha, m², mu, acre, công …"),
        ),
        ImportColumn(
            "place", gettext_lazy("Place"), parse=parse_place, default=None, example="cn-140122",
            help=gettext_lazy("The key or the name of an administrative unit."),
        ),
        ImportColumn("crop", gettext_lazy("Crop"), example="millet"),
        ImportColumn("grower", gettext_lazy("Grower")),
        ImportColumn(
            "registration_code", gettext_lazy("Growing-area code"), example="VN-TGOR-0095"
        ),
        ImportColumn(
            "geometry", gettext_lazy("Outline"), parse=read_drawing, default=None,
            example="POLYGON ((112.67 38.06, 112.68 38.06, 112.68 38.07, 112.67 38.06))",
            help=gettext_lazy("WKT or GeoJSON, longitude first."),
        ),
    ],
    apply=import_areas,
    intro=gettext_lazy("Each row is one plot. All rows are taken together, or none."),
    done_url="/places/areas/",
)  # fmt: skip


def features_table(text: str, organisation_code: str) -> TableFile:
    """Return the features of a GeoJSON text as rows; the number of a row is the feature's place.

    Raises ShapeUnreadable for anything but a FeatureCollection with features.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise rules.ShapeUnreadable(found=text[:60]) from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features:
        raise rules.FeaturesMissing
    headers = tuple(column.name for column in AREA_IMPORTER.columns)
    rows = (
        SheetRow(number, _cells(feature, organisation_code))
        for number, feature in enumerate(features, start=1)
    )
    return TableFile(headers, tuple(rows))


def _cells(feature: Any, organisation_code: str) -> tuple[str, ...]:
    feature = feature if isinstance(feature, dict) else {}
    properties = feature.get("properties")
    facts = {**(properties if isinstance(properties, dict) else {})}
    facts["organisation"] = organisation_code
    geometry = feature.get("geometry")
    facts["geometry"] = json.dumps(geometry) if geometry else ""
    return tuple(_text(facts.get(column.name)) for column in AREA_IMPORTER.columns)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()

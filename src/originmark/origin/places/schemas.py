"""What a program may send and gets about places."""

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from originmark.origin.places import selectors
from originmark.origin.places.models import AdministrativeUnit, Facility, GrowingArea

Kind = Literal["packing", "mill", "dryer", "processing", "store", "cold_store", "shop", "other"]
Code = Annotated[str, Field(max_length=60, pattern=r"^[-a-zA-Z0-9_]*$")]
Geometry = Annotated[
    dict[str, Any] | None,
    Field(
        description="GeoJSON Point, Polygon or MultiPolygon, longitude first",
        examples=[{"type": "Point", "coordinates": [112.67, 38.06]}],
    ),
]


class UnitOut(Schema):
    """An administrative unit."""

    key: Annotated[str, Field(examples=["cn-140122"])]
    country: str
    code: str
    level: str
    name: str
    names: dict[str, str]
    full_name: str
    valid_from: date | None
    valid_until: date | None

    @classmethod
    def of(cls, unit: AdministrativeUnit) -> "UnitOut":
        """Return the unit as a program reads it."""
        same = ("key", "code", "level", "name", "names", "valid_from", "valid_until")
        facts = {name: getattr(unit, name) for name in same}
        return cls(country=unit.scheme, full_name=selectors.full_name(unit), **facts)


class RemarkOut(Schema):
    """A warning about a place, in English, with its facts."""

    code: str
    sentence: str
    facts: dict[str, str]


class AreaOut(Schema):
    """A growing area."""

    code: str
    uri: str
    name: str
    organisation: str
    unit: str | None
    crop: str
    grower: str
    declared: Annotated[str, Field(examples=["52 mu"])]
    declared_ha: Decimal
    computed_ha: Decimal | None
    area_ha: Annotated[Decimal, Field(description="The smaller of declared and computed")]
    registration_code: str
    status: str
    status_reason: str
    warnings: list[RemarkOut]
    geometry: Geometry

    @classmethod
    def of(cls, area: GrowingArea) -> "AreaOut":
        """Return the growing area as a program reads it."""
        same = (
            "code", "name", "crop", "grower", "declared_ha", "computed_ha", "area_ha",
            "registration_code", "status", "status_reason", "warnings",
        )  # fmt: skip
        facts = {name: getattr(area, name) for name in same}
        return cls(
            uri=selectors.area_uri(area.code),
            organisation=area.organisation.code,
            unit=area.unit.key if area.unit else None,
            declared=f"{area.declared_value.normalize():f} {area.declared_unit}",
            geometry=json.loads(area.geometry) if area.geometry else None,
            **facts,
        )


class AreaIn(Schema):
    """A growing area to register."""

    organisation: Annotated[str, Field(max_length=40, description="Code of the organisation")]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    declared: Annotated[str, Field(max_length=60, examples=["52 mu", "3.4667 ha"])]
    code: Code = ""
    unit: Annotated[str, Field(max_length=40, examples=["cn-140122"])] = ""
    crop: Annotated[str, Field(max_length=120)] = ""
    grower: Annotated[str, Field(max_length=200)] = ""
    registration_code: Annotated[str, Field(max_length=40)] = ""
    geometry: Geometry = None


class FacilityOut(Schema):
    """A facility."""

    code: str
    uri: str
    name: str
    organisation: str
    kind: str
    unit: str | None
    address: str
    longitude: float | None
    latitude: float | None
    gln: str
    registration_code: str
    is_active: bool
    warnings: list[RemarkOut]

    @classmethod
    def of(cls, row: Facility) -> "FacilityOut":
        """Return the facility as a program reads it."""
        same = (
            "code", "name", "kind", "address", "longitude", "latitude", "gln",
            "registration_code", "is_active", "warnings",
        )  # fmt: skip
        facts = {name: getattr(row, name) for name in same}
        return cls(
            uri=selectors.facility_uri(row),
            organisation=row.organisation.code,
            unit=row.unit.key if row.unit else None,
            **facts,
        )


class FacilityIn(Schema):
    """A facility to register."""

    organisation: Annotated[str, Field(max_length=40, description="Code of the organisation")]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Kind
    code: Code = ""
    unit: Annotated[str, Field(max_length=40)] = ""
    address: Annotated[str, Field(max_length=300)] = ""
    longitude: Annotated[float, Field(allow_inf_nan=False)] | None = None
    latitude: Annotated[float, Field(allow_inf_nan=False)] | None = None
    gln: Annotated[str, Field(max_length=13, examples=["6901234567892"])] = ""
    registration_code: Annotated[str, Field(max_length=40)] = ""


class BoundaryOut(Schema):
    """A boundary, without its outline."""

    code: str
    name: str
    area_ha: Decimal
    source: str
    valid_from: date | None
    valid_until: date | None


class ContainmentOut(Schema):
    """How much of a growing area lies inside a boundary."""

    inside: bool
    share_inside: Annotated[float, Field(ge=0, le=1)]
    boundary_name: str

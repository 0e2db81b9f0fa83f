"""Growing areas: register, change, suspend, resume, close."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.places import geometry, rules
from originmark.origin.places.models import AdministrativeUnit, GrowingArea
from originmark.origin.places.services.codes import area_code_remarks, free_code
from originmark.standards.units import UNITS, Quantity, UnitError, parse_area

MOST_NEIGHBOURS = 50
LARGEST_HA = Decimal(10_000_000)


class AreaDetails(TypedDict, total=False):
    """What a growing area may carry besides its name, owner and declared area."""

    geometry: str | dict[str, Any] | None
    unit_id: int | None
    crop: str
    grower: str
    registration_code: str
    valid_from: date | None


@transaction.atomic
def register_growing_area(
    *,
    organisation_id: int,
    name: str,
    declared: Quantity | str,
    by: access.Actor,
    now: datetime,
    code: str = "",
    **details: Unpack[AreaDetails],
) -> GrowingArea:
    """Register land on which an organisation grows; without a code it gets a number.

    ``declared`` is a quantity or a text such as ``52 mu``. Remarks (areas that differ by more than
    5 %, land that another organisation claims too, an odd code) are stored, not refused.

    Raises NotAllowed, CodeTaken, AreaUnreadable, or what ``geometry.check`` finds.
    """
    access.require(by, "places.record_area", organisation_id=organisation_id)
    area = GrowingArea(
        code=free_code(GrowingArea.objects.all(), code, "A"),
        organisation_id=organisation_id,
        created_at=now,
        valid_from=now.date(),
    )
    _write(area, name=name, declared=declared, details=details)
    area.save(force_insert=True)
    _tell_neighbours(area)
    return area


@transaction.atomic
def change_growing_area(
    code: str,
    *,
    name: str,
    declared: Quantity | str,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
    **details: Unpack[AreaDetails],
) -> GrowingArea:
    """Correct what is known of a growing area; details that are not given stay.

    Raises StateUnchanged for a closed one, and what registering raises.
    """
    area = _locked(code, by, "places.record_area")
    if area.status == GrowingArea.Status.CLOSED:
        raise rules.StateUnchanged(area=code, state=area.status)
    before = _neighbours(area)
    _write(area, name=name, declared=declared, details=details)
    area.save()
    _tell_neighbours(area, *before)
    return area


@transaction.atomic
def suspend_growing_area(
    code: str,
    *,
    reason: str,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
) -> GrowingArea:
    """Take a growing area out of the programme for a time; nothing new is harvested from it."""
    area = _locked(code, by, "places.suspend_area")
    return _turn(area, GrowingArea.Status.ACTIVE, GrowingArea.Status.SUSPENDED, reason)


@transaction.atomic
def resume_growing_area(
    code: str,
    *,
    reason: str,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
) -> GrowingArea:
    """Let a suspended growing area back into the programme."""
    area = _locked(code, by, "places.suspend_area")
    return _turn(area, GrowingArea.Status.SUSPENDED, GrowingArea.Status.ACTIVE, reason)


@transaction.atomic
def close_growing_area(code: str, *, reason: str, by: access.Actor, now: datetime) -> GrowingArea:
    """End a growing area for good; what was harvested there keeps its history."""
    area = _locked(code, by, "places.close_area")
    area.valid_until = now.date()
    return _turn(area, area.status, GrowingArea.Status.CLOSED, reason)


def _turn(area: GrowingArea, expected: str, wanted: str, reason: str) -> GrowingArea:
    if not reason.strip():
        raise rules.ReasonMissing
    if area.status != expected or area.status == GrowingArea.Status.CLOSED:
        raise rules.StateUnchanged(area=area.code, state=area.status)
    area.status, area.status_reason = wanted, reason.strip()[:300]
    area.save(update_fields=["status", "status_reason", "valid_until"])
    if wanted == GrowingArea.Status.CLOSED:
        _tell_neighbours(area)
    return area


def _locked(code: str, by: access.Actor, permission: str) -> GrowingArea:
    rows = access.visible(by, GrowingArea.objects.all())
    area = rows.filter(code=code).select_for_update().first()
    if area is None:
        raise rules.UnknownPlace(place=code)
    access.require(by, permission, organisation_id=area.organisation_id)
    return area


def _write(area: GrowingArea, *, name: str, declared: Quantity | str, details: AreaDetails) -> None:
    area.name = name.strip()
    for field in ("crop", "grower", "registration_code", "unit_id", "valid_from"):
        if field in details:
            value = details[field]
            setattr(area, field, value.strip() if isinstance(value, str) else value)
    quantity = _declared(declared)
    area.declared_value, area.declared_unit = quantity.value, quantity.unit.code
    area.declared_ha = round(quantity.to("ha"), 4)
    if "geometry" in details:
        _draw(area, details["geometry"])
    area.warnings = [remark.as_json() for remark in _remarks(area, quantity)]


def _draw(area: GrowingArea, source: str | dict[str, Any] | None) -> None:
    if not source:
        area.geometry, area.computed_ha = "", None
        area.longitude = area.latitude = None
        area.west = area.south = area.east = area.north = None
        return
    checked = geometry.check(source)
    area.geometry, area.computed_ha = checked.geojson, checked.computed_ha
    area.longitude, area.latitude = checked.longitude, checked.latitude
    area.west, area.south, area.east, area.north = checked.box


def _declared(declared: Quantity | str) -> Quantity:
    try:
        quantity = parse_area(declared) if isinstance(declared, str) else declared
    except UnitError as refused:
        raise rules.AreaUnreadable(problem=str(refused)) from None
    if not Decimal(0) < round(quantity.to("ha"), 4) <= LARGEST_HA:
        problem = (
            f"{quantity.show()} cannot be a growing area. Declare more than nothing (at least "
            f"1 m²) and no more than {LARGEST_HA:,} ha."
        )
        raise rules.AreaUnreadable(problem=problem)
    return quantity


def _remarks(area: GrowingArea, declared: Quantity) -> list[rules.Remark]:
    unit = AdministrativeUnit.objects.filter(pk=area.unit_id).first() if area.unit_id else None
    scheme = unit.scheme if unit else ""
    return [
        *rules.area_remarks(declared, area.computed_ha, scheme),
        *_overlaps(area),
        *area_code_remarks(area.registration_code),
    ]


def _neighbours(area: GrowingArea) -> list[GrowingArea]:
    """Return the open areas of other organisations whose box touches this one's; at most 50."""
    if area.computed_ha is None:
        return []
    others = (
        GrowingArea.objects.exclude(organisation_id=area.organisation_id)
        .exclude(status=GrowingArea.Status.CLOSED)
        .filter(computed_ha__isnull=False, west__lt=area.east, east__gt=area.west)
        .filter(south__lt=area.north, north__gt=area.south)
        .order_by("pk")
    )
    return list(others[:MOST_NEIGHBOURS])


def _overlaps(area: GrowingArea) -> list[rules.Remark]:
    """Return a remark for each area of another organisation that claims the same land."""
    remarks = (
        rules.overlap_remark(
            other=other.code,
            overlap_ha=geometry.overlap_ha(area.geometry, other.geometry),
            smaller_ha=min(area.computed_ha or Decimal(0), other.computed_ha or Decimal(0)),
        )
        for other in _neighbours(area)
    )
    return [remark for remark in remarks if remark]


def _tell_neighbours(area: GrowingArea, *earlier: GrowingArea) -> None:
    """Work out the remarks of the areas around anew: both sides of an overlap learn of it."""
    around = {each.pk: each for each in (*earlier, *_neighbours(area))}
    for other in around.values():
        declared = Quantity(other.declared_value, UNITS[other.declared_unit])
        remarks = [remark.as_json() for remark in _remarks(other, declared)]
        if remarks != other.warnings:
            other.warnings = remarks
            other.save(update_fields=["warnings"])

"""Facilities: packing houses, mills, stores."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.places import geometry, rules
from originmark.origin.places.models import Facility
from originmark.origin.places.services.codes import facility_code_remarks, free_code
from originmark.standards.gs1 import keys


class FacilityDetails(TypedDict, total=False):
    """What a facility may carry besides its name, owner and kind."""

    unit_id: int | None
    longitude: float | None
    latitude: float | None
    address: str
    gln: str
    registration_code: str
    is_active: bool


@transaction.atomic
def register_facility(
    *,
    organisation_id: int,
    name: str,
    kind: str,
    by: access.Actor,
    now: datetime,
    code: str = "",
    **details: Unpack[FacilityDetails],
) -> Facility:
    """Register a place of work; without a code it gets a number.

    Raises NotAllowed, CodeTaken, WrongGln, OutsideTheWorld or LatitudeFirst.
    """
    access.require(by, "places.record_facility", organisation_id=organisation_id)
    facility = Facility(
        code=free_code(Facility.objects.all(), code, "F"),
        organisation_id=organisation_id,
        created_at=now,
    )
    _write(facility, name=name, kind=kind, details=details)
    facility.save(force_insert=True)
    return facility


@transaction.atomic
def change_facility(
    code: str,
    *,
    name: str,
    kind: str,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
    **details: Unpack[FacilityDetails],
) -> Facility:
    """Correct what is known of a facility; details that are not given stay."""
    rows = access.visible(by, Facility.objects.all())
    facility = rows.filter(code=code).select_for_update().first()
    if facility is None:
        raise rules.UnknownPlace(place=code)
    access.require(by, "places.record_facility", organisation_id=facility.organisation_id)
    _write(facility, name=name, kind=kind, details=details)
    facility.save()
    return facility


def _write(facility: Facility, *, name: str, kind: str, details: FacilityDetails) -> None:
    facility.name, facility.kind = name.strip(), Facility.Kind(kind).value
    for field, value in details.items():
        setattr(facility, field, value.strip() if isinstance(value, str) else value)
    if facility.gln:
        facility.gln = _gln(facility)
    if facility.longitude is not None and facility.latitude is not None:
        position = [facility.longitude, facility.latitude]
        geometry.check({"type": "Point", "coordinates": position})
    remarks = facility_code_remarks(facility.registration_code)
    facility.warnings = [remark.as_json() for remark in remarks]


def _gln(facility: Facility) -> str:
    try:
        gln = keys.gln(facility.gln)
    except keys.InvalidKey as wrong:
        raise rules.WrongGln(problem=str(wrong)) from None
    if other := Facility.objects.filter(gln=gln).exclude(pk=facility.pk).first():
        raise rules.WrongGln(problem=f"GLN {gln} is that of facility {other.code}")
    return gln

"""Places for tests: name only what matters."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from builders.parties import an_organisation

from originmark.origin.parties import access
from originmark.origin.places import services
from originmark.origin.places.models import AdministrativeUnit, Boundary, Facility, GrowingArea
from originmark.origin.places.rules import fold

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
YANGQU = (112.67, 38.06)
_numbers = count(1)


def a_square(
    longitude: float = YANGQU[0], latitude: float = YANGQU[1], side: float = 0.004
) -> dict[str, Any]:
    """A square of so many degrees with its south-west corner there; 0.004° is about 15.6 ha."""
    west, south, east, north = longitude, latitude, longitude + side, latitude + side
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def a_growing_area(code: str = "", **more: Any) -> GrowingArea:
    """Ten hectares of an organisation's land without an outline, unless said otherwise."""
    number = next(_numbers)
    if "organisation" in more:
        more["organisation_id"] = more.pop("organisation").pk
    elif "organisation_id" not in more:
        more["organisation_id"] = an_organisation().pk
    facts = {"name": f"Plot {number}", "declared": "10 ha", "crop": "millet", **more}
    return services.register_growing_area(
        code=code or f"plot-{number}", by=access.SYSTEM, now=NOON, **facts
    )


def a_facility(code: str = "", *, kind: str = "mill", **more: Any) -> Facility:
    """A mill, unless said otherwise."""
    number = next(_numbers)
    if "organisation" in more:
        more["organisation_id"] = more.pop("organisation").pk
    elif "organisation_id" not in more:
        more["organisation_id"] = an_organisation().pk
    facts = {"name": f"Facility {number}", **more}
    return services.register_facility(
        code=code or f"facility-{number}", kind=kind, by=access.SYSTEM, now=NOON, **facts
    )


def a_boundary(code: str = "", **more: Any) -> Boundary:
    """A boundary of one degree around Yangqu, unless said otherwise."""
    number = next(_numbers)
    facts = {"name": f"Boundary {number}", "outline": a_square(112.2, 37.6, 1.0), **more}
    return services.register_boundary(
        code=code or f"boundary-{number}", by=access.SYSTEM, now=NOON, **facts
    )


def an_administrative_unit(key: str = "", **more: Any) -> AdministrativeUnit:
    """A county of China, unless said otherwise."""
    number = next(_numbers)
    facts = {"scheme": "CN", "level": "county", "name": f"County {number}", **more}
    key = key or f"cn-{900000 + number}"
    facts.setdefault("code", key.split("-")[1])
    return AdministrativeUnit.objects.create(key=key, folded=fold(facts["name"]), **facts)

"""Commands about units, boundaries, growing areas and facilities."""

from originmark.origin.places.services.areas import (
    AreaDetails,
    change_growing_area,
    close_growing_area,
    register_growing_area,
    resume_growing_area,
    suspend_growing_area,
)
from originmark.origin.places.services.boundaries import register_boundary
from originmark.origin.places.services.facilities import (
    FacilityDetails,
    change_facility,
    register_facility,
)
from originmark.origin.places.services.units import UnitCounts, add_alias, load_units

__all__ = [
    "AreaDetails",
    "FacilityDetails",
    "UnitCounts",
    "add_alias",
    "change_facility",
    "change_growing_area",
    "close_growing_area",
    "load_units",
    "register_boundary",
    "register_facility",
    "register_growing_area",
    "resume_growing_area",
    "suspend_growing_area",
]

"""Codes of places: given by a person, or the next free number."""

import re

from django.conf import settings
from django.db.models import Max, QuerySet

from originmark.origin.places import rules
from originmark.origin.places.models import Boundary, Facility, GrowingArea

USABLE = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)


def free_code(
    rows: QuerySet[GrowingArea] | QuerySet[Facility] | QuerySet[Boundary], wish: str, letter: str
) -> str:
    """Return the wished code if it is usable and free, or the next of the programme's own.

    Raises CodeUnusable or CodeTaken.
    """
    wish = wish.strip()
    if not wish:
        number = (rows.aggregate(last=Max("pk"))["last"] or 0) + 1
        while rows.filter(code=f"{letter}{number:05d}").exists():
            number += 1
        return f"{letter}{number:05d}"
    if not USABLE.fullmatch(wish):
        raise rules.CodeUnusable(place=wish[:80])
    if rows.filter(code__iexact=wish).exists():
        raise rules.CodeTaken(place=wish)
    return wish


def registration_remarks(found: str, *, pattern: str, example: str) -> list[rules.Remark]:
    """Return what is odd about a registration code, by the pattern that the settings name."""
    remark = rules.code_remark(found, pattern=pattern, example=example)
    return [remark] if remark else []


def area_code_remarks(found: str) -> list[rules.Remark]:
    """Return what is odd about a growing-area code."""
    return registration_remarks(
        found, pattern=settings.GROWING_AREA_CODE_PATTERN, example="VN-TGOR-0095"
    )


def facility_code_remarks(found: str) -> list[rules.Remark]:
    """Return what is odd about a packing-facility code."""
    return registration_remarks(
        found, pattern=settings.PACKING_FACILITY_CODE_PATTERN, example="VN-TGPH-0012"
    )

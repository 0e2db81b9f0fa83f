"""Load the types of certificates from their file."""

import re
import tomllib
from importlib import resources
from typing import Any

from django.db import transaction

from originmark.origin.certificates.models import CertificateType
from originmark.origin.certificates.rules import (
    MEASURES,
    SCOPES,
    PatternRefused,
    TypesRefused,
)
from originmark.origin.certificates.selectors import certificate_type
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

_FIELDS = {
    "name": str,
    "names": dict,
    "scope": str,
    "measures": list,
    "number_pattern": str,
    "warning_days": int,
    "basis": str,
    "equivalents": list,
}


def shipped_types() -> str:
    """Return the file of types that comes with the program."""
    folder = resources.files("originmark.origin.certificates")
    return folder.joinpath("data/types.toml").read_text(encoding="utf-8")


@transaction.atomic
def load_types(text: str, *, by: Actor) -> list[CertificateType]:
    """Add or change each type that the file names; all of them or none.

    Loading the same file again changes nothing. Raises TypesRefused.
    """
    access.require(by, "certificates.types")
    entries = read_types(text)
    loaded = {entry["code"]: _write(entry) for entry in entries}
    for entry in entries:
        names = entry.get("equivalents", [])
        found = CertificateType.objects.filter(code__in=names)
        if missing := set(names) - {each.code for each in found}:
            raise TypesRefused(
                reason=f"{entry['code']} counts {', '.join(sorted(missing))} as equivalent, "
                "which no type is called"
            )
        if "equivalents" in entry:
            loaded[entry["code"]].equivalents.set(found)
    return list(loaded.values())


@transaction.atomic
def change_type(
    code: str,
    *,
    by: Actor,
    name: str,
    warning_days: int,
    number_pattern: str,
    equivalents: list[str],
) -> CertificateType:
    """Change what a programme decides about a type: its name, warning, numbers, equivalents."""
    access.require(by, "certificates.types")
    row = certificate_type(code)
    _require_pattern(number_pattern)
    row.name, row.warning_days, row.number_pattern = name, warning_days, number_pattern
    row.save(update_fields=["name", "warning_days", "number_pattern"])
    others = CertificateType.objects.filter(code__in=equivalents).exclude(pk=row.pk)
    row.equivalents.set(others)
    return row


def _require_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as wrong:
        raise PatternRefused(found=pattern, reason=str(wrong)) from wrong


def read_types(text: str) -> list[dict[str, Any]]:
    """Return the types in a file, checked; raises TypesRefused."""
    try:
        entries = tomllib.loads(text).get("type", [])
    except tomllib.TOMLDecodeError as broken:
        raise TypesRefused(reason=f"it is no TOML ({broken})") from broken
    if not isinstance(entries, list) or not entries:
        raise TypesRefused(reason="it holds no [[type]]")
    for number, entry in enumerate(entries, start=1):
        _check(entry, number)
    return entries


def _check(entry: dict[str, Any], number: int) -> None:
    place = f"type {number} ({entry.get('code', 'without code')})"
    for name in ("code", "name", "scope"):
        if not entry.get(name):
            raise TypesRefused(reason=f"{place} has no {name}")
    if unknown := sorted(entry.keys() - _FIELDS.keys() - {"code"}):
        raise TypesRefused(reason=f"{place} has the unknown line {unknown[0]}")
    for name, kind in _FIELDS.items():
        if name in entry and not isinstance(entry[name], kind):
            raise TypesRefused(reason=f"{place}: {name} should be a {kind.__name__}")
    if entry["scope"] not in SCOPES:
        raise TypesRefused(reason=f"{place}: scope should be one of {', '.join(SCOPES)}")
    _require_pattern(entry.get("number_pattern", ""))
    if odd := sorted(set(entry.get("measures", [])) - set(MEASURES)):
        raise TypesRefused(reason=f"{place}: {odd[0]} is no measure ({', '.join(MEASURES)})")


def _write(entry: dict[str, Any]) -> CertificateType:
    row = CertificateType.objects.filter(code=entry["code"]).first()
    row = row or CertificateType(code=entry["code"])
    for name in _FIELDS.keys() & entry.keys() - {"equivalents"}:
        setattr(row, name, entry[name])
    row.save()
    return row

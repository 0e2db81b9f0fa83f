"""Load the types of certificates from their file."""

import tomllib
from importlib import resources
from typing import Any

from django.db import transaction

from originmark.origin.certificates.models import CertificateType
from originmark.origin.certificates.rules import (
    MEASURES,
    SCOPES,
    TypesRefused,
    UnknownCertificateType,
)
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


def type_of(code: str) -> CertificateType:
    """Return a type by its code; raises UnknownCertificateType."""
    found = CertificateType.objects.filter(code=code).first()
    if found is None:
        known = tuple(CertificateType.objects.values_list("code", flat=True))
        raise UnknownCertificateType(type=code, known=known)
    return found


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
    if odd := sorted(set(entry.get("measures", [])) - set(MEASURES)):
        raise TypesRefused(reason=f"{place}: {odd[0]} is no measure ({', '.join(MEASURES)})")


def _write(entry: dict[str, Any]) -> CertificateType:
    row = CertificateType.objects.filter(code=entry["code"]).first()
    row = row or CertificateType(code=entry["code"])
    for name in _FIELDS.keys() & entry.keys() - {"equivalents"}:
        setattr(row, name, entry[name])
    row.save()
    return row

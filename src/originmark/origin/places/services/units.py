"""Administrative units: load the files that the programme ships, note other spellings."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.places import rules
from originmark.origin.places.models import AdministrativeUnit, UnitAlias, UnitSuccession

DATA = Path(__file__).parent.parent / "data"
LEVELS = ("province", "prefecture", "county", "district", "commune")  # parents before children
BATCH = 500
FIELDS = ["code", "level", "name", "names", "folded", "parent", "valid_from", "valid_until"]


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """How much a load has brought."""

    added: int
    changed: int
    successions: int
    aliases: int


@transaction.atomic
def load_units(*, schemes: Iterable[str] = ("VN", "CN"), by: access.Actor) -> UnitCounts:
    """Bring the units of these countries up to the files shipped; a second run changes nothing.

    Units are told apart by their key. What is not in the files is left alone.
    """
    access.require(by, "places.load_units")
    added = changed = successions = 0
    for scheme in schemes:
        more, other = _load_scheme(scheme)
        added, changed = added + more, changed + other
        successions += _load_successions(scheme)
    return UnitCounts(added, changed, successions, aliases=_load_aliases())


def add_alias(unit: AdministrativeUnit, text: str, *, by: access.Actor) -> UnitAlias:
    """Note another spelling of a unit's name; noting it twice changes nothing."""
    access.require(by, "places.load_units")
    facts = {"text": text.strip()}
    return UnitAlias.objects.get_or_create(unit=unit, folded=rules.fold(text), defaults=facts)[0]


def _load_scheme(scheme: str) -> tuple[int, int]:
    rows = list(_lines(f"{scheme.lower()}_units.csv"))
    known = {unit.key: unit for unit in AdministrativeUnit.objects.filter(scheme=scheme)}
    added = changed = 0
    for level in LEVELS:
        new: list[AdministrativeUnit] = []
        other: list[AdministrativeUnit] = []
        for row in (row for row in rows if row["level"] == level):
            unit = known.get(row["key"]) or AdministrativeUnit(key=row["key"], scheme=scheme)
            if _filled(unit, row, known):
                (other if unit.pk else new).append(unit)
        AdministrativeUnit.objects.bulk_create(new, batch_size=BATCH)
        AdministrativeUnit.objects.bulk_update(other, FIELDS, batch_size=BATCH)
        known.update({unit.key: unit for unit in new})
        added, changed = added + len(new), changed + len(other)
    return added, changed


def _filled(
    unit: AdministrativeUnit, row: dict[str, str], known: dict[str, AdministrativeUnit]
) -> bool:
    """Write a line of the file into a unit; return whether that changed anything."""
    parent = known[row["parent"]].pk if row["parent"] else None
    local = "vi" if unit.scheme == "VN" else "zh-hans"
    names = {local: row["name"], **({"en": row["latin"]} if row["latin"] else {})}
    wanted = {
        "code": row["code"],
        "level": row["level"],
        "name": row["name"],
        "names": names,
        "folded": rules.fold(f"{row['name']} {row['latin']}"),
        "parent_id": parent,
        "valid_from": _day(row["valid_from"]),
        "valid_until": _day(row["valid_until"]),
    }
    differs = any(getattr(unit, field) != value for field, value in wanted.items())
    for field, value in wanted.items():
        setattr(unit, field, value)
    return differs or unit.pk is None


def _load_successions(scheme: str) -> int:
    name = f"{scheme.lower()}_successions.csv"
    if not (DATA / name).exists():
        return 0
    ids = dict(AdministrativeUnit.objects.filter(scheme=scheme).values_list("key", "pk"))
    known = set(UnitSuccession.objects.values_list("old_id", "new_id"))
    pairs = ((ids[row["old"]], ids[row["new"]]) for row in _lines(name))
    new = [
        UnitSuccession(old_id=old, new_id=heir) for old, heir in pairs if (old, heir) not in known
    ]
    UnitSuccession.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def _load_aliases() -> int:
    ids = dict(AdministrativeUnit.objects.values_list("key", "pk"))
    known = set(UnitAlias.objects.values_list("unit_id", "folded"))
    rows = (row for row in _lines("aliases.csv") if row["key"] in ids)
    wanted = {(ids[row["key"]], rules.fold(row["alias"])): row["alias"] for row in rows}
    new = [
        UnitAlias(unit_id=unit_id, folded=folded, text=text)
        for (unit_id, folded), text in wanted.items()
        if (unit_id, folded) not in known
    ]
    UnitAlias.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

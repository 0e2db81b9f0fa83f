"""How two versions of a rulebook differ: row by row, not line by line. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from originmark.mark.schemes.rulebook_text import RulebookFile, Table

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
IDENTITY: Final[dict[str, tuple[str, ...]]] = {
    "star": ("stars",),
    "deadline": ("key",),
    "to_fill_in": ("key",),
    "source": ("text",),
    "condition": ("key", "certificate_type"),
    "clause": ("chapter", "text"),
    "yield_cap": ("product", "season"),
    "conversion": ("process", "input", "output"),
    "option": ("criterion", "points", "text"),
}
"""By which keys a row of one version is found in the other; ``code`` for the rest."""
UNLIKE_BY_NATURE: Final = {"code", "version", "kind", "supersedes"}
"""Keys of the head that two versions never share, or that say nothing about the rules."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that only one version has, or that both have with other values."""

    kind: str
    name: str
    before: tuple[tuple[str, Any], ...]
    after: tuple[tuple[str, Any], ...]

    @property
    def keys(self) -> tuple[tuple[str, Any, Any], ...]:
        """Return each key with its value before and after; None where there is none."""
        before, after = dict(self.before), dict(self.after)
        return tuple((key, before.get(key), after.get(key)) for key in {**before, **after})


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What differs in the tables of one name."""

    table: str
    same: int
    changes: tuple[Change, ...]


def compare(before: RulebookFile, after: RulebookFile) -> list[TableChanges]:
    """Return what differs between two files, table by table, in the order of the newer."""
    names = dict.fromkeys([*after.tables, *before.tables])
    return [_table(name, before.all(name), after.all(name)) for name in names]


def _table(name: str, before: Iterable[Table], after: Iterable[Table]) -> TableChanges:
    old = {_identity(name, each): _values(name, each) for each in before}
    new = {_identity(name, each): _values(name, each) for each in after}
    changes = [_change(key, old.get(key), new.get(key)) for key in {**new, **old}]
    found = tuple(each for each in changes if each is not None)
    return TableChanges(name, len(changes) - len(found), found)


def _change(
    key: tuple[str, ...], old: dict[str, Any] | None, new: dict[str, Any] | None
) -> Change | None:
    if old == new:
        return None
    if old is None or new is None:
        whole = new or old or {}
        kind, name = (ADDED if old is None else REMOVED), _name(key, whole)
        return Change(kind, name, tuple((old or {}).items()), tuple((new or {}).items()))
    differing = [each for each in {**old, **new} if old.get(each) != new.get(each)]
    return Change(
        CHANGED,
        _name(key, new),
        tuple((each, old[each]) for each in differing if each in old),
        tuple((each, new[each]) for each in differing if each in new),
    )


def _identity(name: str, table: Table) -> tuple[str, ...]:
    return tuple(str(table.get(key, "")) for key in IDENTITY.get(name, ("code",)))


def _values(name: str, table: Table) -> dict[str, Any]:
    """Return what a row says, without what it is found by."""
    left_out = set(IDENTITY.get(name, ("code",)))
    if name in {"rulebook", "product_set"}:
        left_out |= UNLIKE_BY_NATURE | {"include"}
    return {key: value for key, value in table.values.items() if key not in left_out}


def _name(key: tuple[str, ...], values: dict[str, Any]) -> str:
    own = " · ".join(each for each in key if each)
    return " · ".join(filter(None, [own, str(values.get("name", ""))]))

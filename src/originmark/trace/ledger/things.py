"""What there is of a kind among the events that somebody may read, page by page.

Values are found by jumping through an index from one to the next, so a page costs about as many
steps as it has members, however many events name each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.core import signing
from django.db.models import Min, QuerySet

from originmark.origin.parties.access import Actor
from originmark.trace.ledger import page_tokens, selectors
from originmark.trace.ledger.index import as_sent
from originmark.trace.ledger.models import Event, EventIdentifier
from originmark.trace.ledger.query_rules import QueryRefused

Role = EventIdentifier.Role
EPC_ROLES = (
    Role.EPC.value, Role.CHILD.value, Role.PARENT.value, Role.INPUT.value, Role.OUTPUT.value,
)  # fmt: skip
READ_POINT_ROLES = (Role.READ_POINT.value,)
LOCATION_ROLES = (Role.LOCATION.value,)
MOST_LOOKED_AT = 500
_SALT = "epcis-next-members"


@dataclass(frozen=True, slots=True)
class Kind:
    """A column of events, or the identifiers in some roles."""

    column: str = ""
    roles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return a text that no other kind has."""
        return self.column or "+".join(self.roles)


@dataclass(frozen=True, slots=True)
class Members:
    """Some of what there is, in order; ``next_token`` leads to the rest."""

    members: list[str]
    next_token: str | None


def page(
    kind: Kind, always: frozenset[str], *, by: Actor, limit: int, after: str | None
) -> Members:
    """Return up to ``limit`` values of a kind, first those that are ``always`` there.

    A page may hold fewer and still lead on, where most values are in other people's events.
    Raises QueryRefused for a token that does not fit.
    """
    first = sorted(always)
    given, last = (0, "") if after is None else _read(after, kind)
    found = first[given : given + limit]
    given += len(found)
    looked_at = 0
    for value in _values(kind, last):
        if len(found) == limit or looked_at == MOST_LOOKED_AT:
            return Members(found, _write(given, last, kind))
        last, looked_at = value, looked_at + 1
        if value not in always and _is_visible(kind, value, by):
            found.append(value)
    return Members(found, _write(given, last, kind) if given < len(first) else None)


def _values(kind: Kind, last: str) -> Iterator[str]:
    """Yield the values behind ``last``, each once (a query for each)."""
    rows: QuerySet[Any] = (
        Event.objects.all() if kind.column else EventIdentifier.objects.filter(role__in=kind.roles)
    )
    column = kind.column or "identifier"
    while True:
        behind = rows.order_by().filter(**{f"{column}__gt": last})
        found = behind.aggregate(least=Min(column))["least"]
        if found is None:
            return
        yield found
        last = found


def _is_visible(kind: Kind, value: str, by: Actor) -> bool:
    if by.sees_everything:
        return True
    rows = selectors.events(by)
    if kind.column:
        return rows.filter(**{kind.column: value}).exists()
    named = EventIdentifier.objects.filter(identifier=value, role__in=kind.roles)
    return rows.filter(pk__in=named.values("event_id")).exists()


def as_received(kind: Kind, name: str, *, by: Actor) -> str:
    """Return what the first event that the actor may read calls a thing (two queries)."""
    named = EventIdentifier.objects.filter(identifier=name, role__in=kind.roles)
    first = selectors.events(by).filter(pk__in=named.values("event_id")).order_by("pk").first()
    return name if first is None else as_sent(orjson.loads(first.body)).get(name, name)


def _write(given: int, last: str, kind: Kind) -> str:
    return signing.dumps([kind.name, given, last], salt=_SALT, compress=True)


def _read(token: str, kind: Kind) -> tuple[int, str]:
    expected = "the nextPageToken of the page before"
    try:
        name, given, last = signing.loads(token, salt=_SALT, max_age=page_tokens.LIFE)
    except signing.BadSignature as wrong:
        raise QueryRefused("nextPageToken", "no token of this repository", expected) from wrong
    if name != kind.name:
        raise QueryRefused("nextPageToken", "the token of another query", expected)
    return given, last

"""Give a query a name, find it again, take the name away."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.trace.ledger.models import NamedQuery
from originmark.trace.ledger.subscriptions import matching
from originmark.trace.ledger.subscriptions.rules import (
    ALWAYS_THERE,
    QueryNameTaken,
    QueryStays,
    QueryUnknown,
    refuse_name,
)

PERMISSION = "ledger.subscribe"


def queries(by: Actor) -> QuerySet[NamedQuery]:
    """Return the named queries that the actor may see: their own and the programme office's."""
    if by.sees_everything:
        return NamedQuery.objects.all()
    if not by.may_read:
        return NamedQuery.objects.none()
    return NamedQuery.objects.filter(Q(organisation=None) | Q(organisation__in=by.organisation_ids))


def query_named(name: str, *, by: Actor) -> NamedQuery:
    """Return the query of that name (one query); raises QueryUnknown.

    The standard's own finds every event. It is always there, and not saved before it is needed.
    """
    found = queries(by).filter(name=name).first() if "\x00" not in name else None
    if found is not None:
        return found
    if name == ALWAYS_THERE:
        return NamedQuery(name=ALWAYS_THERE, body={})
    raise QueryUnknown(name=name[:200])


def owner_for(by: Actor) -> int | None:
    """Return for whom the actor names and subscribes: an organisation, None for the office.

    Raises NotAllowed.
    """
    if access.allows(by, PERMISSION):
        return None
    for each in by.organisation_ids:
        if access.allows(by, PERMISSION, organisation_id=each):
            return each
    raise access.NotAllowed(person=by.name, permission=PERMISSION)


@transaction.atomic
def name_query(name: str, body: Any, *, by: Actor, now: datetime) -> NamedQuery:
    """Keep a query under a name.

    Raises NotAllowed, QueryNameRefused, QueryNameTaken, QueryBodyRefused.
    """
    owner = owner_for(by)
    refuse_name(name)
    checked = matching.check(body)
    try:
        with transaction.atomic():
            return NamedQuery.objects.create(
                name=name, body=checked, organisation_id=owner, person_id=by.person_id,
                created_at=now,
            )  # fmt: skip
    except IntegrityError as taken:
        raise QueryNameTaken(name=name) from taken


@transaction.atomic
def forget_query(name: str, *, by: Actor) -> None:
    """Delete a query and end its subscriptions, as the standard has it.

    Raises QueryUnknown, QueryStays, NotAllowed.
    """
    found = query_named(name, by=by)
    if name == ALWAYS_THERE:
        raise QueryStays(name=name)
    access.require(by, PERMISSION, organisation_id=found.organisation_id)
    found.delete()

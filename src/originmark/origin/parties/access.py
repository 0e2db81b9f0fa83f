"""The one door for access to rows: deny by default.

A room registers its permissions in ``apps.py``; views, API and services ask here.

>>> from originmark.origin.parties.rules import Actor
>>> register("example.record", is_recorder | is_officer)
>>> allows(Actor(name="Li", roles=((7, "recorder"),)), "example.record", organisation_id=7)
True
>>> allows(Actor(name="Li", roles=((7, "recorder"),)), "example.record", organisation_id=8)
False
"""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from rules.permissions import add_perm, has_perm, perm_exists, permissions, remove_perm
from rules.predicates import Predicate, predicate

from originmark.origin.parties.actors import actor_of
from originmark.origin.parties.api_auth import API_AUTH, ApiKeyAuth, PersonAuth
from originmark.origin.parties.rules import (
    INSPECTOR,
    MANAGER,
    NOBODY,
    PEOPLE_ONLY,
    READ,
    RECORDER,
    SYSTEM,
    VIEWER,
    Actor,
    NotAllowed,
)

__all__ = [
    "API_AUTH",
    "NOBODY",
    "SYSTEM",
    "Actor",
    "ApiKeyAuth",
    "NotAllowed",
    "PersonAuth",
    "actor_of",
    "allowed_somewhere",
    "allows",
    "allows_somewhere",
    "is_inspector",
    "is_manager",
    "is_member",
    "is_nobody",
    "is_office_manager",
    "is_officer",
    "is_recorder",
    "register",
    "register_own",
    "require",
    "scopes",
    "visible",
]  # fmt: skip

Row = TypeVar("Row", bound=Model)


@predicate
def is_manager(actor: Actor, organisation_id: int | None) -> bool:
    """Whoever manages the organisation that the row belongs to."""
    return actor.role_in(organisation_id) == MANAGER


@predicate
def is_recorder(actor: Actor, organisation_id: int | None) -> bool:
    """Whoever records for the organisation (a manager does too)."""
    return actor.role_in(organisation_id) in {MANAGER, RECORDER}


@predicate
def is_member(actor: Actor, organisation_id: int | None) -> bool:
    """Whoever belongs to the organisation, in any role."""
    return actor.role_in(organisation_id) is not None


@predicate
def is_officer(actor: Actor) -> bool:
    """Whoever runs the programme: managers and recorders of a programme office."""
    return actor.office_role in {MANAGER, RECORDER}


@predicate
def is_office_manager(actor: Actor) -> bool:
    """Whoever manages a programme office."""
    return actor.office_role == MANAGER


@predicate
def is_nobody(_actor: Actor) -> bool:
    """No person at all: what only the system does, from a command."""
    return False


@predicate
def is_inspector(actor: Actor) -> bool:
    """Whoever may read across the programme: anybody in a programme office."""
    return actor.office_role in {MANAGER, RECORDER, INSPECTOR, VIEWER}


def register(permission: str, who: Predicate) -> None:
    """Say who has a permission, once per start; called from a room's ``apps.py``."""
    if perm_exists(permission):
        remove_perm(permission)
    add_perm(permission, who)


def register_own() -> None:
    """Say who has the permissions of this room."""
    register(READ, is_member | is_inspector)
    register("parties.view", is_member | is_inspector)
    register("parties.create_organisation", is_officer)
    register("parties.change_organisation", is_manager | is_officer)
    register("parties.archive_organisation", is_officer)
    register("parties.manage_members", is_manager | is_officer)
    register("parties.manage_keys", is_manager | is_office_manager)
    register("parties.manage_office", is_office_manager)
    register("parties.appoint_office", is_office_manager)
    register("parties.register_person", is_nobody)
    register("jobs.see", is_officer)  # the room below cannot ask who is who


def allows(actor: Actor, permission: str, *, organisation_id: int | None = None) -> bool:
    """Return whether the actor has the permission on a row of that organisation.

    An unknown permission is a bug (KeyError), not a refusal.
    """
    if not perm_exists(permission):
        raise KeyError(f"nobody registered the permission {permission!r}")
    if actor.is_system:
        return True
    if actor.scopes is not None and permission not in actor.scopes:
        return False
    return bool(has_perm(permission, actor, organisation_id))


def allows_somewhere(actor: Actor, permission: str) -> bool:
    """Return whether the actor has the permission on any row at all, for a menu or a button."""
    places: list[int | None] = [None, *actor.organisation_ids]
    return any(allows(actor, permission, organisation_id=place) for place in places)


def allowed_somewhere(request: HttpRequest, permission: str) -> bool:
    """Return the same for whoever makes a request."""
    return allows_somewhere(actor_of(request), permission)


def scopes() -> list[str]:
    """Return the permissions that an API key can be given: ``read``, then the others by name."""
    return [READ, *sorted(set(permissions) - PEOPLE_ONLY - {READ})]


def require(actor: Actor, permission: str, *, organisation_id: int | None = None) -> None:
    """Raise NotAllowed unless the actor has the permission on a row of that organisation."""
    if not allows(actor, permission, organisation_id=organisation_id):
        raise NotAllowed(person=actor.name, permission=permission)


def sees(actor: Actor, *owner_ids: int | None) -> bool:
    """Return what ``visible`` says of one row that these organisations own; no query."""
    if actor.sees_everything:
        return True
    return actor.may_read and not set(owner_ids).isdisjoint(actor.organisation_ids)


def visible(actor: Actor, rows: QuerySet[Row], *owners: str) -> QuerySet[Row]:
    """Return the rows that the actor may read.

    ``owners`` are the paths to the organisations that own a row (default ``organisation``);
    belonging to any of them is enough. Whoever runs or inspects the programme reads all.
    An API key without the scope ``read`` reads nothing.
    """
    if actor.sees_everything:
        return rows
    if not actor.may_read:
        return rows.none()
    ids = actor.organisation_ids
    reachable = Q()
    for owner in owners or ("organisation",):
        reachable |= Q(**{f"{owner}__in": ids})
    return rows.filter(reachable)

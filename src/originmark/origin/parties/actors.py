"""Who makes a request: a person with a session, or a program with a key."""

from django.http import HttpRequest

from originmark.origin.parties.rules import NOBODY, Actor, strongest


def actor_of(request: HttpRequest) -> Actor:
    """Return who makes this request, read once per request (two queries)."""
    known: Actor | None = getattr(request, "_actor", None)
    if known is None:
        known = _read_actor(request)
        keep_actor(request, known)
    return known


def keep_actor(request: HttpRequest, actor: Actor) -> None:
    """Let everything that handles the request from now on see this actor."""
    request._actor = actor  # type: ignore[attr-defined]  # noqa: SLF001 (kept for the request)


def _read_actor(request: HttpRequest) -> Actor:
    from originmark.origin.parties.models import Membership  # noqa: PLC0415 (apps load first)

    person = request.user
    if not person.is_authenticated:
        return NOBODY
    memberships = Membership.objects.filter(person=person.pk, organisation__is_active=True)
    rows = list(memberships.values_list("organisation_id", "role", "organisation__runs_programme"))
    return Actor(
        name=person.name,
        person_id=person.pk,
        roles=tuple((organisation_id, role) for organisation_id, role, _ in rows),
        office_role=strongest(role for _, role, runs_programme in rows if runs_programme),
        address=request.META.get("REMOTE_ADDR"),
    )

"""Questions about organisations and people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from originmark.origin.parties import access, rules
from originmark.origin.parties.models import ApiKey, Invitation, Membership, Organisation, Person

__all__ = [
    "Organisation",
    "Person",
    "Seat",
    "company_prefixes",
    "find_organisation",
    "find_person",
    "matching",
    "members",
    "organisation",
    "organisation_by_gln",
    "organisation_by_id",
    "organisations",
    "owners_of_prefixes",
    "programme_office",
    "search_organisations",
    "seats",
    "visible_organisation",
]


def organisation(code: str) -> Organisation:
    """Return the organisation with this code, whoever asks; raises UnknownOrganisation."""
    found = find_organisation(code)
    if found is None:
        raise rules.UnknownOrganisation(organisation=code)
    return found


def find_organisation(code: str) -> Organisation | None:
    """Return the organisation with this code, if there is one."""
    return Organisation.objects.filter(code=code).first()


def organisation_by_id(organisation_id: int) -> Organisation:
    """Return the organisation of a row in another room."""
    return Organisation.objects.get(pk=organisation_id)


def programme_office() -> Organisation | None:
    """Return the office that runs the programme, the first where several do. One query."""
    rows = Organisation.objects.filter(runs_programme=True, is_active=True)
    return rows.order_by("pk").first()


def organisation_by_gln(gln: str) -> Organisation | None:
    """Return the organisation with this GLN, if there is one. One query."""
    return Organisation.objects.filter(gln=gln).exclude(gln="").first()


def owners_of_prefixes(prefixes: Collection[str]) -> dict[str, Organisation]:
    """Return which organisations have these GS1 company prefixes. One query."""
    rows = Organisation.objects.filter(gs1_company_prefix__in=prefixes)
    return {row.gs1_company_prefix: row for row in rows.exclude(gs1_company_prefix="")}


def company_prefixes() -> frozenset[str]:
    """Return the GS1 company prefixes that organisations have, whoever asks (one query)."""
    given = Organisation.objects.exclude(gs1_company_prefix="")
    return frozenset(given.values_list("gs1_company_prefix", flat=True))


def organisations(by: access.Actor) -> QuerySet[Organisation]:
    """Return the organisations that the actor may read, archived ones included."""
    return access.visible(by, Organisation.objects.all(), "pk")


def organisations_with_members(by: access.Actor) -> QuerySet[Organisation]:
    """Return the same with how many people belong to each (``member_count``) and the place."""
    return organisations(by).select_related("unit").annotate(member_count=Count("memberships"))


def visible_organisation(code: str, by: access.Actor) -> Organisation:
    """Return the organisation with this code if the actor may read it.

    Raises UnknownOrganisation for one that is hidden, too: a stranger does not learn who is there.
    """
    found = organisations(by).filter(code=code).select_related("unit").first()
    if found is None:
        raise rules.UnknownOrganisation(organisation=code)
    return found


def search_organisations(query: str, *, newest: int = 20) -> QuerySet[Organisation]:
    """Return active organisations by name, code or registration number, whoever asks.

    For choosing a partner; pages show no more of them than name, kind and code.
    """
    rows = matching(Organisation.objects.filter(is_active=True), query)
    return rows.order_by("name", "pk")[:newest]


def matching(rows: QuerySet[Organisation], query: str) -> QuerySet[Organisation]:
    """Return the organisations whose name, code or number has what somebody typed."""
    return rows.filter(
        Q(name__icontains=query)
        | Q(code__icontains=query)
        | Q(registration_number__istartswith=query)
        | Q(gln=query)
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """A role that an actor has in an organisation."""

    code: str
    name: str
    role: str


def seats(by: access.Actor) -> list[Seat]:
    """Return where the actor belongs, and in which role, by name; one query."""
    rows = Organisation.objects.filter(pk__in=by.organisation_ids).order_by("name", "pk")
    return [Seat(row.code, row.name, by.role_in(row.pk) or "") for row in rows]


def find_person(email: str) -> Person | None:
    """Return whoever signs in with this address, whatever its case."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def members(organisation_id: int) -> QuerySet[Membership]:
    """Return who belongs to an organisation, with their roles, by name."""
    rows = Membership.objects.filter(organisation_id=organisation_id)
    return rows.select_related("person").order_by("person__name", "pk")


def member(organisation_id: int, person_id: int) -> Person:
    """Return somebody who belongs to the organisation; raises UnknownMember."""
    found = Membership.objects.filter(organisation_id=organisation_id, person_id=person_id)
    membership = found.select_related("person").first()
    if membership is None:
        raise rules.UnknownMember(
            person=str(person_id), organisation=organisation_by_id(organisation_id).name
        )
    return membership.person


def memberships_of(person_id: int) -> QuerySet[Membership]:
    """Return where a person belongs, archived organisations left out, by name."""
    rows = Membership.objects.filter(person_id=person_id, organisation__is_active=True)
    return rows.select_related("organisation").order_by("organisation__name", "pk")


def person(by: access.Actor) -> Person:
    """Return the person that an actor is; a program or the system is none."""
    return Person.objects.get(pk=by.person_id or 0)


def open_invitations(organisation_id: int, *, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations that still wait for an answer, newest first."""
    return Invitation.objects.filter(
        organisation_id=organisation_id, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )


def api_keys(organisation_id: int, *, now: datetime) -> QuerySet[ApiKey]:
    """Return the keys of an organisation that still open something, newest first."""
    return ApiKey.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now),
        organisation_id=organisation_id,
        revoked_at=None,
    )

"""Questions about organisations and people."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from originmark.origin.parties import access, rules
from originmark.origin.parties.models import Membership, Organisation, Person

__all__ = [
    "Organisation",
    "Person",
    "Seat",
    "find_organisation",
    "find_person",
    "matching",
    "members",
    "organisation",
    "organisation_by_id",
    "organisations",
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


def organisations(by: access.Actor) -> QuerySet[Organisation]:
    """Return the organisations that the actor may read, archived ones included."""
    return access.visible(by, Organisation.objects.all(), "pk")


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

"""Organisations: register, change, archive."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from originmark.origin.parties import access, numbers, rules
from originmark.origin.parties.models import Organisation


class OrganisationDetails(TypedDict, total=False):
    """What an organisation may carry besides kind, code and name."""

    names: dict[str, str]
    registration_scheme: str
    registration_number: str
    gs1_company_prefix: str
    gln: str
    unit_id: int | None
    address: str
    phone: str
    email: str


@transaction.atomic
def create_organisation(
    *,
    kind: str,
    name: str,
    by: access.Actor,
    now: datetime,
    code: str = "",
    runs_programme: bool = False,
    **details: Unpack[OrganisationDetails],
) -> Organisation:
    """Register an organisation; without a code it gets one from its name.

    Only a manager of a programme office makes another programme office.
    Raises NotAllowed, the refusals of ``numbers`` for a wrong number, and Taken for a value that
    another organisation carries, archived ones included.
    """
    access.require(by, "parties.create_organisation")
    if runs_programme:
        access.require(by, "parties.appoint_office")
    organisation = Organisation(
        kind=kind,
        name=name.strip(),
        code=code.strip() or _free_code(kind, name),
        runs_programme=runs_programme,
        created_at=now,
    )
    _write_details(organisation, details)
    _refuse_taken(organisation)
    organisation.save(force_insert=True)
    return organisation


@transaction.atomic
def change_organisation(
    code: str,
    *,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
    kind: str | None = None,
    name: str | None = None,
    **details: Unpack[OrganisationDetails],
) -> Organisation:
    """Change what is known of an organisation; what is not given stays."""
    organisation = _locked(code, by)
    organisation.kind = kind or organisation.kind
    organisation.name = (name or "").strip() or organisation.name
    _write_details(organisation, details)
    _refuse_taken(organisation)
    organisation.save()
    return organisation


@transaction.atomic
def archive_organisation(
    code: str,
    *,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
) -> Organisation:
    """Take an organisation out of use; its records stay and its members and keys lose access."""
    organisation = _locked(code, by, "parties.archive_organisation")
    if organisation.runs_programme:
        access.require(by, "parties.appoint_office")
    organisation.is_active = False
    organisation.save(update_fields=["is_active"])
    return organisation


@transaction.atomic
def restore_organisation(
    code: str,
    *,
    by: access.Actor,
    now: datetime,  # noqa: ARG001 (every command takes the clock)
) -> Organisation:
    """Take an archived organisation back into use."""
    organisation = _locked(code, by, "parties.archive_organisation")
    if organisation.runs_programme:
        access.require(by, "parties.appoint_office")
    organisation.is_active = True
    organisation.save(update_fields=["is_active"])
    return organisation


def _locked(
    code: str, by: access.Actor, permission: str = "parties.change_organisation"
) -> Organisation:
    organisation = Organisation.objects.select_for_update().filter(code=code).first()
    if organisation is None:
        raise rules.UnknownOrganisation(organisation=code)
    access.require(by, permission, organisation_id=organisation.pk)
    return organisation


def _write_details(organisation: Organisation, details: OrganisationDetails) -> None:
    for field, value in details.items():
        setattr(organisation, field, value)
    organisation.registration_number = numbers.registration_number(
        organisation.registration_scheme, organisation.registration_number
    )
    if not organisation.registration_number:
        organisation.registration_scheme = ""
    organisation.gln = numbers.gln(organisation.gln)
    organisation.gs1_company_prefix = numbers.company_prefix(organisation.gs1_company_prefix)


def _refuse_taken(organisation: Organisation) -> None:
    """Raise the refusal that names the field; one query. The constraints are the last word."""
    carried: list[tuple[type[numbers.Taken], dict[str, str]]] = [
        (numbers.CodeTaken, {"code": organisation.code}),
        (
            numbers.RegistrationTaken,
            {
                "registration_number": organisation.registration_number,
                "registration_scheme": organisation.registration_scheme,
            },
        ),
        (numbers.GlnTaken, {"gln": organisation.gln}),
        (numbers.CompanyPrefixTaken, {"gs1_company_prefix": organisation.gs1_company_prefix}),
    ]
    asked = [(refusal, values) for refusal, values in carried if all(values.values())]
    same = Q(pk__in=[])
    for _, values in asked:
        same |= Q(**values)
    for other in Organisation.objects.filter(same).exclude(pk=organisation.pk):
        for refusal, values in asked:
            if all(getattr(other, name) == value for name, value in values.items()):
                raise refusal(value=next(iter(values.values())))


def _free_code(kind: str, name: str) -> str:
    """Return a code that is free: the name in Latin letters, else the kind and a number."""
    by_kind = kind.replace("_", "-")
    stem = slugify(name)[:32].strip("-") or by_kind
    taken = Organisation.objects.filter(code__startswith=stem)
    number = taken.count() + 1
    if number == 1 and stem != by_kind:
        return stem
    while taken.filter(code=f"{stem}-{number}").exists():
        number += 1
    return f"{stem}-{number}"

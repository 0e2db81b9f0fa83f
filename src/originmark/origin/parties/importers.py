"""Registers that come as spreadsheets: organisations (households by the thousand) and members."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import validate_email, validate_slug
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    each_row,
)
from originmark.origin.parties import access, numbers, selectors, services, sockets
from originmark.origin.parties.models import Membership, Organisation
from originmark.origin.parties.refusals import NoSuchChoice

LANGUAGES = dict(settings.LANGUAGES)
FACTS = (
    "kind", "name", "registration_scheme", "registration_number", "gln", "gs1_company_prefix",
    "address", "phone", "email",
)  # fmt: skip


def _one_of(choices: list[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise NoSuchChoice(found=text, known=tuple(choices))
        return text

    return parse


def _email(text: str) -> str:
    validate_email(text)
    return text.lower()


def _code(text: str) -> str:
    validate_slug(text)
    return text


def import_organisations(rows: list[ImportRow], *, by: access.Actor, now: datetime) -> ImportResult:
    """Register or change organisations by their codes; a second time changes nothing."""
    codes = [row["code"] for row in rows]
    known = {each.code: each for each in Organisation.objects.filter(code__in=codes)}

    def write(row: ImportRow) -> str:
        facts = _facts(row)
        found = known.get(row["code"])
        if found is None:
            services.create_organisation(code=row["code"], **facts, by=by, now=now)
            return "created"
        if all(getattr(found, name) == value for name, value in facts.items()):
            return "unchanged"
        services.change_organisation(row["code"], **facts, by=by, now=now)
        return "updated"

    return each_row(rows, write)


def _facts(row: ImportRow) -> dict[str, Any]:
    """Return what a row says; an empty cell leaves as it is what is known already."""
    facts = {name: row[name] for name in FACTS if row[name]}
    if row["unit"] is not None:
        facts["unit_id"] = row["unit"]
    if number := facts.get("registration_number"):
        scheme = facts.get("registration_scheme", "")
        facts["registration_number"] = numbers.registration_number(scheme, number)
    return facts


def import_members(rows: list[ImportRow], *, by: access.Actor, now: datetime) -> ImportResult:
    """Invite people, or change the roles of those who belong already."""

    def write(row: ImportRow) -> str:
        organisation = selectors.visible_organisation(row["organisation"], by)
        found = organisation.memberships.filter(person__email__iexact=row["email"])
        membership = found.select_related("person").first()
        if membership is None:
            facts = {name: row[name] for name in ("email", "name", "role", "language")}
            return services.invite_once(organisation, **facts, by=by, now=now)
        if membership.role == row["role"]:
            return "unchanged"
        services.change_role(organisation, membership.person, role=row["role"], by=by, now=now)
        return "updated"

    return each_row(rows, write)


ORGANISATIONS = Importer(
    name="organisations",
    title=_("Import organisations"),
    intro=_("A register of households, cooperatives or mills. The code tells rows apart: a code "
            "that is known already changes that organisation. An empty cell changes nothing."),
    columns=[
        ImportColumn("code", _("Code"), _code, required=True, example="household-0001",
                     help=_("Letters, digits and hyphens, as in the register.")),
        ImportColumn("kind", _("Kind"), _one_of(Organisation.Kind.values), required=True,
                     example="household", help=", ".join(Organisation.Kind.values)),
        ImportColumn("name", _("Name"), required=True, example="Li Wei"),
        ImportColumn("registration_scheme", _("Register"), _one_of(list(numbers.SCHEMES)),
                     example="cn_uscc", help=", ".join(numbers.SCHEMES)),
        ImportColumn("registration_number", _("Registration number"),
                     example="91110000600037341L"),
        ImportColumn("gln", _("GLN"), numbers.gln, example="9501101530003"),
        ImportColumn("gs1_company_prefix", _("GS1 company prefix"), numbers.company_prefix),
        ImportColumn("unit", _("Place"), sockets.unit_id, default=None, example="cn-140122",
                     help=_("The key of a place in the register of places.")),
        ImportColumn("address", _("Address")),
        ImportColumn("phone", _("Phone")),
        ImportColumn("email", _("E-mail"), _email),
    ],
    apply=import_organisations,
    key="code",
    done_url="/parties/organisations/",
)  # fmt: skip
MEMBERS = Importer(
    name="members",
    title=_("Import members"),
    intro=_("Each person gets a letter with a link; who belongs already gets the role given here."),
    columns=[
        ImportColumn("organisation", _("Organisation"), required=True, example="huangzhai",
                     help=_("The code of the organisation.")),
        ImportColumn("email", _("E-mail"), _email, required=True, example="li@example.org"),
        ImportColumn("name", _("Name"), example="Li Wei"),
        ImportColumn("role", _("Role"), _one_of(Membership.Role.values), required=True,
                     example="recorder", help=", ".join(Membership.Role.values)),
        ImportColumn("language", _("Language"), _one_of(list(LANGUAGES)), example="zh-hans",
                     help=", ".join(LANGUAGES)),
    ],
    apply=import_members,
    done_url="/parties/organisations/",
)  # fmt: skip

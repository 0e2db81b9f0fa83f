"""Commands about organisations, people and keys."""

from originmark.origin.parties.services.members import add_member, change_role, remove_member
from originmark.origin.parties.services.organisations import (
    OrganisationDetails,
    archive_organisation,
    change_organisation,
    create_organisation,
    restore_organisation,
)
from originmark.origin.parties.services.people import change_profile, register_person

__all__ = [
    "OrganisationDetails",
    "add_member",
    "archive_organisation",
    "change_organisation",
    "change_profile",
    "change_role",
    "create_organisation",
    "register_person",
    "remove_member",
    "restore_organisation",
]

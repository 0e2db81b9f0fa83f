"""Commands about organisations, people and keys."""

from originmark.origin.parties.services.api_keys import (
    NewApiKey,
    actor_of_key,
    create_api_key,
    keeping,
    revoke_api_key,
)
from originmark.origin.parties.services.invitations import (
    accept_invitation,
    invitation_token,
    invite,
    invite_once,
    open_invitation,
    withdraw_invitation,
)
from originmark.origin.parties.services.members import (
    add_member,
    change_role,
    managing,
    remove_member,
)
from originmark.origin.parties.services.organisations import (
    OrganisationDetails,
    archive_organisation,
    change_organisation,
    create_organisation,
    restore_organisation,
)
from originmark.origin.parties.services.people import change_profile, register_person

__all__ = [
    "NewApiKey",
    "OrganisationDetails",
    "accept_invitation",
    "actor_of_key",
    "add_member",
    "archive_organisation",
    "change_organisation",
    "change_profile",
    "change_role",
    "create_api_key",
    "create_organisation",
    "invitation_token",
    "invite",
    "invite_once",
    "keeping",
    "managing",
    "open_invitation",
    "register_person",
    "remove_member",
    "restore_organisation",
    "revoke_api_key",
    "withdraw_invitation",
]

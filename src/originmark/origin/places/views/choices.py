"""Which organisations a person may choose in a form."""

from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties


def organisations_for(by: access.Actor, permission: str) -> list[tuple[int, str]]:
    """Return the active organisations for which the actor has a permission, by name."""
    rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
    return [
        (pk, name)
        for pk, name in rows.values_list("pk", "name")
        if access.allows(by, permission, organisation_id=pk)
    ]

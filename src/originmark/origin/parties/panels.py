"""What this room shows on pages that are not its own: search and the home page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.frame.web.sockets import Hit, HomeCard
from originmark.origin.parties import access, selectors
from originmark.origin.parties.second_factor import lacks_second_factor

HITS = 5


def find(by: access.Actor, query: str) -> list[Hit]:
    """Find organisations by name, code or number; one query."""
    found = selectors.matching(selectors.organisations(by), query).order_by("name", "pk")[:HITS]
    return [
        Hit(
            row.name,
            f"{row.get_kind_display()} · {row.registration_number or row.code}",
            reverse("parties:organisation", args=[row.code]),
            "building-community",
        )
        for row in found
    ]


def second_factor_card(request: HttpRequest, _actor: access.Actor) -> HomeCard | None:
    """Remind people of an office who have no second factor."""
    if not lacks_second_factor(request):
        return None
    return HomeCard(
        title=_("Set up a second factor"),
        note=_("Your role reaches every organisation. A stolen password must not be enough."),
        url=reverse("mfa_index"),
        icon="shield-lock",
        action=_("Set it up now"),
        order=1,
    )

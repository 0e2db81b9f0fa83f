"""Links for tests: name only what matters."""

from datetime import UTC, datetime
from typing import Any

from originmark.mark.passport.resolver.models import Link
from originmark.mark.passport.resolver.rules import LinkDraft
from originmark.mark.passport.resolver.services import add_link
from originmark.origin.parties.access import SYSTEM

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)


def a_link_draft(anchor: str, **values: Any) -> LinkDraft:
    """What somebody says about a page of recipes."""
    said = {
        "link_type": "gs1:recipeInfo",
        "href": "https://shop.example/recipes",
        "title": "Recipes",
        "media_type": "text/html",
    }
    return LinkDraft(**{"anchor": anchor, **said, **values})


def a_link(anchor: str, **values: Any) -> Link:
    """A link that the system entered; ``by`` and ``now`` may be given."""
    doors = {"by": values.pop("by", SYSTEM), "now": values.pop("now", NOON)}
    return add_link(a_link_draft(anchor, **values), **doors)

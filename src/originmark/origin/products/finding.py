"""What the search over everything finds of products."""

from django.db.models import Q
from django.urls import reverse

from originmark.frame.web.sockets import Hit
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors
from originmark.standards.gs1 import keys

MOST = 6


def find_products(by: Actor | None, query: str) -> list[Hit]:
    """Return a few products whose name, code or GTIN has the words."""
    if by is None:
        return []
    named = Q(name__icontains=query) | Q(code__icontains=query) | Q(gtin__contains=query)
    rows = selectors.products(by).filter(named).order_by("-is_active", "name", "pk")[:MOST]
    return [
        Hit(
            title=each.name,
            detail=keys.shown_gtin(each.gtin) if each.gtin else each.code,
            url=reverse("products:product", args=[each.code]),
            icon="package",
        )
        for each in rows
    ]

"""What this room shows on pages of others: hits of the search, a card on the home page."""

from django.db.models import F, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.frame.web.cells import number
from originmark.frame.web.sockets import Hit, HomeCard, HomeLine
from originmark.origin.parties.access import Actor
from originmark.trace.lots import selectors
from originmark.trace.lots.models import Lot

HITS = 5


def find_lots(by: Actor, query: str) -> list[Hit]:
    """Return lots whose code begins or contains what was typed. One query."""
    rows = selectors.lots(by).filter(code__icontains=query).order_by("-created_at", "-pk")[:HITS]
    return [
        Hit(
            title=lot.code,
            detail=f"{lot.product.name} · {lot.organisation.name}",
            url=reverse("lots:lot", args=[lot.code]),
            icon="packages",
        )
        for lot in rows
    ]


def home_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return what is in stock and what is on its way, for whoever has lots. Three queries."""
    if not (by.organisation_ids or by.sees_everything):
        return None
    held = selectors.lots(by).filter(status=Lot.Status.ACTIVE)
    total = held.aggregate(kg=Sum(F("received_kg") - F("released_kg")))["kg"]
    coming = selectors.lots(by).filter(
        status=Lot.Status.IN_TRANSIT, in_transit_to_id__in=by.organisation_ids
    )
    lines = tuple(
        HomeLine(
            text=_("%(lot)s is on its way to you") % {"lot": lot.code},
            url=f"{reverse('lots:record', args=['receive'])}?lot={lot.code}",
            tone="info",
            badge=_("Receive"),
        )
        for lot in coming.order_by("pk")[:3]
    )
    return HomeCard(
        title=_("In stock"),
        value=f"{number(total or 0)} kg",
        note=_("in %(count)s lots") % {"count": held.count()},
        url=reverse("lots:lots") + "?status=active",
        icon="packages",
        lines=lines,
        order=20,
    )

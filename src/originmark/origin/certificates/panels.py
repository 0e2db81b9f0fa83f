"""What this room adds to pages of others: the home page, a product, the search, the schedule."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.frame.web.sockets import Hit, HomeCard, HomeLine, list_card
from originmark.origin.certificates import selectors, services, tables
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

LINES = 5
WATCHED_DAYS = 90


def home_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the papers that end within 90 days, if there are any."""
    today = clock.today()
    lines = (
        HomeLine(
            text=str(row),
            url=reverse("certificates:certificate", args=[row.pk]),
            note=row.holder.name,
            tone="warn",
            badge=_("%(days)s days") % {"days": row.validity.days_left(today)},
        )
        for row in selectors.expiring(by, on=today, days=WATCHED_DAYS)[:LINES]
    )
    title, url = _("Certificates about to end"), reverse("certificates:watch")
    return list_card(title, lines, url=url, icon="clock-exclamation", order=40)


def product_panel(product_id: int, request: HttpRequest) -> SafeString | None:
    """Return the papers that name a product."""
    by = access.actor_of(request)
    rows = [
        (row, tables.badge(row))
        for row in selectors.certificates(by).filter(products=product_id).order_by("-valid_until")
    ]
    context = {"rows": rows}
    return render_to_string("certificates/_product_panel.html", context, request)


def find_certificates(by: Actor | None, query: str) -> list[Hit]:
    """Return a few papers by number, issuer or holder."""
    if by is None:
        return []
    named = Q(number__icontains=query) | Q(issuer__icontains=query)
    rows = selectors.certificates(by).filter(named | Q(holder__name__icontains=query))
    return [
        Hit(
            title=str(row),
            detail=row.holder.name,
            url=reverse("certificates:certificate", args=[row.pk]),
            icon="certificate",
        )
        for row in rows.order_by("-valid_until", "pk")[:LINES]
    ]


def notice_daily(payload: dict[str, Any], progress: Any) -> dict[str, int]:  # noqa: ARG001 (a task)
    """Write a notice for each paper in its days of warning; the daily task."""
    return {"noticed": len(services.notice_expiring(clock.now()))}

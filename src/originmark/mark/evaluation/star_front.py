"""What stars add to other pages: navigation, search, home, a product."""

from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from originmark.frame.web import clock
from originmark.frame.web.sockets import Hit, HomeCard, HomeLine, NavItem, list_card
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.selectors import star_lists
from originmark.mark.evaluation.selectors.stars import with_state
from originmark.mark.evaluation.star_tables import star_url, stars_said, state_badge
from originmark.origin.parties.access import Actor

STARS: Final = gettext_lazy("Stars")
NAVIGATION: Final = (
    NavItem(gettext_lazy("Stars that end"), "evaluation:star_watch", "star", 66, section=STARS),
    NavItem(gettext_lazy("Field checks"), "evaluation:check_list", "clipboard-check", 67,
            section=STARS),
    NavItem(gettext_lazy("Appeals"), "evaluation:appeal_list", "gavel", 68, section=STARS),
)  # fmt: skip
LINES: Final = 5


def find(_by: Actor | None, query: str) -> list[Hit]:
    """Return a few stars by number, product or producer: the register is no secret. One query."""
    named = Q(number__icontains=query) | Q(product__name__icontains=query)
    rows = Star.objects.filter(named | Q(organisation__name__icontains=query))
    return [
        Hit(row.product.name, f"{stars_said(row)} · {row.organisation.name}", star_url(row), "star")
        for row in rows.select_related("product", "organisation").order_by("-decided_on")[:LINES]
    ]


def home_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the stars that end soon and whose producers were not told, the nearest first."""
    today = clock.today()
    waiting = star_lists.watch(by, today).filter(notice=None, valid_until__gte=today)
    lines = (
        HomeLine(
            text=row.product.name,
            url=star_url(row),
            note=row.organisation.name,
            tone="bad" if row.is_overdue else "warn",
            badge=date_format(row.valid_until, "DATE_FORMAT"),
        )
        for row in waiting.order_by("valid_until", "pk")[:LINES]
    )
    url = reverse("evaluation:star_watch")
    return list_card(_("Stars that end"), lines, url=url, icon="star", order=42)


def product_panel(product_id: int, request: HttpRequest) -> SafeString | None:
    """Return the stars of a product, the newest first; nothing without any."""
    today = clock.today()
    rows = with_state(Star.objects.filter(product_id=product_id), today).order_by("-decided_on")
    stars = [(row, stars_said(row), state_badge(row)) for row in rows]
    if not stars:
        return None
    return render_to_string("evaluation/_product_stars.html", {"stars": stars}, request)

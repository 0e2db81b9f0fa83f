"""What licensing adds to other pages: licensees of a brand, navigation, search, home."""

from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.sockets import Hit, HomeCard, HomeLine, NavItem, list_card
from originmark.mark.licensing import selectors
from originmark.mark.licensing.lists import STATES, licence_url, state_badge
from originmark.mark.schemes.selectors import BrandFacts
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

NAVIGATION: Final = NavItem(
    _("Licences"), "licensing:licence_list", "license", order=63, section=_("Licences")
)
SHOWN: Final = 10


def brand_panel(brand: BrandFacts, request: HttpRequest) -> str:
    """Return who may use a brand, of those whose licences the person may read."""
    by = access.actor_of(request)
    rows = selectors.licences(by).filter(brand_id=brand.id).order_by("-valid_until", "number")
    context = {
        "brand": brand,
        "licences": [(row, state_badge(row, clock.today())) for row in rows[:SHOWN]],
        "total": rows.count(),
        "may_grant": access.allows(by, "licensing.grant"),
        "may_apply": access.allows_somewhere(by, "licensing.apply"),
    }
    return render_to_string("licensing/_brand_panel.html", context, request)


def find(actor: Actor, query: str) -> list[Hit]:
    """Return licences by number or holder. One query, and two for their states."""
    rows = selectors.licences(actor).filter(
        Q(number__icontains=query) | Q(organisation__name__icontains=query)
    )
    return [
        Hit(
            row.number,
            f"{row.organisation.name} · {row.brand.name}",
            licence_url(row),
            "license",
        )
        for row in rows[:5]
    ]


def home_card(_request: HttpRequest, actor: Actor) -> HomeCard | None:
    """Return the licences that end soon, for whoever may read them; nothing when there is none."""
    lines = []
    for row in selectors.expiring(actor, on=clock.today())[:5]:
        words, tone = STATES[selectors.state_of(row, clock.today())]
        note = f"{row.organisation.name}, {date_format(row.valid_until, 'DATE_FORMAT')}"
        lines.append(HomeLine(row.number, licence_url(row), note, tone, words))
    url = reverse("licensing:expiry_list")
    return list_card(_("Licences that end soon"), lines, url=url, icon="license")

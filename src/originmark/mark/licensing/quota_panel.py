"""What quotas add to other pages: a brand's page, navigation, home."""

from decimal import Decimal
from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.cells import number
from originmark.frame.web.charts import Bar, share_bar
from originmark.frame.web.sockets import HomeCard, HomeLine, NavItem, list_card
from originmark.mark.licensing import selectors
from originmark.mark.licensing.quota_tables import quota_url, state_badge
from originmark.mark.licensing.services.quotas import quota_rule
from originmark.mark.schemes.selectors import BrandFacts
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

NAVIGATION: Final = NavItem(
    _("Quotas"), "licensing:quota_list", "scale", order=64, section=_("Licences")
)


def quota_bar(granted_kg: Decimal, used_kg: Decimal) -> SafeString:
    """Return a bar of what is used and what is left."""
    parts = [Bar(_("Used"), used_kg, "primary"), Bar(_("Left"), granted_kg - used_kg, "plain")]
    return share_bar(parts, title=_("What is used of the quota"), unit="kg")


def brand_panel(brand: BrandFacts, request: HttpRequest) -> str | None:
    """Return how this season's quotas of a brand stand; nothing where its rules know none."""
    season = timezone.localtime(clock.now()).year
    by = access.actor_of(request)
    if quota_rule(brand.code, season) is None:
        return None
    rows = selectors.quotas(by).filter(brand_id=brand.id, season=season)
    granted_kg, used_kg = selectors.totals_kg(rows)
    context = {
        "brand": brand,
        "season": season,
        "granted_kg": granted_kg,
        "bar": quota_bar(granted_kg, used_kg),
        "users": rows.count(),
        "spent": rows.exclude(fuse_blown_at=None).count(),
        "may_compute": access.allows(by, "licensing.quota"),
    }
    return render_to_string("licensing/_quota_panel.html", context, request)


def home_card(_request: HttpRequest, actor: Actor) -> HomeCard | None:
    """Return the quotas of the year that are nearly spent; nothing when there is none."""
    season = timezone.localtime(clock.now()).year
    lines = []
    for row in selectors.quotas_nearly_spent(actor, season=season)[:5]:
        badge = state_badge(row)
        left = _("%(kg)s kg left") % {"kg": number(row.left_kg)}
        note = f"{row.brand.name} {row.season} · {left}"
        lines.append(HomeLine(row.organisation.name, quota_url(row), note, badge.tone, badge.text))
    url = reverse("licensing:quota_list")
    return list_card(_("Quotas nearly spent"), lines, url=url, icon="scale")

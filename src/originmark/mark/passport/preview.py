"""What shoppers will see of a lot, for the office and the producer, before labels are printed."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from originmark.frame.web import clock
from originmark.mark.passport import selectors
from originmark.mark.passport.standing import standing
from originmark.mark.passport.views import page_of
from originmark.mark.passport.words import PREVIEW
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.trace.lots import selectors as lots
from originmark.trace.lots.selectors import LotFacts

PLAIN: Final = "plain"


@login_required
@require_GET
def preview(request: HttpRequest, lot: str) -> HttpResponse:
    """Show the passport of a lot under the brand that was asked for, else the first that may be."""
    found = lots.visible_lot(lot, access.actor_of(request))
    brands = _brands(found)
    asked = request.GET.get("brand", "")
    brand = asked if asked in brands else next(iter(brands), None)
    now = clock.now()
    passport = selectors.passport(
        found,
        brand_code=brand,
        language=get_language() or "en",
        found=standing(found, localdate(now), brand_code=brand, user_id=found.organisation_id),
        now=now,
    )
    context = page_of(None, passport)
    if not passport.alarm:
        context |= {"words": PREVIEW, "tone": PLAIN}
    return render(request, "passport/scan.html", context)


def lot_panel(lot: LotFacts, request: HttpRequest) -> str | None:
    """Return the way to the preview, on the page of a packed lot."""
    if lot.pack_count is None:
        return None
    context = {"lot": lot, "brands": _brands(lot)}
    return render_to_string("passport/_preview_panel.html", context, request)


def _brands(lot: LotFacts) -> dict[str, str]:
    """Return the brands that the lot's product may carry, by name. One query."""
    rows = schemes.brands().filter(products__product_code=lot.product_code)
    return {row.code: row.name for row in rows}

"""Pages of administrative units: the tree, what became of a unit, search."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from originmark.frame.web import clock
from originmark.origin.parties import access
from originmark.origin.places import selectors
from originmark.origin.places.models import AdministrativeUnit

SHORTEST = 2


@require_GET
@login_required
def unit_browser(request: HttpRequest) -> HttpResponse:
    """Show the provinces of a country, or what a search finds."""
    schemes = AdministrativeUnit.Scheme
    scheme = request.GET.get("country", "")
    scheme = scheme if scheme in schemes.values else schemes.VIETNAM.value
    query, today = _asked(request), clock.now().date()
    context = {
        "countries": schemes.choices,
        "country": scheme,
        "query": query,
        "found": selectors.search_units(query, most=50) if query else [],
        "units": selectors.units_under(None, scheme=scheme, on=today),
        "gone": selectors.units_under(None, scheme=scheme).filter(valid_until__lt=today),
        "today": today,
    }
    return render(request, "places/unit_browser.html", context)


@require_GET
@login_required
def unit_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a unit: what lies around, below, before and after it."""
    unit, today = selectors.unit(key), clock.now().date()
    areas = selectors.growing_areas(access.actor_of(request)).filter(unit=unit)
    context = {
        "unit": unit,
        "lineage": selectors.lineage(unit)[:-1],
        "below": selectors.units_under(unit, scheme=unit.scheme),
        "came_from": AdministrativeUnit.objects.filter(became__new=unit).order_by("code", "pk"),
        "became": _became(unit, today),
        "held_by": selectors.todays_unit(unit, today),
        "today": today,
        "areas": areas.order_by("name", "pk")[:100],
    }
    return render(request, "places/unit.html", context)


@require_GET
@login_required
def unit_search(request: HttpRequest) -> JsonResponse:
    """Answer the units that match what somebody types, for the choice in a form."""
    query = _asked(request)
    found = selectors.search_units(query) if len(query) >= SHORTEST or _is_han(query) else []
    return JsonResponse([{"value": each.key, "label": _label(each)} for each in found], safe=False)


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:100]


def _became(unit: AdministrativeUnit, today: date) -> list[AdministrativeUnit]:
    heirs = selectors.todays_units(unit, today)
    return [heir for heir in heirs if heir != unit]


def _label(unit: AdministrativeUnit) -> str:
    name = selectors.full_name(unit)
    if latin := unit.names.get("en"):
        name = f"{name} ({latin})"
    if unit.valid_until:
        return _("%(name)s – until %(day)s") % {
            "name": name, "day": date_format(unit.valid_until, "DATE_FORMAT"),
        }  # fmt: skip
    return name


def _is_han(text: str) -> bool:
    """Return whether the text is Chinese, where one character says enough."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)

"""Pages of facilities."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.origin.parties import access
from originmark.origin.places import selectors, services
from originmark.origin.places.forms import FacilityForm
from originmark.origin.places.models import Facility
from originmark.origin.places.pictures import facility_map
from originmark.origin.places.sentences import remark_words
from originmark.origin.places.tables import FACILITIES
from originmark.origin.places.views.choices import organisations_for


@require_GET
@login_required
def facility_list(request: HttpRequest) -> HttpResponseBase:
    """List the facilities that the person may see."""
    by = access.actor_of(request)
    context = {"may_record": bool(organisations_for(by, "places.record_facility"))}
    rows = selectors.facilities(by)
    template = "places/facility_list.html"
    return table_page(request, FACILITIES, rows, template=template, context=context)


@require_GET
@login_required
def facility_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a facility."""
    by = access.actor_of(request)
    facility = selectors.visible_facility(code, by)
    owner = facility.organisation_id
    context = {
        "facility": facility,
        "facts": selectors.facility(code),
        "map": facility_map(facility),
        "place": selectors.full_name(facility.unit) if facility.unit else "",
        "remarks": [remark_words(each) for each in facility.warnings],
        "may_record": access.allows(by, "places.record_facility", organisation_id=owner),
    }
    return render(request, "places/facility.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def facility_new(request: HttpRequest) -> HttpResponse:
    """Register a facility."""
    by = access.actor_of(request)
    choices = organisations_for(by, "places.record_facility")
    if not choices:
        access.require(by, "places.record_facility")
    form = FacilityForm(request.POST or None, organisations=choices)

    def register(data: dict[str, Any]) -> Facility:
        return services.register_facility(
            organisation_id=data["organisation"], code=data["code"], by=by, now=clock.now(),
            **form.details(),
        )  # fmt: skip

    return submit(
        request, form, register, template="places/facility_form.html",
        context={"title": _("Register a facility"), "back": reverse("places:facilities")},
        success=_address, done=lambda row: _("Facility %s is registered.") % row.code,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def facility_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a facility."""
    by = access.actor_of(request)
    facility = selectors.visible_facility(code, by)
    access.require(by, "places.record_facility", organisation_id=facility.organisation_id)
    same = ("name", "kind", "address", "latitude", "longitude", "gln", "registration_code")
    initial = {name: getattr(facility, name) for name in same}
    initial["unit"] = facility.unit.key if facility.unit else ""
    choices = [(facility.organisation_id, facility.organisation.name)]
    form = FacilityForm(request.POST or None, organisations=choices, initial=initial)
    del form.fields["code"]

    def change(_data: dict[str, Any]) -> Facility:
        return services.change_facility(code, by=by, now=clock.now(), **form.details())

    return submit(
        request, form, change, template="places/facility_form.html",
        context={"title": _("Correct %s") % facility.name, "back": _address(facility)},
        success=_address, done=_("The facility is corrected."),
    )  # fmt: skip


def _address(facility: Facility) -> str:
    return reverse("places:facility", args=[facility.code])

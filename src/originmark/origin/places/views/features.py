"""Many growing areas at once from a GeoJSON file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import add_refusal
from originmark.frame.web.importer import ImportResult, check, run
from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.places import rules
from originmark.origin.places.forms import LARGEST_FILE, FeaturesForm
from originmark.origin.places.imports import AREA_IMPORTER, features_table
from originmark.origin.places.views.choices import organisations_for


@require_http_methods(["GET", "POST"])
@login_required
def area_upload(request: HttpRequest) -> HttpResponse:
    """Take a FeatureCollection: all features, or none with what is wrong in each."""
    by = access.actor_of(request)
    choices = organisations_for(by, "places.record_area")
    if not choices:
        access.require(by, "places.record_area")
    form = FeaturesForm(request.POST or None, request.FILES or None, organisations=choices)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            result = _take(form, by)
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            if not result.errors:
                count = result.created + result.updated + result.unchanged
                messages.success(request, _("%s growing areas were taken.") % count)
                return redirect("places:areas")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "result": result}
    return render(request, "places/area_upload.html", context, status=status)


def _take(form: FeaturesForm, by: access.Actor) -> ImportResult:
    organisation = parties.organisation_by_id(form.cleaned_data["organisation"])
    file = form.cleaned_data["file"]
    if file.size > LARGEST_FILE * 4:
        raise rules.ShapeUnreadable(found=f"{file.size // 1_000_000} MB")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise rules.ShapeUnreadable(found=file.name[:60]) from None
    checked = check(AREA_IMPORTER, features_table(text, organisation.code))
    return run(AREA_IMPORTER, checked, by=by, now=clock.now())

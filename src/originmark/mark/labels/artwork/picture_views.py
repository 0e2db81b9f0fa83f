"""Pages about the picture of a label: upload it, look at it, tick what software cannot check."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.mark.labels.artwork import picture_services as services
from originmark.mark.labels.artwork import refusals, selectors
from originmark.mark.labels.artwork.picture_rules import BY_EYE
from originmark.mark.labels.artwork.tables import artwork_url
from originmark.origin.parties import access


class PictureForm(forms.Form):
    """A picture and how wide it is printed."""

    file = forms.FileField(
        label=_("Picture"), help_text=_("The whole label: JPEG, PNG or WebP."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    width_mm = forms.DecimalField(
        label=_("Width in print, mm"), min_value=5, max_value=2000, max_digits=6, decimal_places=1
    )


class TickForm(forms.Form):
    """What the inspector found met."""

    items = forms.MultipleChoiceField(
        label=_("Met, as I have seen"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, _(words)) for code, words in BY_EYE.items()],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def upload(request: HttpRequest, number: str) -> HttpResponse:
    """Take the picture of a label."""
    by = access.actor_of(request)
    row = selectors.artwork(number, by)
    access.require(by, "labels.artwork", organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> Any:
        return services.add_picture(number, data["file"], data["width_mm"], by=by, now=clock.now())

    context = {
        "title": _("Picture of %(number)s") % {"number": number},
        "submit": _("Upload"),
        "cancel_url": artwork_url(row),
    }
    form = PictureForm(request.POST or None, request.FILES or None)
    return submit(request, form, act, context=context, success=artwork_url(row))


@require_http_methods(["GET", "POST"])
@login_required
def inspect(request: HttpRequest, number: str) -> HttpResponse:
    """Tick what was seen on the picture."""
    by = access.actor_of(request)
    row = selectors.artwork(number, by)
    access.require(by, "labels.inspect_artwork")
    context = {
        "title": _("Look at %(number)s") % {"number": number},
        "intro": _("Tick only what you have compared yourself; your name stands beside it."),
        "cancel_url": artwork_url(row),
    }
    return submit(
        request,
        TickForm(request.POST or None),
        lambda data: services.tick(number, data["items"], by=by, now=clock.now()),
        context=context,
        success=artwork_url(row),
        done=_("Recorded."),
    )


@require_GET
@login_required
def picture(request: HttpRequest, number: str) -> FileResponse:
    """Answer the picture to whoever may read the artwork."""
    found = selectors.picture_of(selectors.artwork(number, access.actor_of(request)))
    if found is None:
        raise refusals.PictureMissing(number)
    return files.shown(found.file, media_type=found.media_type)

"""Keys for programs: made, shown once, revoked."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.origin.parties import access, selectors, services
from originmark.origin.parties.forms import ApiKeyForm


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def key_new(request: HttpRequest, code: str) -> HttpResponse:
    """Make a key and show its secret, this once."""
    by = access.actor_of(request)
    found = selectors.visible_organisation(code, by)
    access.require(by, services.keeping(found), organisation_id=found.pk)

    def create(data: dict[str, Any]) -> HttpResponse:
        last_day = data.pop("expires_on")
        made = services.create_api_key(
            found, **data, expires_at=_end_of(last_day), by=by, now=clock.now()
        )
        return render(request, "parties/key_made.html", {"organisation": found, "made": made})

    return submit(
        request,
        ApiKeyForm(request.POST or None),
        create,
        context={
            "title": _("New API key for %(name)s") % {"name": found.name},
            "intro": _("For a program that reads or records in the name of the organisation."),
            "submit": _("Make the key"),
            "cancel_url": reverse("parties:organisation", args=[code]),
        },
    )


@login_required
@require_POST
def key_revoke(request: HttpRequest, code: str, prefix: str) -> HttpResponse:
    """Make a key useless."""
    by = access.actor_of(request)
    found = selectors.visible_organisation(code, by)
    key = services.revoke_api_key(found, prefix, by=by, now=clock.now())
    messages.success(request, _("The key %(key)s opens nothing any more.") % {"key": key.name})
    return redirect("parties:organisation", code)


def _end_of(last_day: Any) -> datetime | None:
    """Return the last moment of a day, where the reader is."""
    if last_day is None:
        return None
    return timezone.make_aware(datetime.combine(last_day, time.max))

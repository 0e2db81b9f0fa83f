"""One's own page."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.origin.parties import access, selectors, services
from originmark.origin.parties.forms import ProfileForm
from originmark.origin.parties.second_factor import FACTORS, lacks_second_factor


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own name and language; lead to everything about signing in."""
    by = access.actor_of(request)
    person = selectors.person(by)

    def change(data: dict[str, Any]) -> HttpResponse:
        services.change_profile(person, **data, by=by, now=clock.now())
        response = HttpResponseRedirect(reverse("parties:profile"))
        if data["language"]:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, data["language"])
        return response

    initial = {"name": person.name, "phone": person.phone, "language": person.language}
    context = {
        "person": person,
        "memberships": selectors.memberships_of(person.pk),
        "factors": Authenticator.objects.filter(user=person, type__in=FACTORS),
        "lacks_second_factor": lacks_second_factor(request),
    }
    return submit(
        request,
        ProfileForm(request.POST or None, initial=initial),
        change,
        template="parties/profile.html",
        context=context,
        done=_("Saved."),
    )

"""Pages about consents between a mother brand and its children."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.mark.schemes import family_rules, selectors, services
from originmark.mark.schemes.forms import ConsentEndForm, ConsentForm
from originmark.origin.parties import access


@login_required
@require_http_methods(["GET", "POST"])
def consent_new(request: HttpRequest, code: str) -> HttpResponse:
    """Record that the mother's owner lets a child brand stand beside it."""
    by = access.actor_of(request)
    child = selectors.brand(code)
    mother = selectors.mother_of(code)
    if mother is None:
        raise family_rules.NoMother(brand=child.name)
    access.require(by, "schemes.consent", organisation_id=mother.owner_id)

    def act(data: dict[str, Any]) -> str:
        services.give_consent(code, by=by, now=clock.now(), **data)
        return child.url

    names = {"child": child.name, "mother": mother.name}
    context = {
        "title": _("Consent: %(child)s beside %(mother)s") % names,
        "cancel_url": child.url,
    }
    done = _("The consent is recorded.")
    return submit(request, ConsentForm(request.POST or None), act, context=context, done=done)


@login_required
@require_http_methods(["GET", "POST"])
def consent_end(request: HttpRequest, consent_id: int) -> HttpResponse:
    """Let a consent end on a day."""
    by = access.actor_of(request)
    row = selectors.consent(consent_id)
    access.require(by, "schemes.consent", organisation_id=row.mother.owner_id)
    page = reverse("schemes:brand", args=[row.brand.code])

    def act(data: dict[str, Any]) -> str:
        services.end_consent(consent_id, by=by, **data)
        return page

    context = {"title": _("End the consent"), "intro": str(row), "cancel_url": page}
    done = _("The consent ends on that day.")
    return submit(request, ConsentEndForm(request.POST or None), act, context=context, done=done)

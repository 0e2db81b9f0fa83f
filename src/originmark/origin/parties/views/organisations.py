"""Pages about organisations: list, page, forms, archive."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.origin.parties import access, selectors, services
from originmark.origin.parties.forms import OrganisationForm
from originmark.origin.parties.models import Membership, Organisation
from originmark.origin.parties.tables import ORGANISATIONS

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_GET
def organisation_list(request: HttpRequest) -> HttpResponseBase:
    """List the organisations that the person may read."""
    by = access.actor_of(request)
    context = {
        "may_create": access.allows(by, "parties.create_organisation"),
        "may_invite": access.allows_somewhere(by, "parties.manage_members"),
    }
    rows = selectors.organisations_with_members(by)
    return table_page(
        request, ORGANISATIONS, rows, template="parties/organisation_list.html", context=context
    )


@login_required
@require_GET
def organisation_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one organisation: facts, members, invitations, keys, history."""
    by, now = access.actor_of(request), clock.now()
    found = selectors.visible_organisation(code, by)
    rights = _rights(by, found)
    context = {
        "organisation": found,
        "members": selectors.members(found.pk),
        "invitations": selectors.open_invitations(found.pk, now=now) if rights["members"] else [],
        "keys": selectors.api_keys(found.pk, now=now) if rights["keys"] else [],
        "may": rights,
        "roles": Membership.Role.choices,
    }
    return render(request, "parties/organisation.html", context)


@login_required
@form_page
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    by = access.actor_of(request)
    access.require(by, "parties.create_organisation")

    def create(data: dict[str, Any]) -> Organisation:
        return services.create_organisation(**data, by=by, now=clock.now())

    return submit(
        request,
        OrganisationForm(request.POST or None, by=by),
        create,
        context={"title": _("New organisation"), "cancel_url": reverse("parties:organisations")},
        success=_address,
        done=lambda made: _("%(name)s is registered.") % {"name": made.name},
    )


@login_required
@form_page
def organisation_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is known of an organisation."""
    by = access.actor_of(request)
    found = selectors.visible_organisation(code, by)
    access.require(by, "parties.change_organisation", organisation_id=found.pk)

    def change(data: dict[str, Any]) -> Organisation:
        return services.change_organisation(code, **data, by=by, now=clock.now())

    title = _("Change %(name)s") % {"name": found.name}
    return submit(
        request,
        OrganisationForm(request.POST or None, by=by, organisation=found),
        change,
        context={"title": title, "cancel_url": _address(found)},
        success=_address,
        done=_("Saved."),
    )


@login_required
@require_POST
def organisation_archive(request: HttpRequest, code: str) -> HttpResponse:
    """Take an organisation out of use, or back into it."""
    by = access.actor_of(request)
    found = selectors.visible_organisation(code, by)
    if request.POST.get("state") == "active":
        services.restore_organisation(code, by=by, now=clock.now())
    else:
        services.archive_organisation(code, by=by, now=clock.now())
    return redirect(_address(found))


@login_required
@require_GET
def organisation_options(request: HttpRequest) -> JsonResponse:
    """Return organisations whose name has what somebody types, for choosing a partner."""
    query = request.GET.get("q", "").strip().replace("\x00", "")[:100]
    found = selectors.search_organisations(query) if query else []
    options = [{"value": row.code, "label": f"{row.name} ({row.code})"} for row in found]
    return JsonResponse(options, safe=False)


def _address(organisation: Organisation) -> str:
    return reverse("parties:organisation", args=[organisation.code])


def _rights(by: access.Actor, organisation: Organisation) -> dict[str, bool]:
    """Return which parts of the page the actor may act on."""
    asked = {
        "change": "parties.change_organisation",
        "archive": "parties.archive_organisation",
        "members": services.managing(organisation),
        "keys": services.keeping(organisation),
    }
    return {
        name: access.allows(by, permission, organisation_id=organisation.pk)
        for name, permission in asked.items()
    }

"""Changing who belongs to an organisation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.origin.parties import access, selectors, services
from originmark.origin.parties.forms import InviteForm
from originmark.origin.parties.limits import INVITATIONS_SENT
from originmark.origin.parties.models import Invitation, Organisation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Invite somebody by e-mail."""
    by = access.actor_of(request)
    found = selectors.visible_organisation(code, by)
    access.require(by, services.managing(found), organisation_id=found.pk)

    def send(data: dict[str, Any]) -> Invitation:
        INVITATIONS_SENT.count(request)
        return services.invite(found, **data, by=by, now=clock.now())

    return submit(
        request,
        InviteForm(request.POST or None),
        send,
        context={
            "title": _("Invite somebody to %(name)s") % {"name": found.name},
            "intro": _("They get a letter with a link that works once, for two weeks."),
            "submit": _("Send the invitation"),
            "cancel_url": _address(found),
        },
        success=_address(found),
        done=lambda sent: _("A letter goes to %(email)s.") % {"email": sent.email},
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str, invitation_id: int) -> HttpResponse:
    """Make an invitation useless."""
    by = access.actor_of(request)
    found = selectors.visible_organisation(code, by)
    services.withdraw_invitation(found, invitation_id, by=by, now=clock.now())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect(_address(found))


@login_required
@require_POST
def change(request: HttpRequest, code: str, person_id: int) -> HttpResponse:
    """Give a member another role, or end the membership (``role`` is ``none``)."""
    by = access.actor_of(request)
    found = selectors.visible_organisation(code, by)
    person = selectors.member(found.pk, person_id)
    role = request.POST.get("role", "")
    try:
        if role == "none":
            services.remove_member(found, person, by=by, now=clock.now())
        else:
            services.change_role(found, person, role=role, by=by, now=clock.now())
    except RuleViolation as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, say(refusal))
    else:
        messages.success(request, _("Saved."))
    has_left = role == "none" and by.person_id == person_id
    return redirect("parties:profile" if has_left else _address(found))


def _address(organisation: Organisation) -> str:
    return reverse("parties:organisation", args=[organisation.code])

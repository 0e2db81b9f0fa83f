"""Pages of credentials for people who are signed in: what was issued, and revoking it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.passport.credentials import register, selectors
from originmark.mark.passport.credentials.forms import RevokeForm
from originmark.mark.passport.credentials.tables import CREDENTIALS
from originmark.origin.parties import access


@require_GET
@login_required
def issued(request: HttpRequest) -> HttpResponseBase:
    """Show what was issued about the organisations that the person may read."""
    rows = selectors.credentials(access.actor_of(request))
    return table_page(request, CREDENTIALS, rows, template="passport/credential_list.html")


@require_http_methods(["GET", "POST"])
@login_required
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Let a credential, and all that stand on it, count no more."""
    by, row = access.actor_of(request), register.by_key(key)
    access.require(by, "credentials.revoke", organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> Any:
        return register.revoke(row.about, reason=data["reason"], by=by, now=clock.now())

    page = reverse("passport:credential", args=[key])
    context = {
        "title": _("Revoke “%(name)s”") % {"name": row.name},
        "intro": _(
            "It counts no more from this moment on, nor does what stands on it. Correct or end "
            "its record first: while that holds, a new one is issued when somebody asks."
        ),
        "submit": _("Revoke"),
        "cancel_url": page,
    }
    done = _("The credential is revoked.")
    return submit(
        request, RevokeForm(request.POST or None), act, context=context, success=page, done=done
    )

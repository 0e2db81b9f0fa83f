"""Evidence for each property of an application, and how the examiner judges it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.gi_forms import GiEvidenceForm, JudgementForm
from originmark.mark.schemes.gi_models import GiApplication
from originmark.mark.schemes.gi_tables import gi_url
from originmark.mark.schemes.gi_values import Property
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_proofs
from originmark.mark.schemes.views.gi import own_gi
from originmark.origin.parties import access


@login_required
@require_http_methods(["GET", "POST"])
def gi_evidence_new(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Add evidence to a property."""
    by, row = access.actor_of(request), own_gi(request, number)
    found = _property(row, code)

    def act(data: dict[str, Any]) -> str:
        file = data.pop("file")
        draft = gi_proofs.EvidenceDraft(property=code, **data)
        gi_proofs.add_evidence(number, draft, file, by=by, now=clock.now())
        return gi_url(row)

    language = get_language() or "en"
    context = {
        "title": _("Show: %(property)s") % {"property": found.name.in_language(language)},
        "intro": found.text.in_language(language),
        "cancel_url": gi_url(row),
    }
    form = GiEvidenceForm(request.POST or None, request.FILES or None)
    return submit(request, form, act, context=context, done=_("The evidence is added."))


@login_required
@require_POST
def gi_evidence_remove(request: HttpRequest, number: str, evidence_id: int) -> HttpResponse:
    """Take evidence out of a draft."""
    row = own_gi(request, number)
    gi_proofs.remove_evidence(number, evidence_id, by=access.actor_of(request))
    return HttpResponseRedirect(gi_url(row))


@login_required
@require_http_methods(["GET", "POST"])
def gi_judge(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Say whether a property is shown, for the office."""
    by = access.actor_of(request)
    row = selectors.gi_application(number, by)
    access.require(by, services.DECIDE, organisation_id=row.organisation_id)
    found = _property(row, code)

    def act(data: dict[str, Any]) -> str:
        gi_proofs.judge_property(number, code, by=by, now=clock.now(), **data)
        return gi_url(row)

    language = get_language() or "en"
    context = {
        "title": _("Judge: %(property)s") % {"property": found.name.in_language(language)},
        "intro": found.text.in_language(language),
        "cancel_url": gi_url(row),
    }
    form = JudgementForm(request.POST or None)
    return submit(request, form, act, context=context, done=_("The judgement is recorded."))


def _property(row: GiApplication, code: str) -> Property:
    known = selectors.procedure_of(row).properties
    found = next((each for each in known if each.code == code), None)
    if found is None:
        raise refusals.UnknownProperty(property=code, known=tuple(each.code for each in known))
    return found

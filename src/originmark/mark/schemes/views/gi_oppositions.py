"""A published application for everybody, and the oppositions to it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.limits import Limit
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.countries import country_names
from originmark.mark.schemes.gi_forms import AnswerForm, HearingForm, OutcomeForm
from originmark.mark.schemes.gi_models import GiOpposition
from originmark.mark.schemes.gi_public_forms import OppositionForm
from originmark.mark.schemes.gi_tables import gi_url
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_oppositions
from originmark.origin.parties import access

READS = Limit("gi-public", times=120, seconds=60)
OPPOSITIONS = Limit("gi-opposition", times=5, seconds=3600)


@require_GET
def gi_public(request: HttpRequest, number: str) -> HttpResponse:
    """Show a published application and until when to oppose it. For everybody."""
    READS.count(request)
    row = selectors.published_gi(number)
    today = clock.today()
    context = {
        "gi": row,
        "country": country_names(row.country),
        "parts": selectors.gi_parts(row),
        "links": row.links.all(),
        "shown": selectors.shown(row),
        "is_for_everybody": True,
        "may_oppose": rules.may_oppose(phase=row.phase, until=row.oppose_until, on=today),
    }
    return render(request, "schemes/gi_public.html", context)


@require_http_methods(["GET", "POST"])
def gi_oppose(request: HttpRequest, number: str) -> HttpResponse:
    """Take an opposition. For everybody, a few times an hour."""
    READS.count(request)
    row = selectors.published_gi(number)
    page = reverse("schemes:gi_public", args=[number])
    if request.method == "POST":
        OPPOSITIONS.count(request)

    def act(data: dict[str, Any]) -> str:
        file = data.pop("file")
        draft = gi_oppositions.OppositionDraft(**data)
        gi_oppositions.oppose_gi(number, draft, file, now=clock.now())
        return page

    title = _("Oppose %(name)s") % {"name": row.name}
    context = {"title": title, "gi": row, "submit": _("Send"), "cancel_url": page}
    procedure = selectors.procedure_of(row)
    form = OppositionForm(request.POST or None, request.FILES or None, procedure=procedure)
    template, done = "schemes/gi_oppose.html", _("The office has your opposition.")
    return submit(request, form, act, template=template, context=context, done=done)


@login_required
@require_GET
def gi_opposition_file(request: HttpRequest, opposition_id: int) -> HttpResponseBase:
    """Hand out the paper of an opposition to whoever may read the application."""
    row = selectors.gi_opposition(opposition_id, access.actor_of(request))
    if not row.file:
        raise Http404
    return files.downloaded(row.file, row.file_name)


@login_required
@require_http_methods(["GET", "POST"])
def gi_answer(request: HttpRequest, opposition_id: int) -> HttpResponse:
    """Answer an opposition, for the applicant."""
    by = access.actor_of(request)
    row = selectors.gi_opposition(opposition_id, by)
    access.require(by, services.APPLY, organisation_id=row.application.organisation_id)

    def act(data: dict[str, Any]) -> str:
        gi_oppositions.answer_opposition(opposition_id, by=by, now=clock.now(), **data)
        return gi_url(row.application)

    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    context = _page(row, _("Answer %(who)s") % {"who": row.who})
    return submit(request, form, act, context=context, done=_("The answer is recorded."))


@login_required
@require_http_methods(["GET", "POST"])
def gi_hearing(request: HttpRequest, opposition_id: int) -> HttpResponse:
    """Note what was said at a hearing, for the office."""
    by = access.actor_of(request)
    row = selectors.gi_opposition(opposition_id, by)
    access.require(by, services.DECIDE, organisation_id=row.application.organisation_id)

    def act(data: dict[str, Any]) -> str:
        draft = gi_oppositions.HearingDraft(**data)
        gi_oppositions.record_hearing(opposition_id, draft, by=by, now=clock.now())
        return gi_url(row.application)

    context = _page(row, _("Hearing on the opposition of %(who)s") % {"who": row.who})
    form = HearingForm(request.POST or None)
    return submit(request, form, act, context=context, done=_("The hearing is recorded."))


@login_required
@require_http_methods(["GET", "POST"])
def gi_outcome(request: HttpRequest, opposition_id: int) -> HttpResponse:
    """Decide an opposition, for the office."""
    by = access.actor_of(request)
    row = selectors.gi_opposition(opposition_id, by)
    access.require(by, services.DECIDE, organisation_id=row.application.organisation_id)

    def act(data: dict[str, Any]) -> str:
        gi_oppositions.decide_opposition(opposition_id, by=by, now=clock.now(), **data)
        return gi_url(row.application)

    context = _page(row, _("Decide on the opposition of %(who)s") % {"who": row.who})
    form = OutcomeForm(request.POST or None)
    return submit(request, form, act, context=context, done=_("The outcome is recorded."))


def _page(row: GiOpposition, title: str) -> dict[str, Any]:
    return {"title": title, "intro": row.grounds, "cancel_url": gi_url(row.application)}

"""The steps of an application for a geographical indication, and the oppositions to it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.limits import Limit
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.gi_forms import (
    AnswerForm,
    GiNoteForm,
    OppositionForm,
    OutcomeForm,
    PublishForm,
    RegistrationForm,
)
from originmark.mark.schemes.gi_models import GiApplication
from originmark.mark.schemes.gi_tables import gi_url
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_oppositions
from originmark.origin.parties import access

READS = Limit("gi-public", times=120, seconds=60)
OPPOSITIONS = Limit("gi-opposition", times=5, seconds=3600)


def _register(number: str, *, note: str, by: Any, now: Any, **found: Any) -> GiApplication:
    registration = services.Registration(**found)
    return services.register_gi(number, registration, note=note, by=by, now=now)


def _examine(stage: str) -> Callable[..., GiApplication]:
    return partial(services.examine_gi, stage=stage)


STEPS: Final[dict[str, tuple[Callable[..., GiApplication], str, Any, Any]]] = {
    "submit": (services.submit_gi, services.APPLY, GiNoteForm, _("Submit")),
    "withdraw": (services.withdraw_gi, services.APPLY, GiNoteForm, _("Withdraw")),
    "check": (_examine(rules.FORMAL_CHECK), services.DECIDE, GiNoteForm, _("Begin formal check")),
    "review": (
        _examine(rules.EXPERT_REVIEW),
        services.DECIDE,
        GiNoteForm,
        _("Hand to expert review"),
    ),
    "return": (_examine(rules.DRAFT), services.DECIDE, GiNoteForm, _("Send back")),
    "refuse": (_examine(rules.REFUSED), services.DECIDE, GiNoteForm, _("Refuse")),
    "publish": (services.publish_gi, services.DECIDE, PublishForm, _("Publish for opposition")),
    "register": (_register, services.DECIDE, RegistrationForm, _("Record the registration")),
}


@login_required
@require_http_methods(["GET", "POST"])
def gi_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Take an application one step further."""
    if step not in STEPS:
        raise Http404
    command, permission, form, title = STEPS[step]
    by = access.actor_of(request)
    row = selectors.gi_application(number, by)
    access.require(by, permission, organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> GiApplication:
        return command(number, by=by, now=clock.now(), **data)

    context = {"title": title, "intro": str(row), "submit": title, "cancel_url": gi_url(row)}
    done = _("The step is recorded.")
    filled = form(request.POST or None)
    return submit(request, filled, act, context=context, success=gi_url, done=done)


@require_GET
def gi_public(request: HttpRequest, number: str) -> HttpResponse:
    """Show a published application and until when to oppose it. For everybody."""
    READS.count(request)
    row = selectors.published_gi(number)
    today = timezone.localtime(clock.now()).date()
    context = {
        "gi": row,
        "parts": selectors.gi_parts(row),
        "links": row.links.all(),
        "may_oppose": rules.may_oppose(stage=row.stage, until=row.oppose_until, on=today),
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
        draft = gi_oppositions.OppositionDraft(**data)
        gi_oppositions.oppose_gi(number, draft, now=clock.now())
        return page

    title = _("Oppose %(name)s") % {"name": row.name}
    context = {"title": title, "submit": _("Send"), "cancel_url": page}
    return submit(
        request,
        OppositionForm(request.POST or None),
        act,
        template="schemes/gi_oppose.html",
        context=context,
        done=_("The office has your opposition."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def gi_answer(request: HttpRequest, opposition_id: int) -> HttpResponse:
    """Answer an opposition, for the applicant."""
    by = access.actor_of(request)
    row = selectors.gi_opposition(opposition_id, by)
    holder = row.application.organisation_id
    access.require(by, services.APPLY, organisation_id=holder)

    def act(data: dict[str, Any]) -> str:
        gi_oppositions.answer_opposition(opposition_id, by=by, **data)
        return gi_url(row.application)

    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    context = {
        "title": _("Answer %(who)s") % {"who": row.who},
        "intro": row.grounds,
        "cancel_url": gi_url(row.application),
    }
    return submit(request, form, act, context=context, done=_("The answer is recorded."))


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

    context = {
        "title": _("Decide on the opposition of %(who)s") % {"who": row.who},
        "intro": row.grounds,
        "cancel_url": gi_url(row.application),
    }
    form = OutcomeForm(request.POST or None)
    return submit(request, form, act, context=context, done=_("The outcome is recorded."))

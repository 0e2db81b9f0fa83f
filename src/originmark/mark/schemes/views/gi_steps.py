"""The steps that take an application for a geographical indication from stage to stage."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import Text, submit
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.gi_forms import GiNoteForm, PublishForm, ReasonForm, RegistrationForm
from originmark.mark.schemes.gi_models import GiApplication
from originmark.mark.schemes.gi_tables import gi_url
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_moves
from originmark.origin.parties import access


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what does it, who may, what is asked, and what it is called."""

    command: Callable[..., GiApplication]
    permission: str
    form: type[forms.Form]
    title: Text


def _register(number: str, *, note: str, by: Any, now: Any, **found: Any) -> GiApplication:
    registration = gi_moves.Registration(**found)
    return gi_moves.register_gi(number, registration, note=note, by=by, now=now)


STEPS: Final[dict[str, Step]] = {
    "submit": Step(gi_moves.submit_gi, services.APPLY, GiNoteForm, gettext_lazy("Submit")),
    "withdraw": Step(gi_moves.withdraw_gi, services.APPLY, GiNoteForm, gettext_lazy("Withdraw")),
    "advance": Step(gi_moves.advance_gi, services.DECIDE, GiNoteForm, gettext_lazy("Go on")),
    "return": Step(gi_moves.return_gi, services.DECIDE, ReasonForm, gettext_lazy("Send back")),
    "refuse": Step(gi_moves.refuse_gi, services.DECIDE, ReasonForm, gettext_lazy("Refuse")),
    "publish": Step(
        gi_moves.publish_gi, services.DECIDE, PublishForm, gettext_lazy("Publish for opposition")
    ),
    "grant": Step(gi_moves.grant_gi, services.DECIDE, ReasonForm, gettext_lazy("Grant")),
    "register": Step(
        _register, services.DECIDE, RegistrationForm, gettext_lazy("Record the registration")
    ),
}


@login_required
@require_http_methods(["GET", "POST"])
def gi_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Take an application one step further."""
    if step not in STEPS:
        raise Http404
    found = STEPS[step]
    by = access.actor_of(request)
    row = selectors.gi_application(number, by)
    access.require(by, found.permission, organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> GiApplication:
        return found.command(number, by=by, now=clock.now(), **data)

    form, intro = _form(request, found, row)
    title = _title(found, row)
    context = {"title": title, "intro": intro, "submit": title, "cancel_url": gi_url(row)}
    done = gettext_lazy("The step is recorded.")
    return submit(request, form, act, context=context, success=gi_url, done=done)


def _form(request: HttpRequest, step: Step, row: GiApplication) -> tuple[forms.Form, str]:
    """Return the form of a step, and what to say above it."""
    following = selectors.next_stage(row)
    if step.form is not PublishForm or following is None or following.term is None:
        return step.form(request.POST or None), str(row)
    last = following.term.after(clock.today())
    intro = _("%(application)s. It may be opposed until %(until)s, as %(source)s gives.") % {
        "application": row,
        "until": date_format(last, "DATE_FORMAT"),
        "source": following.term.source,
    }
    return PublishForm(request.POST or None, term=following.term), intro


def _title(step: Step, row: GiApplication) -> Text:
    """Return what a step is called: going on names the stage that it goes on to."""
    following = selectors.next_stage(row)
    if step is not STEPS["advance"] or following is None:
        return step.title
    return _("Go on to: %(stage)s") % {"stage": following.name.in_language(get_language() or "en")}

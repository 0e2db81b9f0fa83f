"""Pages for whoever looks at a dossier before the council does."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from originmark.frame.web import clock
from originmark.mark.evaluation import lists, selectors, services
from originmark.mark.evaluation.drafts import DEFAULT_CONTENTS
from originmark.mark.evaluation.forms import AskForm, EnterForm, NoteForm, PreCheckForm
from originmark.mark.evaluation.views.shared import step
from originmark.origin.parties import access

RUN = "evaluation.run"


@login_required
@require_http_methods(["GET", "POST"])
def pre_check(request: HttpRequest, number: str) -> HttpResponse:
    """Record what the level that only checks found."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    access.require(by, "evaluation.pre_check", organisation_id=row.checker_id)
    contents = row.round.pre_check_contents if row.round else []
    form = PreCheckForm(request.POST or None, contents=contents or list(DEFAULT_CONTENTS))
    return step(
        request,
        form,
        lambda said: services.pre_check(
            number, form.found(), note=said["note"], by=by, now=clock.now()
        ),
        title=_("Pre-check of %(dossier)s") % {"dossier": number},
        button=_("Record the pre-check"),
        back=lists.dossier_url(row),
        words=_("The pre-check is recorded."),
        intro=_("Tick what you confirm. Say why where you do not."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the applicant for something."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    access.require(by, RUN)
    form = AskForm(request.POST or None)
    return step(
        request,
        form,
        lambda said: services.ask_for(
            number, said["note"], until=said["until"], by=by, now=clock.now()
        ),
        title=_("Give %(dossier)s back") % {"dossier": number},
        button=_("Ask for it"),
        back=lists.dossier_url(row),
        words=_("The applicant sees what is needed, and until when."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """Take a dossier as complete."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    access.require(by, RUN)
    form = NoteForm(request.POST or None)
    return step(
        request,
        form,
        lambda said: services.accept_dossier(number, note=said["note"], by=by, now=clock.now()),
        title=_("Accept %(dossier)s") % {"dossier": number},
        button=_("Accept"),
        back=lists.dossier_url(row),
        words=_("The dossier can go to the council."),
        intro=_("Form and content are complete."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, number: str) -> HttpResponse:
    """Enter a dossier that came from another level into a round."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    access.require(by, RUN)
    form = EnterForm(request.POST or None, dossier=row)

    def act(said: dict[str, Any]) -> None:
        services.enter_round(number, said["round"], by=by)

    return step(
        request,
        form,
        act,
        title=_("Enter %(dossier)s into a round") % {"dossier": number},
        button=_("Enter"),
        back=lists.dossier_url(row),
        words=_("The dossier is in the round."),
    )

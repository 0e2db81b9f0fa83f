"""The paper of a decision: as PDF for those who may read it, and its public page."""

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from originmark.frame.web import clock, files
from originmark.frame.web.limits import Limit
from originmark.mark.schemes import gi_papers as papers
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import rules
from originmark.mark.schemes.gi_models import GiApplication, GiDecision
from originmark.origin.parties import access

PAPERS: Final = Limit("gi-decision", times=60, seconds=60)


@login_required
@require_GET
def gi_decision_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the decision on an application to whoever may read it."""
    row = selectors.gi_application(number, access.actor_of(request))
    return decision_answer(row, language=get_language() or "en")


def decision_answer(row: GiApplication, *, language: str) -> HttpResponse:
    """Answer the decision on an application as PDF; raises Http404 before there is one."""
    found = GiDecision.objects.filter(application=row).first()
    if found is None:
        raise Http404
    made = papers.decision_pdf(found, language=language)
    return files.made(made, f"decision-{row.number}.pdf")


@require_GET
def gi_decision(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a decision is worth today. For everybody who has the paper."""
    PAPERS.count(request)
    found = selectors.gi_decision(code)
    right = found.application.right
    today = clock.today()
    context = {
        "decision": found,
        "gi": found.application,
        "right": right,
        "is_granted": found.outcome == GiDecision.Outcome.GRANTED,
        "is_in_force": right is not None
        and rules.in_force(
            status=right.status,
            registered_on=right.registered_on,
            valid_until=right.valid_until,
            on=today,
        ),
        "today": today,
        "is_demonstration": settings.IS_DEMONSTRATION,
    }
    return render(request, "schemes/gi_decision.html", context)

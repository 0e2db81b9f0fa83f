"""Certificates and minutes: as PDF for those who may read them, and their public pages."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from originmark.frame.web import clock, files
from originmark.frame.web.limits import Limit
from originmark.mark.evaluation import lists, papers, selectors, stars_rules
from originmark.mark.evaluation.views.shared import language
from originmark.origin.parties import access

PAPERS = Limit("evaluation-paper", times=60, seconds=60)
TONES = {
    stars_rules.IN_FORCE: "ok",
    stars_rules.IN_RE_EVALUATION: "ok",
    stars_rules.SUPERSEDED: "warn",
    stars_rules.EXPIRED: "bad",
    stars_rules.REVOKED: "bad",
    "set-aside": "bad",
}


@require_GET
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a certificate is worth today. For everybody who has the paper."""
    PAPERS.count(request)
    found = selectors.certificate(code, clock.today())
    context = {
        "decision": found.decision,
        "star": found.star,
        "state": found.state,
        "tone": TONES[found.state],
        "is_valid": found.is_valid,
        "today": clock.today(),
        "is_demonstration": settings.IS_DEMONSTRATION,
    }
    return render(request, "evaluation/certificate.html", context)


@require_GET
def public_minutes(request: HttpRequest, code: str) -> HttpResponse:
    """Say which session minutes are of, and what it decided. For everybody who has the paper."""
    PAPERS.count(request)
    session = selectors.minutes(code)
    decisions = [(each, lists.outcome_badge(each)) for each in selectors.decisions_of(session)]
    context = {"session": session, "decisions": decisions}
    return render(request, "evaluation/public_minutes.html", context)


@login_required
@require_GET
def certificate_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the certificate to whoever may read the dossier."""
    row = selectors.dossier(number, access.actor_of(request))
    decision = selectors.certified(selectors.decision_of(row), number)
    found = selectors.certificate(decision.code, clock.today())
    if found.star is None:
        raise Http404
    made = papers.certificate_pdf(
        found.decision, valid_until=found.star.valid_until, language=language()
    )
    return files.made(made, f"certificate-{number}.pdf")


@login_required
@require_GET
def minutes_pdf(request: HttpRequest, session_id: int) -> HttpResponse:
    """Hand out the minutes of a closed session to whoever sits in it or runs it."""
    session = selectors.session(session_id, access.actor_of(request))
    if session.closed_at is None:
        raise Http404
    made = papers.minutes_pdf(selectors.minutes(session.code), language=language())
    return files.made(made, f"minutes-{session.round.code}-{session.number}.pdf")

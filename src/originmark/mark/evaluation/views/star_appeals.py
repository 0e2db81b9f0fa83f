"""Pages on which producers appeal and the office decides."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.evaluation import appeals_rules as rules
from originmark.mark.evaluation import services
from originmark.mark.evaluation.models.appeals import Appeal
from originmark.mark.evaluation.selectors import star_lists
from originmark.mark.evaluation.star_forms import AppealForm, OutcomeForm, ReviewerForm
from originmark.mark.evaluation.work_tables import APPEALS, about_url, appeal_badge, appeal_url
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties


@login_required
@require_GET
def appeal_list(request: HttpRequest) -> HttpResponseBase:
    """List the appeals that the person may read."""
    rows = star_lists.appeals(access.actor_of(request))
    return table_page(request, APPEALS, rows, template="evaluation/appeal_list.html")


@login_required
def lodge(request: HttpRequest, against: str, number: str) -> HttpResponse:
    """Lodge an appeal against a decision on a dossier, or against the revocation of a star."""
    by = access.actor_of(request)
    form = AppealForm(request.POST or None, request.FILES or None)

    def act(said: dict[str, Any]) -> Appeal:
        draft = services.AppealDraft(against=against, number=number, grounds=said["grounds"])
        return services.lodge_appeal(draft, evidence=said["evidence"], by=by, now=clock.now())

    titles = {
        rules.AGAINST_DECISION: _("Appeal against the decision on %(number)s"),
        rules.AGAINST_REVOCATION: _("Appeal against the revocation of %(number)s"),
    }
    context = {
        "title": titles[against] % {"number": number},
        "intro": _("Somebody of the office who had no part in the decision reads it."),
        "submit": _("Lodge the appeal"),
        "cancel_url": reverse("evaluation:appeal_list"),
    }
    done = _("The appeal is lodged.")
    return submit(request, form, act, context=context, success=appeal_url, done=done)


@login_required
def appeal(request: HttpRequest, number: str) -> HttpResponse:
    """Show an appeal from its lodging to its decision, and take the decision."""
    by = access.actor_of(request)
    row = star_lists.appeal(number, by)
    against = rules.AGAINST_DECISION if row.decision_id else rules.AGAINST_REVOCATION
    words = dict(Appeal.Outcome.choices)
    outcomes = [(code, str(words[code])) for code in rules.OUTCOMES[against]]
    form = OutcomeForm(request.POST or None, outcomes=outcomes)

    def act(said: dict[str, Any]) -> Appeal:
        return services.decide_appeal(number, **said, by=by, now=clock.now())

    context = {
        "appeal": row,
        "badge": appeal_badge(row),
        "about": about_url(row),
        "may_assign": not row.outcome and access.allows(by, "evaluation.assign_appeal"),
        "may_decide": not row.outcome and row.reviewer_id == (by.person_id or 0),
        "submit": _("Decide"),
    }
    return submit(
        request,
        form,
        act,
        template="evaluation/appeal.html",
        context=context,
        success=appeal_url,
        done=_("The appeal is decided."),
    )


@login_required
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Give an appeal to a reviewer."""
    by = access.actor_of(request)
    access.require(by, "evaluation.assign_appeal")
    row = star_lists.appeal(number, by)
    offices = parties.organisations(access.SYSTEM).filter(runs_programme=True, is_active=True)
    people = {
        seat.person_id: seat.person.name
        for office in offices
        for seat in parties.members(office.pk)
        if not star_lists.had_a_hand(row, seat.person_id)
    }
    form = ReviewerForm(request.POST or None, people=list(people.items()))

    def act(said: dict[str, Any]) -> Appeal:
        return services.assign_reviewer(number, said["reviewer"], by=by, now=clock.now())

    context = {
        "title": _("Who reviews appeal %(number)s") % {"number": number},
        "intro": _("Whoever sat on the council or revoked the star is left out."),
        "submit": _("Assign"),
        "cancel_url": appeal_url(row),
    }
    return submit(
        request, form, act, context=context, success=appeal_url, done=_("The appeal is assigned.")
    )


@login_required
@require_GET
def evidence(request: HttpRequest, number: str) -> FileResponse:
    """Hand out what was filed with an appeal, as a download."""
    row = star_lists.appeal(number, access.actor_of(request))
    if not row.evidence:
        raise Http404
    return files.downloaded(row.evidence, row.evidence_name)

"""Pages about ideas and dossiers, for the applicant."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.evaluation import lists, rulebooks, selectors, services, sheet_page, steps
from originmark.mark.evaluation.drafts import AnswerDraft
from originmark.mark.evaluation.forms import DossierForm, IdeaForm, NoteForm, ProofForm
from originmark.mark.evaluation.models import Decision, Dossier
from originmark.mark.evaluation.views.shared import done, language, step
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products

WRITE = "evaluation.write_dossier"


@login_required
@require_GET
def dossier_list(request: HttpRequest) -> HttpResponseBase:
    """List the dossiers that the person may read."""
    by = access.actor_of(request)
    context = {
        "rounds": selectors.open_rounds(clock.today()),
        "may_write": access.allows_somewhere(by, WRITE),
    }
    template = "evaluation/dossier_list.html"
    rows = selectors.dossiers(by)
    return table_page(request, lists.DOSSIERS, rows, template=template, context=context)


@login_required
@require_GET
def idea_list(request: HttpRequest) -> HttpResponseBase:
    """List the product ideas that the person may read."""
    by = access.actor_of(request)
    context = {"may_write": access.allows_somewhere(by, WRITE)}
    template = "evaluation/idea_list.html"
    return table_page(request, lists.IDEAS, selectors.ideas(by), template=template, context=context)


@login_required
@require_http_methods(["GET", "POST"])
def idea_new(request: HttpRequest) -> HttpResponse:
    """Register a product idea."""
    by = access.actor_of(request)
    form = IdeaForm(request.POST or None, by=by)

    def act(said: dict[str, Any]) -> None:
        organisation = int(said.pop("organisation"))
        services.register_idea(organisation, said.pop("title"), **said, by=by, now=clock.now())

    return step(
        request,
        form,
        act,
        title=_("Register an idea"),
        button=_("Register"),
        back=reverse("evaluation:idea_list"),
        words=_("The idea is registered."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def dossier_new(request: HttpRequest) -> HttpResponse:
    """Choose a round that is open, then the product."""
    by, code = access.actor_of(request), request.GET.get("round", "")
    rounds = list(selectors.open_rounds(clock.today()))
    chosen = next((each for each in rounds if each.code == code), None)
    if chosen is None:
        return render(request, "evaluation/dossier_choose.html", {"rounds": rounds})
    form = DossierForm(request.POST or None, round_=chosen, by=by)
    return submit(
        request,
        form,
        lambda _said: services.start_dossier(form.draft(), by=by, now=clock.now()),
        context={
            "title": _("Begin a dossier for %(round)s") % {"round": chosen.name},
            "submit": _("Begin"),
            "cancel_url": reverse("evaluation:dossier_list"),
        },
        success=lists.dossier_url,
        done=_("The dossier is begun. Add the papers and your own assessment, then hand it in."),
    )


@login_required
@require_GET
def dossier(request: HttpRequest, number: str) -> HttpResponse:
    """Show a dossier: what it waits for, papers, assessment, what happened, the decision."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    return render(request, "evaluation/dossier.html", _shown(row, by))


def _shown(row: Dossier, by: Actor) -> dict[str, Any]:
    scheme, decision = rulebooks.scheme_of(row), selectors.decision_of(row)
    owner = row.organisation_id
    may_write = access.allows(by, WRITE, organisation_id=owner)
    checker = row.checker_id
    return {
        "dossier": row,
        "may_open_product": products.products(by).filter(pk=row.product_id).exists(),
        "badge": lists.state_badge(row),
        "scheme": scheme,
        "set_name": rulebooks.set_of(row).name.in_language(language()),
        "level": scheme.level(row.level).name.in_language(language()),
        "proofs": [
            (each, each.proof.name.in_language(language())) for each in selectors.proofs(row)
        ],
        "assessment": selectors.assessment(row),
        "steps": [(each, Dossier.State(each.state).label) for each in row.steps.all()],
        "decision": decision,
        **_appeal_of(decision, by),
        "comes_again": selectors.re_evaluation_of(row, by),
        "outcome": lists.outcome_badge(decision) if decision else None,
        "later": row.later.order_by("pk").first() if by.sees_everything or may_write else None,
        "may_write": may_write,
        "is_editable": may_write and row.state in steps.EDITABLE,
        "may_run": access.allows(by, "evaluation.run"),
        "may_check": access.allows(by, "evaluation.pre_check", organisation_id=checker),
        "may_see_tally": selectors.may_see_tally(row, by),
        "has_seat": selectors.seat_of(row.round_id, by) is not None,
        "next": steps.steps_from(row.state),
    }


def _appeal_of(decision: Decision | None, by: Actor) -> dict[str, Any]:
    """Return the open appeal against a decision, and whether one may be lodged."""
    if decision is None:
        return {}
    owner = decision.dossier.organisation_id
    if not access.allows(by, "evaluation.appeal", organisation_id=owner):
        return {}
    appeal = selectors.open_appeal(decision)
    is_possible = appeal is None and selectors.is_in_time(decision, clock.today())
    return {"appeal": appeal, "may_appeal": is_possible}


@login_required
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, number: str) -> HttpResponse:
    """Show the sheet of the self-assessment, or save what was chosen."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    access.require(by, WRITE, organisation_id=row.organisation_id)
    asked = rulebooks.set_of(row)
    if request.method == "POST":
        evidence = sheet_page.words_in(asked, request.POST, "evidence", 300)
        remarks = sheet_page.words_in(asked, request.POST, "remark", 500)
        answers = [
            AnswerDraft(code, option, evidence.get(code, ""), remarks.get(code, ""))
            for code, option in sheet_page.options_in(asked, request.POST).items()
        ]
        services.assess(number, answers, by=by)
        if not request.headers.get("HX-Request"):
            return done(request, lists.dossier_url(row), _("Your assessment is saved."))
        return render(request, "evaluation/_assess_bar.html", _assess_context(row))
    return render(request, "evaluation/assess.html", _assess_context(row))


def _assess_context(row: Dossier) -> dict[str, Any]:
    asked, answers = rulebooks.set_of(row), list(row.answers.all())
    found = selectors.assessment(row)
    said = {each.criterion: {"evidence": each.evidence, "remark": each.remark} for each in answers}
    chosen = {each.criterion: each.option for each in answers}
    parts = rulebooks.scheme_of(row).parts
    return {
        "dossier": row,
        "assessment": found,
        "parts": sheet_page.part_names(asked, found.total, parts, language()),
        "blocks": sheet_page.blocks(asked, chosen, language=language(), said=said),
    }


@login_required
@require_http_methods(["GET", "POST"])
def proof_new(request: HttpRequest, number: str) -> HttpResponse:
    """Add a paper to a dossier."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    access.require(by, WRITE, organisation_id=row.organisation_id)
    form = ProofForm(
        request.POST or None,
        request.FILES or None,
        dossier=row,
        language=language(),
        initial={"proof": request.GET.get("proof", "")},
    )

    def act(said: dict[str, Any]) -> None:
        file, note = said["file"], said["note"]
        services.file_proof(number, said["proof"], file, note=note, by=by, now=clock.now())

    return step(
        request,
        form,
        act,
        title=_("Add a paper to %(dossier)s") % {"dossier": number},
        button=_("Add"),
        back=lists.dossier_url(row),
        words=_("The paper is in the dossier."),
    )


@login_required
@require_GET
def proof(request: HttpRequest, number: str, proof_id: int) -> FileResponse:
    """Hand out a paper to whoever may read the dossier."""
    row = selectors.dossier(number, access.actor_of(request))
    found = row.proofs.filter(pk=proof_id).exclude(file="").first()
    if found is None:
        raise Http404
    return files.shown(found.file, found.name)


@login_required
@require_POST
def proof_remove(request: HttpRequest, number: str, proof_id: int) -> HttpResponse:
    """Take a paper out of a dossier."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    services.remove_proof(number, proof_id, by=by)
    return done(request, lists.dossier_url(row), _("The paper is taken out."))


@login_required
@require_POST
def dossier_submit(request: HttpRequest, number: str) -> HttpResponse:
    """Hand a dossier in."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    services.submit_dossier(number, by=by, now=clock.now())
    return done(request, lists.dossier_url(row), _("The dossier is handed in."))


@login_required
@require_http_methods(["GET", "POST"])
def dossier_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a dossier back."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    access.require(by, WRITE, organisation_id=row.organisation_id)
    form = NoteForm(request.POST or None)
    return step(
        request,
        form,
        lambda said: services.withdraw_dossier(number, reason=said["note"], by=by, now=clock.now()),
        title=_("Withdraw %(dossier)s") % {"dossier": number},
        button=_("Withdraw"),
        back=lists.dossier_url(row),
        words=_("The dossier is withdrawn."),
    )


@require_GET
def entrance(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """Lead to the dossiers."""
    return HttpResponseRedirect(reverse("evaluation:dossier_list"))

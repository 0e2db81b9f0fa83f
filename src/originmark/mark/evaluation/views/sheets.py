"""The scoring sheet of a member, made for a tablet; saves as one goes, works without scripts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.mark.evaluation import lists, rulebooks, scoring, selectors, services, sheet_page
from originmark.mark.evaluation.bench import answers_on
from originmark.mark.evaluation.drafts import SheetDraft
from originmark.mark.evaluation.models import Dossier, Sheet
from originmark.mark.evaluation.refusals import SheetIncomplete
from originmark.mark.evaluation.session_refusals import SheetChanged, SheetLocked
from originmark.mark.evaluation.views.shared import done, language
from originmark.origin.parties import access


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Show the member's own sheet, or save what was sent of it."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    if request.method == "POST":
        return _save(request, row)
    own = services.open_sheet(number, by=by, now=clock.now())
    return render(request, "evaluation/sheet.html", _context(row, own))


def _save(request: HttpRequest, row: Dossier) -> HttpResponse:
    by, is_part = access.actor_of(request), bool(request.headers.get("HX-Request"))
    address = reverse("evaluation:sheet", args=[row.number])
    try:
        saved = services.save_sheet(row.number, _draft(request, row), by=by, now=clock.now())
        if "hand-in" in request.POST:
            services.hand_in_sheet(row.number, by=by, now=clock.now())
            return done(request, lists.dossier_url(row), _("Your sheet is handed in. Thank you."))
    except (SheetChanged, SheetLocked) as refusal:
        return _changed(request, row, refusal)
    except SheetIncomplete as refusal:
        messages.warning(request, say(refusal))
        return HttpResponseRedirect(address)
    if is_part:
        return render(request, "evaluation/_sheet_bar.html", _context(row, saved))
    return HttpResponseRedirect(address)


def _changed(request: HttpRequest, row: Dossier, refusal: RuleViolation) -> HttpResponse:
    """Say that another screen was faster, without losing what stands on this one."""
    if not request.headers.get("HX-Request"):
        raise refusal
    context = {"dossier": row, "refusal": say(refusal), "version": request.POST.get("version", "")}
    return render(request, "evaluation/_sheet_conflict.html", context, status=422)


def _draft(request: HttpRequest, row: Dossier) -> SheetDraft:
    asked, version = rulebooks.set_of(row), request.POST.get("version", "")
    return SheetDraft(
        version=int(version) if version.isascii() and version.isdigit() else -1,
        options=sheet_page.options_in(asked, request.POST),
        remarks=sheet_page.words_in(asked, request.POST, "remark", 500),
        knock_outs=sheet_page.knock_outs_in(asked, request.POST),
    )


def _context(row: Dossier, own: Sheet) -> dict[str, Any]:
    asked, chosen = rulebooks.set_of(row), answers_on(own)
    found = scoring.total(asked, chosen)
    said: dict[str, dict[str, str]] = {
        score.criterion: {"remark": score.remark} for score in own.scores.all()
    }
    for mark in own.knock_outs.all():
        said.setdefault(mark.criterion, {})["knock_out"] = mark.reason
    parts = rulebooks.scheme_of(row).parts
    return {
        "dossier": row,
        "sheet": own,
        "total": found,
        "parts": sheet_page.part_names(asked, found, parts, language()),
        "blocks": sheet_page.blocks(
            asked, chosen, language=language(), said=said, own=_own_words(row)
        ),
        "proofs": row.proofs.exclude(file=""),
    }


def _own_words(row: Dossier) -> dict[str, str]:
    """Return what the applicant says about each criterion, as text."""
    asked = rulebooks.set_of(row)
    words = {}
    for answer in row.answers.all():
        points = scoring.points_of(scoring.criterion(asked, answer.criterion), answer.option)
        more = " · ".join(filter(None, [answer.evidence, answer.remark]))
        words[answer.criterion] = f"{points} · {more}" if more else str(points)
    return words


@login_required
@require_POST
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in the sheet as it was saved last."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    services.hand_in_sheet(number, by=by, now=clock.now())
    return done(request, lists.dossier_url(row), _("Your sheet is handed in. Thank you."))

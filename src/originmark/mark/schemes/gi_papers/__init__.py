"""The decision on an application as PDF, with a code that its public page answers for."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from originmark.frame.web import typesetting
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.gi_models import GiApplication, GiDecision, GiOpposition

HERE: Final = Path(__file__).parent


def decision_url(decision: GiDecision) -> str:
    """Return the whole address at which a decision is verified."""
    return f"{settings.PUBLIC_URL}{reverse('schemes:gi_decision', args=[decision.code])}"


def decision_pdf(decision: GiDecision, *, language: str) -> bytes:
    """Return a decision with its grounds: what was judged, who opposed, and how that ended."""
    row, url = decision.application, decision_url(decision)
    with translation.override(language):
        content = {
            "lang": language.split("-", maxsplit=1)[0],
            "qr": typesetting.qr_svg(url),
            "url": url,
            "check": _("Read the code to see what this paper is worth today."),
            "demonstration": _("DEMONSTRATION") if settings.IS_DEMONSTRATION else "",
            "title": _("Decision on the application %(number)s") % {"number": row.number},
            "name": row.name,
            "outcome": str(decision.get_outcome_display()).capitalize(),
            "facts": _facts(decision),
            "reason": {"title": _("Reasons"), "text": decision.reason},
            "properties": {"title": _("What was examined"), "rows": _judged(row)},
            "oppositions": {"title": _("Oppositions"), "rows": _opposed(row)},
            "nobody": _("Nobody opposed."),
        }
    return typesetting.pdf(HERE / "decision.typ", content, made_at=decision.decided_at)


def _facts(decision: GiDecision) -> list[list[str]]:
    row = decision.application
    procedure = selectors.procedure_of(row)
    return [
        [_("Product"), row.product],
        [_("Kind of right"), str(row.get_kind_display())],
        [_("Applicant"), row.organisation.name],
        [_("Procedure"), f"{procedure.title} ({row.procedure})"],
        [_("Legal basis"), "; ".join(procedure.legal_basis)],
        [_("Decided"), date_format(decision.decided_at, "DATE_FORMAT")],
        [_("Decided by"), decision.decided_by],
    ]


def _judged(row: GiApplication) -> list[list[str]]:
    language = translation.get_language() or "en"
    return [
        [
            each.property.name.in_language(language),
            str(each.judgement.get_verdict_display()),
            each.judgement.reason,
        ]
        for each in selectors.shown(row)
        if each.judgement
    ]


def _opposed(row: GiApplication) -> list[dict[str, Any]]:
    rows = row.oppositions.prefetch_related("hearings")
    return [
        {"title": f"{each.who}: {each.get_outcome_display()}", "lines": _said(each)}
        for each in rows
    ]


def _said(row: GiOpposition) -> list[str]:
    said = [(_("Grounds"), " ".join(filter(None, [selectors.ground_name(row), row.grounds])))]
    said += [(_("Answer of the applicant"), row.answer)] if row.answer else []
    said += [
        (_("Hearing on %(day)s") % {"day": date_format(each.held_on, "DATE_FORMAT")}, each.notes)
        for each in row.hearings.all()
    ]
    said += [(_("Reason"), row.reason)] if row.reason else []
    return [f"{label}: {text}" for label, text in said]

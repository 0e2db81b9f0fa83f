"""Commands on re-evaluations: a producer comes again before or after the term is over."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from originmark.mark.evaluation import stars_refusals as refusals
from originmark.mark.evaluation import stars_rules as rules
from originmark.mark.evaluation.models.dossiers import Dossier
from originmark.mark.evaluation.models.stars import ReEvaluation, Star
from originmark.mark.evaluation.selectors import stars as selectors
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class Report:
    """What changed since the recognition, section by section."""

    materials: str
    market: str
    quality_declaration: str
    results: str


@transaction.atomic
def open_re_evaluation(star_number: str, *, by: Actor, now: datetime) -> ReEvaluation:
    """Open the re-evaluation of a star, before or after its last day; an open one is returned.

    Raises UnknownStar, or WrongStarState for a star that is revoked or superseded.
    """
    star = Star.objects.select_for_update().filter(number=star_number).first()
    if star is None:
        raise refusals.UnknownStar(number=star_number)
    access.require(by, "evaluation.re_evaluate", organisation_id=star.organisation_id)
    if earlier := star.re_evaluations.filter(closed_on=None).first():
        return earlier
    today = timezone.localtime(now).date()
    if (state := selectors.state(star, today)) in {rules.REVOKED, rules.SUPERSEDED}:
        raise refusals.WrongStarState(number=star_number, state=state, step="re-evaluated")
    return ReEvaluation.objects.create(
        reference=f"{star.number}-R{star.re_evaluations.count() + 1}",
        star=star,
        opened_on=today,
        opened_by=by.name,
    )


@transaction.atomic
def record_report(reference: str, report: Report, *, by: Actor, now: datetime) -> ReEvaluation:
    """Keep what the producer says has changed; said again, it replaces what was said.

    Raises UnknownReEvaluation, ReEvaluationClosed or ReportIncomplete.
    """
    row = _open(reference, by)
    said = {name: getattr(report, name).strip() for name in report.__slots__}
    if silent := tuple(name for name, text in said.items() if not text):
        raise refusals.ReportIncomplete(reference=reference, sections=silent)
    for name, text in said.items():
        setattr(row, name, text)
    row.reported_on = timezone.localtime(now).date()
    row.save(update_fields=[*said, "reported_on"])
    return row


@transaction.atomic
def link_dossier(reference: str, dossier_number: str, *, by: Actor) -> ReEvaluation:
    """Say in which dossier the product is scored again.

    Raises UnknownReEvaluation or ReEvaluationClosed.
    """
    row = _open(reference, by)
    row.dossier_number = dossier_number
    row.save(update_fields=["dossier_number"])
    return row


def join_re_evaluation(dossier: Dossier) -> None:
    """Link a dossier that was just begun to the open re-evaluation of its product, if any."""
    row = ReEvaluation.objects.filter(
        star__product_id=dossier.product_id,
        star__scheme_code=dossier.scheme_code,
        closed_on=None,
        dossier_number="",
    ).first()
    if row is None:
        return
    row.dossier_number = dossier.number
    row.save(update_fields=["dossier_number"])


@transaction.atomic
def close_re_evaluation(reference: str, *, outcome: str, by: Actor, now: datetime) -> ReEvaluation:
    """End a re-evaluation that gave no star: "failed" (by the office) or "withdrawn".

    A re-evaluation that gives a star is closed by ``recognise``.

    Raises UnknownReEvaluation or ReEvaluationClosed.
    """
    if outcome not in {ReEvaluation.Outcome.FAILED, ReEvaluation.Outcome.WITHDRAWN}:
        raise ValueError(f"a re-evaluation cannot be closed as {outcome!r}")
    row = _open(reference, by)
    if outcome == ReEvaluation.Outcome.FAILED:
        access.require(by, "evaluation.recognise", organisation_id=row.star.organisation_id)
    row.closed_on, row.outcome = timezone.localtime(now).date(), outcome
    row.save(update_fields=["closed_on", "outcome"])
    return row


def _open(reference: str, by: Actor) -> ReEvaluation:
    rows = ReEvaluation.objects.select_for_update(of=("self",)).select_related("star")
    row = rows.filter(reference=reference).first()
    if row is None:
        raise refusals.UnknownReEvaluation(reference=reference)
    access.require(by, "evaluation.re_evaluate", organisation_id=row.star.organisation_id)
    if row.closed_on:
        raise refusals.ReEvaluationClosed(reference=reference, closed_on=row.closed_on)
    return row

"""Questions about applications for a new geographical indication."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.gi_models import GiApplication, GiDecision, GiOpposition, GiStep
from originmark.mark.schemes.gi_proof_models import GiEvidence, GiJudgement
from originmark.mark.schemes.gi_values import Procedure, Property, Stage
from originmark.mark.schemes.rulebook_selectors import gi_procedure_of
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

PARTS: Final = {
    "description": _("description of the product"),
    "area": _("area"),
    "proof_of_origin": _("proof of origin"),
    "method": _("method of production"),
    "link": _("link with the place"),
    "labelling": _("labelling"),
    "control_body": _("control body"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A property, what shows it, and how it was judged since the last submission."""

    property: Property
    evidence: list[GiEvidence]
    judgement: GiJudgement | None


def gi_applications(by: Actor) -> QuerySet[GiApplication]:
    """Return the applications that the actor may read: all for the office, else one's own."""
    rows = GiApplication.objects.select_related("organisation", "right", "procedure")
    return access.visible(by, rows).order_by("-created_at", "-pk")


def gi_application(number: str, by: Actor) -> GiApplication:
    """Return one application that the actor may read; raises UnknownGiApplication."""
    row = gi_applications(by).filter(number=number).first()
    if row is None:
        raise refusals.UnknownGiApplication(number=number)
    return row


def published_gi(number: str) -> GiApplication:
    """Return an application that everybody may read now; raises UnknownGiApplication."""
    rows = GiApplication.objects.select_related("organisation", "procedure")
    row = rows.filter(number=number, phase=values.OPPOSITION).first()
    if row is None:
        raise refusals.UnknownGiApplication(number=number)
    return row


def procedure_of(row: GiApplication) -> Procedure:
    """Return the procedure that the application follows, to its end."""
    return gi_procedure_of(row.procedure)


def next_stage(row: GiApplication) -> Stage | None:
    """Return the stage that follows, None after an end."""
    return procedure_of(row).following(row.stage)


def stage_name(row: GiApplication, code: str = "") -> str:
    """Return what a stage (by default where it stands) is called, in the reader's language."""
    stage = procedure_of(row).stage(code or row.stage)
    if stage is not None:
        return stage.name.in_language(get_language() or "en")
    names = dict(GiApplication.Phase.choices)
    return str(names.get(code or row.phase, code))


def ground_name(row: GiOpposition) -> str:
    """Return what the ground of an opposition is called; empty where it names none."""
    grounds = dict(procedure_of(row.application).grounds)
    found = grounds.get(row.ground)
    return found.in_language(get_language() or "en") if found else row.ground


def gi_parts(row: GiApplication) -> list[tuple[str, str]]:
    """Return the parts of the specification with their names, in the reader's language."""
    return [(str(label), getattr(row, field)) for field, label in PARTS.items()]


def submission_of(row: GiApplication) -> GiStep | None:
    """Return the step by which the application was handed in last. One query."""
    codes = [each.code for each in procedure_of(row).stages if each.role == values.SUBMITTED]
    return row.steps.filter(stage__in=codes).order_by("-pk").first()


def shown(row: GiApplication) -> list[Shown]:
    """Return each property with its evidence and judgement. Three queries."""
    evidence = list(row.evidence.select_related("document"))
    submission = submission_of(row)
    judgements = (
        {each.property: each for each in row.judgements.filter(submission=submission)}
        if submission
        else {}
    )
    return [
        Shown(
            each,
            [one for one in evidence if one.property == each.code],
            judgements.get(each.code),
        )
        for each in procedure_of(row).properties
    ]  # fmt: skip


def gi_gaps(row: GiApplication, found: Iterable[Shown] | None = None) -> list[RuleViolation]:
    """Return what an application lacks before it can be submitted. Four queries at most."""
    links = [
        rules.Link(each.characteristic, each.factor, each.evidence) for each in row.links.all()
    ]
    proven = {_named(each.property): bool(each.evidence) for each in found or shown(row)}
    return rules.gaps(dict(gi_parts(row)), links, proven)


def gi_unready(row: GiApplication, found: Iterable[Shown] | None = None) -> list[RuleViolation]:
    """Return why an application cannot be published yet. Three queries at most."""
    verdicts = {
        _named(each.property): each.judgement.verdict if each.judgement else ""
        for each in found or shown(row)
    }
    return rules.unready(verdicts)


def gi_blocked(row: GiApplication, on: date) -> list[RuleViolation]:
    """Return why a name that was published cannot be granted on a day.

    It may be opposed still, an opposition has no outcome, or one was upheld. Two queries.
    """
    found: list[RuleViolation] = []
    if row.oppose_until is not None and on <= row.oppose_until:
        found.append(refusals.OppositionRuns(number=row.number, until=row.oppose_until))
    if undecided := row.oppositions.filter(outcome="").count():
        found.append(refusals.OppositionsUndecided(number=row.number, count=undecided))
    if upheld := row.oppositions.filter(outcome="upheld").first():
        found.append(refusals.OppositionUpheld(number=row.number, who=upheld.who))
    return found


def gi_opposition(opposition_id: int, by: Actor) -> GiOpposition:
    """Return an opposition to an application that the actor may read; or UnknownOpposition."""
    rows = GiOpposition.objects.select_related(
        "application__organisation", "application__procedure"
    )
    seen = access.visible(by, rows, "application__organisation")
    row = seen.filter(pk=opposition_id).first()
    if row is None:
        raise refusals.UnknownOpposition(opposition=opposition_id)
    return row


def gi_decision(code: str) -> GiDecision:
    """Return the decision whose paper has a code, for everybody who has the paper.

    Raises UnknownGiApplication.
    """
    rows = GiDecision.objects.select_related(
        "application__organisation", "application__right", "application__procedure"
    )
    row = rows.filter(code=code).first()
    if row is None:
        raise refusals.UnknownGiApplication(number=code)
    return row


def waiting_gi(by: Actor, on: date) -> QuerySet[GiApplication]:
    """Return the applications that wait for the actor, the most urgent first.

    For the office what it examines, publishes, decides and registers, and each name that
    somebody opposes or nobody may oppose any more; for an applicant its drafts and the
    oppositions that it has not answered.
    """
    rows = gi_applications(by)
    if by.office_role:
        undecided = Exists(GiOpposition.objects.filter(application=OuterRef("pk"), outcome=""))
        ripe = Q(phase=values.OPPOSITION) & (Q(undecided) | Q(oppose_until__lt=on))
        theirs = rows.filter(Q(phase__in=[*rules.EXAMINED, values.DECIDED]) | ripe)
        return theirs.order_by("due_on", "oppose_until", "pk")
    mine = rows.filter(organisation__in=by.organisation_ids)
    open_ones = GiOpposition.objects.filter(application=OuterRef("pk"), outcome="", answer="")
    opposed = Q(phase=values.OPPOSITION) & Q(Exists(open_ones))
    return mine.filter(Q(phase=values.PREPARED) | opposed).order_by("-created_at", "pk")


def _named(found: Property) -> str:
    return found.name.in_language(get_language() or "en")

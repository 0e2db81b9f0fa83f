"""Evidence for each property of an application, and how the examiner judges it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from originmark.frame.web.uploads import Upload
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.gi_models import GiApplication
from originmark.mark.schemes.gi_proof_models import GiEvidence, GiJudgement
from originmark.mark.schemes.services.gi import DECIDE, editable, file_paper, locked, wrong_stage
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """What somebody shows for one property."""

    property: str
    kind: str
    says: str
    value: str = ""
    method: str = ""
    laboratory: str = ""
    source: str = ""


@transaction.atomic
def add_evidence(
    number: str, draft: EvidenceDraft, file: Upload | None = None, *, by: Actor, now: datetime
) -> GiEvidence:
    """Add a paper, a figure or a source to a property of a draft.

    A figure or source may come with its paper too. Raises UnknownGiApplication, WrongGiStage,
    UnknownProperty, EvidenceHalf or a refusal of uploads.
    """
    row = editable(number, by)
    _require_property(row, draft.property)
    facts = asdict(draft)
    rules.check_evidence(
        draft.kind,
        {name: bool(str(value).strip()) for name, value in facts.items()}
        | {"paper": file is not None},
    )
    paper = file_paper(row, file, title=draft.says[:200], by=by, now=now) if file else None
    return GiEvidence.objects.create(
        application=row, document=paper, added_at=now, added_by=by.name, **facts
    )


@transaction.atomic
def remove_evidence(number: str, evidence_id: int, *, by: Actor) -> None:
    """Take evidence out of a draft; its paper stays filed.

    Raises UnknownGiApplication or WrongGiStage.
    """
    for each in editable(number, by).evidence.filter(pk=evidence_id):
        each.delete()


@transaction.atomic
def judge_property(
    number: str, code: str, *, verdict: str, reason: str, by: Actor, now: datetime
) -> GiJudgement:
    """Say whether a property is shown, and why; the last word before publication counts.

    Raises UnknownGiApplication, WrongGiStage, UnknownProperty or ReasonMissing.
    """
    row = locked(number, DECIDE, by)
    submission = selectors.submission_of(row)
    if row.phase not in rules.EXAMINED or submission is None:
        raise wrong_stage(row)
    _require_property(row, code)
    if not reason.strip():
        raise refusals.ReasonMissing(number=number)
    return GiJudgement.objects.create(
        application=row,
        submission=submission,
        property=code,
        verdict=GiJudgement.Verdict(verdict),
        reason=reason.strip(),
        judged_at=now,
        judged_by=by.name,
    )


def _require_property(row: GiApplication, code: str) -> None:
    known = tuple(each.code for each in selectors.procedure_of(row).properties)
    if code not in known:
        raise refusals.UnknownProperty(property=code, known=known)

"""A dossier goes up to the next level, or back to the one below, with everything attached."""

from datetime import datetime

from django.utils import timezone

from originmark.mark.evaluation import rules, steps
from originmark.mark.evaluation.models import Answer, Decision, Dossier, ProofFile, Round
from originmark.mark.evaluation.rulebooks import level_below, scheme_of
from originmark.mark.evaluation.services.dossiers import save_new, write_step
from originmark.mark.schemes.star_values import Level
from originmark.origin.parties.access import Actor


def move_on(dossier: Dossier, outcome: str, *, by: Actor, now: datetime) -> Dossier | None:
    """Begin the dossier at the next level, or at the one below, handed in as it is.

    It is entered in the open round of that level where there is just one; else the office enters
    it. What comes back to a level that has recognised it already begins nothing anew.
    """
    level = _level(dossier, outcome)
    if level is None:
        return None
    moved = Dossier(
        number=_moved_number(dossier, level),
        scheme_code=dossier.scheme_code,
        scheme_version=dossier.scheme_version,
        level=level.code,
        round=_open_round(dossier, level, now=now),
        organisation=dossier.organisation,
        product=dossier.product,
        set_code=dossier.set_code,
        group_code=dossier.group_code,
        subgroup_code=dossier.subgroup_code,
        idea=dossier.idea,
        before=dossier,
        renews=dossier.renews,
        created_at=now,
        submitted_at=now,
    )
    save_new(moved, dossier.product.name)
    _attach_everything(dossier, moved)
    write_step(moved, steps.SUBMITTED, by=by, now=now, note=dossier.number)
    return moved


def _level(dossier: Dossier, outcome: str) -> Level | None:
    scheme = scheme_of(dossier)
    if outcome == rules.PASSED_ON:
        return scheme.level_above(dossier.level)
    below = level_below(scheme, dossier.level)
    before = dossier.before
    if below is None or before is None or before.level != below.code:
        return below
    stands = Decision.objects.filter(dossier=before, set_aside_at=None, granted_stars__gt=0)
    return None if stands.exists() else below


def _open_round(dossier: Dossier, level: Level, *, now: datetime) -> Round | None:
    today = timezone.localdate(now)
    rows = Round.objects.filter(
        scheme_code=dossier.scheme_code,
        scheme_version=dossier.scheme_version,
        level=level.code,
        opens_on__lte=today,
        closes_on__gte=today,
    )
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def _moved_number(dossier: Dossier, level: Level) -> str:
    """Return the number at another level: that of the first dossier with the level behind it.

    ``QN-2026-0007`` becomes ``QN-2026-0007-centre``, and ``QN-2026-0007-province`` on its way back.
    """
    first = dossier
    while first.before is not None:
        first = first.before
    stem = f"{first.number}-{level.code}"
    taken = set(Dossier.objects.filter(number__startswith=stem).values_list("number", flat=True))
    names = [stem, *(f"{stem}-{again}" for again in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def _attach_everything(dossier: Dossier, moved: Dossier) -> None:
    """Give the new dossier the papers and the self-assessment; files are shared, not copied."""
    ProofFile.objects.bulk_create(
        ProofFile(
            dossier=moved,
            proof=each.proof,
            file=each.file.name or "",
            name=each.name,
            note=each.note,
            filed_at=each.filed_at,
            filed_by=each.filed_by,
        )
        for each in dossier.proofs.all()
    )
    Answer.objects.bulk_create(
        Answer(
            dossier=moved,
            criterion=each.criterion,
            option=each.option,
            evidence=each.evidence,
            remark=each.remark,
        )
        for each in dossier.answers.all()
    )

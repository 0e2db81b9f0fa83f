"""Cut runs into rolls, hand them over, count them; take labels back and see them destroyed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from originmark.mark.labels import roll_refusals as refusals
from originmark.mark.labels import roll_selectors as selectors
from originmark.mark.labels import spans
from originmark.mark.labels.models import LabelRun, Roll, RollCase, RollCount, RollMove
from originmark.mark.labels.reconciling import Counted, Reconciled
from originmark.mark.labels.run_changes import locked_run, paint
from originmark.mark.labels.spans import Span
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

MOST_ROLLS: Final = 1000  # of a run


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who holds a roll from a day on, and who signed for it."""

    holder_kind: str  # one of Roll.Holder
    holder_name: str
    signed_by: str
    on: date
    note: str = ""


@transaction.atomic
def cut_rolls(number: str, size: int, *, by: Actor, now: datetime) -> list[Roll]:
    """Cut what is on no roll yet into rolls of ``size`` labels; the last one may be shorter.

    Raises UnknownLabelRun, AllCut or NotARollSize.
    """
    run = locked_run(number)
    access.require(by, "labels.roll", organisation_id=run.organisation_id)
    start, before = selectors.uncut_from(run), run.rolls.count()
    uncut = run.count - start
    if not uncut:
        raise refusals.AllCut(run.number, before)
    most = MOST_ROLLS - before
    made = -(-uncut // size) if size > 0 else 0
    if not 1 <= made <= most:
        smallest = -(-uncut // max(most, 1))
        raise refusals.NotARollSize(size, made, uncut, MOST_ROLLS, smallest)
    return Roll.objects.bulk_create(
        Roll(
            run=run,
            code=f"{run.number}-R{before + turn + 1}",
            first_index=first,
            last_index=min(first + size, run.count) - 1,
            cut_at=now,
        )
        for turn, first in enumerate(range(start, run.count, size))
    )


@transaction.atomic
def hand_over(code: str, to: HandOver, *, by: Actor, now: datetime) -> Roll:
    """Record that a roll changed hands; raises UnknownRoll, NobodySigned or HandedOverTomorrow."""
    roll = _locked(code)
    access.require(by, "labels.roll", organisation_id=roll.run.organisation_id)
    holder, signed = to.holder_name.strip(), to.signed_by.strip()
    if not holder or not signed:
        raise refusals.NobodySigned(roll.code)
    today = timezone.localdate(now)
    if to.on > today:
        raise refusals.HandedOverTomorrow(roll.code, to.on, today)
    RollMove.objects.create(
        roll=roll, holder_kind=to.holder_kind, holder_name=holder, signed_by=signed, on=to.on,
        note=to.note.strip(), at=now, by_name=by.name,
    )  # fmt: skip
    roll.holder_kind, roll.holder_name = to.holder_kind, holder
    roll.save(update_fields=["holder_kind", "holder_name"])
    return roll


@transaction.atomic
def count_roll(code: str, counted: Counted, *, by: Actor, now: datetime) -> Reconciled:
    """Record what is counted on a roll; a difference opens a case, agreement closes it.

    Raises UnknownRoll.
    """
    roll = _locked(code)
    access.require(by, "labels.roll", organisation_id=roll.run.organisation_id)
    row = RollCount(
        roll=roll, used=counted.used, spoiled=counted.spoiled, left=counted.left, missing=0,
        at=now, by_name=by.name,
    )  # fmt: skip
    row.save()
    found = selectors.reconciled(roll)
    row.missing = found.missing
    row.save(update_fields=["missing"])
    if found.agrees:
        _close(roll, "", by=by, now=now)
    else:
        RollCase.objects.update_or_create(
            roll=roll, closed_at=None, defaults={"found": row},
            create_defaults={"found": row, "opened_at": now},
        )  # fmt: skip
    return found


@transaction.atomic
def close_case(code: str, explanation: str, *, by: Actor, now: datetime) -> Roll:
    """Close the difference on a roll with what the office found out.

    Raises UnknownRoll, NotExplained or NoOpenCase.
    """
    roll = _locked(code)
    access.require(by, "labels.settle")
    if not explanation.strip():
        raise refusals.NotExplained(roll.code)
    if not _close(roll, explanation.strip(), by=by, now=now):
        raise refusals.NoOpenCase(roll.code)
    return roll


@transaction.atomic
def take_back(
    number: str, *, first: int, last: int, reason: str = "", by: Actor, now: datetime
) -> LabelRun:
    """Say that unused labels came back: they are void from now on.

    Their place in balance and quota returns when the office records that they are destroyed.
    Raises NotInRun, or WrongState when one of them is not merely issued.
    """
    run = locked_run(number)
    access.require(by, "labels.roll", organisation_id=run.organisation_id)
    return paint(run, Span(first, last, spans.RETURNED, reason.strip(), now), by=by, now=now)


@transaction.atomic
def destroy(
    number: str, *, first: int, last: int, reason: str, by: Actor, now: datetime
) -> LabelRun:
    """Record that returned labels were destroyed, with the proof as ``reason``.

    Balance and quota get their place back. Raises ProofMissing, NotInRun or WrongState.
    """
    run = locked_run(number)
    access.require(by, "labels.settle")
    if not reason.strip():
        raise refusals.ProofMissing
    return paint(run, Span(first, last, spans.DESTROYED, reason.strip(), now), by=by, now=now)


def _locked(code: str) -> Roll:
    rows = Roll.objects.select_for_update(of=("self",)).select_related("run")
    roll = rows.filter(code=code).first()
    if roll is None:
        raise refusals.UnknownRoll(roll=code)
    return roll


def _close(roll: Roll, explanation: str, *, by: Actor, now: datetime) -> int:
    return roll.cases.filter(closed_at=None).update(
        closed_at=now, explanation=explanation, closed_by=by.name
    )

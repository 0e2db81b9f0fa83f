"""Change what became of a run's labels: lock, paint, count, give back, tell."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from originmark.mark.labels import sockets, spans
from originmark.mark.labels.models import LabelRun, LotLabels, RunAction, RunRange
from originmark.mark.labels.refusals import UnknownLabelRun
from originmark.mark.labels.selectors import spans_of
from originmark.mark.labels.spans import Span
from originmark.mark.licensing import services as licensing
from originmark.origin.parties.access import Actor

Change = Callable[[Sequence[Span]], list[Span]]


def locked_run(number: str) -> LabelRun:
    """Return a run that nobody else changes until the transaction ends; raises UnknownLabelRun."""
    run = LabelRun.objects.select_for_update().filter(number=number).first()
    if run is None:
        raise UnknownLabelRun(run=number)
    return run


def paint(run: LabelRun, change: Span, *, by: Actor, now: datetime) -> LabelRun:
    """Bring a range of labels into a state; raises NotInRun or WrongState."""
    return apply(run, change, lambda old: spans.paint(run.number, old, change), by=by, now=now)


def apply(run: LabelRun, asked: Span, change: Change, *, by: Actor, now: datetime) -> LabelRun:
    """Write what a change makes of the run; a change that changes nothing leaves no trace."""
    before = spans_of(run)
    after = change(before)
    counted, was = spans.counts(after), spans.counts(before)
    changed = counted[asked.state] - was[asked.state]
    if not changed:
        return run
    write(run, after)
    for state in spans.COUNTED:
        setattr(run, f"{state}_count", counted[state])
    run.save(update_fields=[f"{state}_count" for state in spans.COUNTED])
    given_back = sum(counted[state] - was[state] for state in spans.GIVEN_BACK)
    _give_back(run, given_back, by=by, now=now)
    record(run, asked, changed, by=by, now=now)
    if asked.state != spans.ACTIVATED:
        sockets.tell_void(run, asked.first, asked.last, now)
    return run


def _give_back(run: LabelRun, labels: int, *, by: Actor, now: datetime) -> None:
    """Give the places of spoiled and destroyed labels back, to lot and quota."""
    if not labels:
        return
    LotLabels.objects.filter(lot_id=run.lot_id).update(in_force=F("in_force") - labels)
    licensing.return_quota(quota_reference(run), mass_kg(run, labels), by=by, now=now)


def write(run: LabelRun, now: Sequence[Span]) -> None:
    """Write the spans of a run anew."""
    run.ranges.all().delete()
    RunRange.objects.bulk_create(
        RunRange(
            run=run, first_index=each.first, last_index=each.last, state=each.state,
            reason=each.reason, since=each.since,
        )
        for each in now
    )  # fmt: skip


def record(run: LabelRun, asked: Span, changed: int, *, by: Actor, now: datetime) -> None:
    """Write a line of the run's history."""
    RunAction.objects.create(
        run=run, state=asked.state, first_index=asked.first, last_index=asked.last,
        changed_count=changed, reason=asked.reason, at=now, by_name=by.name,
        by_person_id=by.person_id,
    )  # fmt: skip


def quota_reference(run: LabelRun) -> str:
    """Return under which reference a run drew on its quota."""
    return f"labels:{run.number}"


def mass_kg(run: LabelRun, labels: int) -> Decimal:
    """Return what so many labels of the run are for."""
    return Decimal(run.label_g * labels).scaleb(-3)

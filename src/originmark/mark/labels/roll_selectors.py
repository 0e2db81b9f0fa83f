"""Questions about rolls; each says what it costs."""

from django.db.models import Exists, OuterRef, QuerySet

from originmark.mark.labels import spans
from originmark.mark.labels.models import LabelRun, Roll, RollCase, RollCount
from originmark.mark.labels.reconciling import Counted, Reconciled, reconcile
from originmark.mark.labels.roll_refusals import UnknownRoll
from originmark.mark.labels.selectors import spans_of
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


def rolls(by: Actor) -> QuerySet[Roll]:
    """Return the rolls that the actor may read, newest first, with ``has_case`` and more."""
    open_case = RollCase.objects.filter(roll=OuterRef("pk"), closed_at=None)
    rows = Roll.objects.select_related("run", "run__organisation", "run__product")
    count = RollCount.objects.filter(roll=OuterRef("pk"))
    rows = rows.annotate(has_case=Exists(open_case), has_count=Exists(count))
    return access.visible(by, rows, "run__organisation").order_by("-cut_at", "-pk")


def roll(code: str, by: Actor) -> Roll:
    """Return a roll that the actor may read; raises UnknownRoll for hidden ones too."""
    found = rolls(by).filter(code=code).first()
    if found is None:
        raise UnknownRoll(roll=code)
    return found


def differing(by: Actor) -> QuerySet[Roll]:
    """Return the rolls that the actor may read and on which a difference is open, newest first."""
    return rolls(by).filter(pk__in=RollCase.objects.filter(closed_at=None).values("roll"))


def uncut_from(run: LabelRun) -> int:
    """Return the first label of a run that is on no roll. One query."""
    last = run.rolls.order_by("-first_index").first()
    return 0 if last is None else last.last_index + 1


def reconciled(found: Roll) -> Reconciled:
    """Return the records of a roll beside its last count. Two queries."""
    row = found.counts.first()
    counted = None if row is None else Counted(row.used, row.spoiled, row.left)
    return reconcile(recorded(found), counted)


def recorded(found: Roll) -> dict[str, int]:
    """Return how many labels of a roll are in each state. One query."""
    part = spans.part(spans_of(found.run), found.first_index, found.last_index)
    return spans.counts(part)

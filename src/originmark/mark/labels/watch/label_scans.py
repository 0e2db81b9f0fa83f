"""The scans of one label: a list without whose phone it was, a map and a chart."""

from dataclasses import dataclass

from django.db.models import QuerySet

from originmark.mark.labels import selectors as labels
from originmark.mark.labels.models import LabelRun, LabelSeen, Scan
from originmark.mark.labels.watch.refusals import UnknownLabelNumber
from originmark.mark.labels.watch.rules import Dot
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class LabelScans:
    """What is known of the scans of a label; ``phones`` numbers the viewers as they came."""

    run: LabelRun
    index: int
    total: LabelSeen | None
    rows: QuerySet[Scan]
    kept: list[Scan]
    phones: dict[str, int]

    @property
    def number(self) -> int:
        """Return which label of the run it is, from 1."""
        return self.index + 1

    @property
    def dots(self) -> list[Dot]:
        """Return where it was scanned, to about a kilometre."""
        return [
            Dot(0, round(each.latitude, 2), round(each.longitude, 2))
            for each in self.kept
            if each.latitude is not None and each.longitude is not None
        ]


def scans_of_label(run_number: str, number: int, by: Actor) -> LabelScans:
    """Return the scans of a label (from 1) of a run that the actor may read. Three queries.

    Raises UnknownLabelRun for hidden ones too, and UnknownLabelNumber.
    """
    run = labels.run(run_number, by)
    if not 1 <= number <= run.count:
        raise UnknownLabelNumber(run=run_number, number=number, count=run.count)
    index = number - 1
    rows = Scan.objects.filter(run_number=run_number, index=index)
    kept = list(rows)
    viewers = dict.fromkeys(each.viewer for each in kept)
    total = LabelSeen.objects.filter(run_number=run_number, index=index).first()
    phones = {viewer: n for n, viewer in enumerate(viewers, 1)}
    return LabelScans(run, index, total, rows, kept, phones)

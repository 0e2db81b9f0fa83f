"""What is known of the scans of one label."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from originmark.mark.labels.models import LabelSeen, Scan
from originmark.mark.labels.watch import copies, policy
from originmark.mark.labels.watch.copies import Sighting
from originmark.mark.labels.watch.scanning import sighting_of


@dataclass(frozen=True, slots=True)
class LabelSightings:
    """The scans of a label: counts of all of them, and those that are kept, in order of time."""

    scans: int = 0
    viewers: int = 0
    first_at: datetime | None = None
    first_viewer: str = ""
    cleared_at: datetime | None = None
    copied_at: datetime | None = None
    kept: tuple[Sighting, ...] = ()

    def others(self, viewer: str) -> int:
        """Return how many other viewers scanned it: exact up to half of the rows kept a label."""
        knows_me = any(each.viewer == viewer for each in self.kept)
        return self.viewers - 1 if knows_me and self.viewers else self.viewers

    def first_other_at(self, viewer: str) -> datetime | None:
        """Return when another viewer first scanned it, as far as that is kept; None if nobody."""
        if self.first_viewer != viewer:
            return self.first_at
        return next((each.at for each in self.kept if each.viewer != viewer), None)

    def plus(self, *scans: Sighting) -> "LabelSightings":
        """Return the same with scans more, newer than the others and in order, as if written."""
        if not scans:
            return self
        rules, both = policy.in_force(), [*self.kept, *scans]
        new = {each.viewer for each in scans} - {each.viewer for each in self.kept}
        keeps = copies.kept(both, rules.rows_a_label)
        return replace(
            self,
            scans=self.scans + len(scans),
            viewers=min(self.viewers + len(new), rules.viewers_counted),
            first_at=self.first_at or scans[0].at,
            first_viewer=self.first_viewer if self.first_at else scans[0].viewer,
            kept=tuple(each for each, keep in zip(both, keeps, strict=True) if keep),
        )

    def looks_copied(self, viewer: str, now: datetime) -> bool:
        """Return whether the scans, with one now by ``viewer``, look like those of copies.

        Scans up to the day on which the programme judged them to be no copy do not count; once
        it judged the label to be copied, that stays.
        """
        if self.copied_at:
            return True
        counted = [each for each in self.kept if not self.cleared_at or each.at > self.cleared_at]
        return copies.looks_copied([*counted, Sighting(now, viewer)], policy.in_force())


def seen_label(run_number: str, index: int) -> LabelSightings:
    """Return what is known of the scans of one label (from 0); nothing for one never seen.

    Two queries, and at most the policy's ``rows_a_label`` rows.
    """
    total = LabelSeen.objects.filter(run_number=run_number, index=index).first()
    if total is None:
        return LabelSightings()
    rows = Scan.objects.filter(run_number=run_number, index=index)
    return LabelSightings(
        scans=total.scans,
        viewers=total.viewers,
        first_at=total.first_at,
        first_viewer=total.first_viewer,
        cleared_at=total.cleared_at,
        copied_at=total.copied_at,
        kept=tuple(sighting_of(row) for row in rows),
    )


def scanned_labels(run_number: str) -> Iterator[int]:
    """Yield the labels (from 0) of a run that were ever scanned. One query."""
    rows = LabelSeen.objects.filter(run_number=run_number, scans__gt=0).order_by()
    return rows.values_list("index", flat=True).iterator(chunk_size=10_000)

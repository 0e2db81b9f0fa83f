"""Where rooms above plug in: spent quotas, licences that lapse, labels that were used."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Protocol


class FuseListener(Protocol):
    """Whoever stops (or may go on) when the fuse of a user's season blows (or is reset)."""

    def __call__(
        self, organisation_id: int, brand_code: str, season: int, *, is_spent: bool, now: datetime
    ) -> None:
        """Act, in the transaction of what blew the fuse; whatever is raised undoes both."""


_listeners: list[FuseListener] = []


def register_fuse(listener: FuseListener) -> None:
    """Tell ``listener`` whenever a fuse blows or is reset; called from ``apps.py``."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_fuse(
    organisation_id: int, brand_code: str, season: int, *, is_spent: bool, now: datetime
) -> None:
    """Tell every listener."""
    for listener in _listeners:
        listener(organisation_id, brand_code, season, is_spent=is_spent, now=now)


@dataclass(frozen=True, slots=True)
class Used:
    """How many labels of a mark went onto packs of a product in a month (its first day)."""

    product_code: str
    month: date
    labels: int


class UseSource(Protocol):
    """Whoever knows how many labels were used."""

    def __call__(
        self, organisation_id: int, brand_code: str, first: date, last: date
    ) -> Iterable[Used] | None:
        """Return what was used by a user of a brand from day to day, both included.

        None says that nobody can know, as of a user who never had labels from here.
        """


_use_sources: list[UseSource] = []


def register_use_source(source: UseSource) -> None:
    """Prefill use reports with what ``source`` knows; called from ``apps.py``."""
    if source not in _use_sources:
        _use_sources.append(source)


def labels_used(
    organisation_id: int, brand_code: str, first: date, last: date
) -> dict[tuple[str, date], int] | None:
    """Return labels used by product and month, or None where nobody can know."""
    told = [source(organisation_id, brand_code, first, last) for source in _use_sources]
    known = [each for each in told if each is not None]
    if not known:
        return None
    found: Counter[tuple[str, date]] = Counter()
    for each in chain.from_iterable(known):
        found[each.product_code, each.month] += each.labels
    return dict(found)


LapseListener = Callable[[str, str, datetime], None]
_lapse_listeners: list[LapseListener] = []


def register_lapse(listener: LapseListener) -> None:
    """Call ``listener(number, reason, now)`` when a licence is suspended or ended.

    It acts in the same transaction: whatever it raises undoes both.
    """
    if listener not in _lapse_listeners:
        _lapse_listeners.append(listener)


def tell_lapse(number: str, reason: str, now: datetime) -> None:
    """Tell every listener."""
    for listener in _lapse_listeners:
        listener(number, reason, now)

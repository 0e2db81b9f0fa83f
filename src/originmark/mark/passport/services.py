"""Commands of the passport: look at a code, and say where one was looked at."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import OperationalError
from django.utils.timezone import localdate

from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as scans
from originmark.mark.labels.selectors import Sighting
from originmark.mark.passport import rules
from originmark.mark.passport.credentials.issuing import passport_of_lot, passport_of_pack
from originmark.mark.passport.logbook import FORGED_BOOK, LOGBOOK, on_their_way
from originmark.mark.passport.resolver.rules import LinkDraft
from originmark.mark.passport.resolver.services import add_link, change_link, delegate, remove_link
from originmark.mark.passport.rules import CodeFacts, Verdict
from originmark.mark.passport.standing import Standing, standing
from originmark.mark.passport.viewers import viewer_of
from originmark.trace.lots import selectors as lots

__all__ = [
    "LinkDraft", "Look", "Place", "add_link", "change_link", "delegate", "look",
    "passport_of_lot", "passport_of_pack", "remove_link", "share_place", "sightings_of",
    "viewer_of",
]  # fmt: skip

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scan was made, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a code found; ``others`` counts the other phones that looked before.

    ``standing`` is that of the label's own lot, None where there is no label.
    """

    verdict: Verdict
    label: labels.SerialFacts | None = None
    others: int = 0
    first_seen_at: datetime | None = None
    standing: Standing | None = None


def look(serial: str, *, product_code: str, lot_code: str, viewer: str, now: datetime) -> Look:
    """Return the verdict on a serial found on a pack of that product and lot, and log the scan.

    A made-up serial is refused by its tag, before any look-up, and only counted. In a server a
    scan is written a moment later (``logbook``), so the answer has no number of it yet; elsewhere
    it is written at once, and one that cannot be (the database is busy) is answered all the same.
    """
    label = labels.verify(serial)
    if label is None:
        _log_forged(scans.ForgedSeen(serial, lot_code, now, viewer))
        return Look(Verdict.UNKNOWN)
    lot, today = lots.lot_by_id(label.lot_id), localdate(now)
    found = standing(lot, today, brand_code=label.brand_code, user_id=label.organisation_id)
    seen = sightings_of(label.run_number, label.index)
    in_its_place = (label.product_code, label.lot_code) == (product_code, lot_code)
    facts = CodeFacts(
        state=label.state,
        is_in_its_place=in_its_place,
        has_licence=found.licence is not None,
        best_before=lot.best_before,
        is_recalled=found.alarm is not None,
        has_lapsed_stars=found.has_lapsed_stars,
        looks_copied=seen.looks_copied(viewer, now),
        others=seen.others(viewer),
    )
    answer = rules.verdict(facts, today=today)
    _log(label, viewer, answer, now)
    return Look(
        verdict=answer,
        label=label,
        others=facts.others,
        first_seen_at=seen.first_other_at(viewer),
        standing=found,
    )


def sightings_of(run_number: str, index: int) -> labels.LabelSightings:
    """Return what is known of the scans of a label, those that wait in the logbook included.

    Three queries, four where another server handed scans in.
    """
    coming = on_their_way(run_number, index)  # first: meanwhile they may be entered
    seen = labels.seen_label(run_number, index)
    known = {(each.at, each.viewer) for each in seen.kept}
    new = [each for each in coming if (each.at, each.viewer) not in known]
    in_order = sorted(new, key=lambda each: each.at)
    return seen.plus(*(Sighting(each.at, each.viewer, verdict=each.verdict) for each in in_order))


def share_place(serial: str, *, viewer: str, place: Place, now: datetime) -> bool:
    """Keep where the shopper's own last scan of a pack was made, to about a kilometre.

    Returns False where there is none: it is too long ago, has a place, or is not entered yet.
    """
    label = labels.verify(serial)
    if label is None:
        return False
    placed = Sighting(now, viewer, place.latitude, place.longitude)
    return scans.share_place((label.run_number, label.index), placed)


def _log(label: labels.SerialFacts, viewer: str, answer: Verdict, now: datetime) -> None:
    scan = scans.ScanSeen(label.run_number, label.index, now, viewer, answer)
    if LOGBOOK.is_open:
        LOGBOOK.add(scan)
        return
    try:
        scans.record_at_once([scan])
    except OperationalError:
        log.warning("scan not logged: the database is busy", run=scan.run_number, index=scan.index)


def _log_forged(seen: scans.ForgedSeen) -> None:
    if FORGED_BOOK.is_open:
        FORGED_BOOK.add(seen)
        return
    try:
        scans.record_forged([seen])
    except OperationalError:
        log.warning("made-up code not counted: the database is busy", lot=seen.lot_code[:20])

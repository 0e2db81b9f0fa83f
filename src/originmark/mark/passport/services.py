"""Commands of the passport: look at a code, and say where one was looked at."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import OperationalError, transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from originmark.mark.labels import selectors as labels
from originmark.mark.passport import policy, rules
from originmark.mark.passport.credentials.issuing import passport_of_lot, passport_of_pack
from originmark.mark.passport.models import Scan
from originmark.mark.passport.resolver.rules import LinkDraft
from originmark.mark.passport.resolver.services import add_link, change_link, delegate, remove_link
from originmark.mark.passport.rules import CodeFacts, Sighting, Verdict
from originmark.mark.passport.standing import Standing, standing
from originmark.trace.lots import selectors as lots
from originmark.trace.lots.selectors import LotFacts

__all__ = [
    "LinkDraft", "Look", "Place", "add_link", "change_link", "delegate", "look",
    "passport_of_lot", "passport_of_pack", "remove_link", "share_place", "viewer_of",
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
    scan_id: int | None = None
    standing: Standing | None = None


def viewer_of(address: str, browser: str) -> str:
    """Return a keyed hash that tells phones apart without saying whose they are."""
    return salted_hmac("passport.viewer", f"{address}|{browser}", algorithm="sha256").hexdigest()[
        :32
    ]


def look(serial: str, *, product_code: str, lot_code: str, viewer: str, now: datetime) -> Look:
    """Return the verdict on a serial found on a pack of that product and lot, and log the scan.

    A made-up serial is refused by its tag, before any look-up. A scan that cannot be logged
    (the database is busy) is answered all the same.
    """
    label = labels.verify(serial)
    if label is None:
        return Look(Verdict.UNKNOWN)
    lot, today = lots.lot_by_id(label.lot_id), localdate(now)
    found = standing(lot, today, brand_code=label.brand_code, user_id=label.organisation_id)
    earlier = list(Scan.objects.filter(run_number=label.run_number, index=label.index))
    sightings = [Sighting(each.at, each.viewer, each.latitude, each.longitude) for each in earlier]
    answer = rules.verdict(
        _facts(label, lot, found, product_code=product_code, lot_code=lot_code),
        [*sightings, Sighting(now, viewer)],
        viewer=viewer,
        today=today,
        policy=policy.in_force(),
    )
    others = [each for each in earlier if each.viewer != viewer]
    return Look(
        verdict=answer,
        label=label,
        others=len({each.viewer for each in others}),
        first_seen_at=others[0].at if others else None,
        scan_id=_log(label, viewer, answer, now),
        standing=found,
    )


def share_place(scan_id: int, *, viewer: str, place: Place) -> None:
    """Keep where a scan was made, if it is the shopper's own and has no place yet."""
    own = Scan.objects.filter(pk=scan_id, viewer=viewer, latitude=None)
    own.update(latitude=place.latitude, longitude=place.longitude)


def _facts(
    label: labels.SerialFacts, lot: LotFacts, found: Standing, *, product_code: str, lot_code: str
) -> CodeFacts:
    return CodeFacts(
        state=label.state,
        is_in_its_place=(label.product_code, label.lot_code) == (product_code, lot_code),
        has_licence=found.licence is not None,
        best_before=lot.best_before,
        is_recalled=found.alarm is not None,
        has_lapsed_stars=found.has_lapsed_stars,
    )


def _log(label: labels.SerialFacts, viewer: str, answer: Verdict, now: datetime) -> int | None:
    try:
        with transaction.atomic():
            scan = Scan.objects.create(
                run_number=label.run_number,
                index=label.index,
                at=now,
                viewer=viewer,
                verdict=answer,
            )
    except OperationalError:
        log.warning(
            "scan not logged: the database is busy", run=label.run_number, index=label.index
        )
        return None
    return int(scan.pk)

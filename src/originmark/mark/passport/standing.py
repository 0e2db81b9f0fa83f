"""How a lot stands today besides the scans of its codes: recall, licence, stars."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.evaluation.selectors import StarFacts
from originmark.mark.licensing import selectors as licensing
from originmark.mark.licensing.selectors import LicenceFacts
from originmark.mark.passport import sockets
from originmark.mark.passport.values import Alarm
from originmark.origin.parties import selectors as parties
from originmark.trace.lots.selectors import Lot, LotFacts


@dataclass(frozen=True, slots=True)
class Standing:
    """What was found on a day. ``star`` is the newest one, whether it counts or not."""

    alarm: Alarm | None = None
    licence: LicenceFacts | None = None
    star: StarFacts | None = None

    @property
    def has_lapsed_stars(self) -> bool:
        """Return whether the product had stars and has none that count."""
        return self.star is not None and not self.star.is_valid


def standing(
    lot: LotFacts, on: date, *, brand_code: str | None = None, user_id: int | None = None
) -> Standing:
    """Return how a lot stands on a day.

    ``user_id`` is the organisation that uses the brand. One query for the stars and up to five
    for the licence, whatever the number of scans.
    """
    licence = None
    if brand_code and user_id:
        licence = licensing.licence_for(user_id, brand_code, lot.product_code, on)
    return Standing(
        alarm=sockets.alarm_about(lot.code) or _withdrawn(lot),
        licence=licence,
        star=evaluation.latest_star(lot.product_code, on),
    )


def _withdrawn(lot: LotFacts) -> Alarm | None:
    if lot.status != Lot.Status.WITHDRAWN:
        return None
    office = parties.programme_office()
    return Alarm(
        why=_("The record of this lot was withdrawn: nobody vouches for what is in the pack."),
        call=" · ".join(part for part in (office.name, office.phone) if part) if office else "",
    )

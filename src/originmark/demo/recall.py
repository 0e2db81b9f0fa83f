"""A recalled lot of the demonstration: the warning that a shopper reads.

The office of a demonstration does not recall anything by itself, so the demonstration raises the
alarm in its place, through the same socket.
"""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from originmark.mark.passport.selectors import Alarm
from originmark.origin.parties import selectors as parties
from originmark.trace.lots import selectors as lots

LOT: Final = "W1000B"
WITHIN: Final = timedelta(days=20)


def alarm(lot_code: str) -> Alarm | None:
    """Return why a lot is recalled, since when, what to do and whom to call; None for others."""
    if lot_code != LOT:
        return None
    office = parties.programme_office()
    return Alarm(
        why=_("Made up for the demonstration: stones were found in three bags of this lot."),
        since=timezone.localdate(lots.lot(lot_code).born_at + WITHIN),
        what_to_do=_("Do not eat it. Bring the bag back to the shop; you get your money back."),
        call=office.names.get(get_language() or "", office.name) if office else "",
    )

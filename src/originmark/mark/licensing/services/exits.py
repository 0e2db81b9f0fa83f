"""Commands on the end of a use: announced with its last day, settled with its labels."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from originmark.mark.licensing import agreement_refusals as refusals
from originmark.mark.licensing import rules
from originmark.mark.licensing.models import Licence, LicenceExit
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@transaction.atomic
def announce_exit(
    number: str, *, last_use_on: date, reason: str, by: Actor, now: datetime
) -> LicenceExit:
    """End a licence after a last day of use, by its holder or the office.

    What carries the mark by then may be sold as long as the rules of use say (``sell_off_days``).
    Raises UnknownLicence, ReasonMissing, WrongLicenceState or ExitOutsideTerm.
    """
    licence = _locked(number, "licensing.apply", by)
    today = timezone.localtime(now).date()
    if not reason.strip():
        raise rules.ReasonMissing(number=number, step="ended")
    if licence.ended_on:
        raise rules.WrongLicenceState(number=number, state=rules.ENDED, step="ended")
    earliest = max(today, licence.valid_from)
    if not earliest <= last_use_on <= licence.valid_until:
        raise refusals.ExitOutsideTerm(
            earliest=earliest, latest=licence.valid_until, asked=last_use_on
        )
    use = schemes.use_rules(licence.brand.code, today)
    days = use.sell_off_days if use else None
    licence.ended_on = last_use_on + timedelta(days=1)
    licence.end_reason = reason.strip()
    licence.save(update_fields=["ended_on", "end_reason"])
    return LicenceExit.objects.create(
        licence=licence,
        last_use_on=last_use_on,
        sell_off_until=None if days is None else last_use_on + timedelta(days=days),
        reason=reason.strip(),
        announced_at=now,
        announced_by=by.name,
    )


@transaction.atomic
def settle_exit(
    number: str,
    *,
    labels_returned: int,
    labels_destroyed: int,
    note: str = "",
    by: Actor,
    now: datetime,
) -> LicenceExit:
    """Write down what became of the labels that were left, by the office, once.

    Raises UnknownLicence, NoExit or NotALabelCount.
    """
    licence = _locked(number, "licensing.suspend", by)
    row = LicenceExit.objects.filter(licence=licence, settled_at=None).first()
    if row is None:
        raise refusals.NoExit(number=number)
    for count in (labels_returned, labels_destroyed):
        if not 0 <= count < 2**31:
            raise refusals.NotALabelCount(found=count)
    row.labels_returned, row.labels_destroyed = labels_returned, labels_destroyed
    row.settled_at, row.settled_by, row.settle_note = now, by.name, note.strip()
    row.save()
    return row


def _locked(number: str, permission: str, by: Actor) -> Licence:
    rows = Licence.objects.select_for_update(of=("self",)).select_related("brand")
    licence = rows.filter(number=number).first()
    if licence is None:
        raise rules.UnknownLicence(number=number)
    access.require(by, permission, organisation_id=licence.organisation_id)
    return licence

"""Withdraw labels: whoever scans one reads why."""

from datetime import datetime

from django.db import transaction

from originmark.mark.labels import spans
from originmark.mark.labels.models import LabelRun
from originmark.mark.labels.refusals import ReasonMissing
from originmark.mark.labels.run_changes import locked_run, paint
from originmark.mark.labels.spans import Span
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@transaction.atomic
def withdraw(
    number: str, *, first: int, last: int, reason: str, by: Actor, now: datetime
) -> LabelRun:
    """Call labels back: whoever scans one reads the reason. They do not return to the balance.

    Raises ReasonMissing, NotInRun, or WrongState when one of them is spoiled.
    """
    run = locked_run(number)
    access.require(by, "labels.withdraw", organisation_id=run.organisation_id)
    if not reason.strip():
        raise ReasonMissing
    return paint(run, Span(first, last, spans.WITHDRAWN, reason.strip(), now), by=by, now=now)

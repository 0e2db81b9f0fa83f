"""A mistaken record is withdrawn by an error declaration; nothing is rewritten."""

from datetime import datetime

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.trace.ledger import selectors as ledger_selectors
from originmark.trace.ledger import services as ledger
from originmark.trace.lots.models import LotRecord
from originmark.trace.lots.record_refusals import UnknownRecord
from originmark.trace.lots.services.documents import event_uri


@transaction.atomic
def withdraw_record(*, event_id: str, by: Actor, now: datetime) -> list[LotRecord]:
    """Declare an event to be an error and take its effect on the lots back.

    The event stays in the ledger, and so does its declaration. Raises StillNeeded, naming them,
    when later records rest on it, and UnknownRecord for what is no record or withdrawn already.
    """
    uri = event_uri(event_id)
    records = LotRecord.objects.filter(event_uri=uri, withdrawn_at=None)
    first = records.first()
    if first is None:
        raise UnknownRecord(event_id=event_id)
    access.require(by, "lots.record", organisation_id=first.organisation_id)
    declaration = {"declarationTime": now.isoformat(), "reason": "incorrect_data"}
    stored = ledger_selectors.event(first.event_id)
    if stored is None:
        raise UnknownRecord(event_id=event_id)
    kept = {name: value for name, value in stored.body.items() if name != "recordTime"}
    ledger.capture(
        [{**kept, "errorDeclaration": declaration}],
        by=by,
        now=now,
        source="lots",
        organisation_id=stored.organisation_id,
    )
    return list(LotRecord.objects.filter(event_uri=uri).select_related("lot"))

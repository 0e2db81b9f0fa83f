"""What is sent to a subscriber: an EPCIS query document that names query and subscription."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

import orjson

from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger.models import Subscription
from originmark.trace.ledger.query_views import query_document
from originmark.trace.ledger.subscriptions.posting import Parcel
from originmark.trace.ledger.subscriptions.sealing import signature
from originmark.trace.ledger.values import StoredEvent


def parcel(
    row: Subscription,
    events: Sequence[StoredEvent],
    *,
    key: str,
    secret: str,
    now: datetime,
) -> Parcel:
    """Return what is sent to the subscription's receiver.

    ``key`` is the same each time the same batch is sent, so that a receiver that got it but
    could not say so recognises it.
    """
    body = orjson.dumps(
        query_document(events, now=now, name=row.query.name, subscription_id=str(row.pk))
    )
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Originmark (EPCIS 2.0)",
        "GS1-EPCIS-Version": "2.0.0",
        "GS1-CBV-Version": "2.0.0",
        "GS1-Query-Min-Record-Time": write_moment(row.min_record_time),
        "Idempotency-Key": key,
    }
    if secret:
        headers["GS1-Signature"] = signature(body, secret)
    return Parcel(row.dest, body, headers)


def key_of(subscription_id: UUID, *, first: int, end: int, at: datetime) -> str:
    """Return the name of a batch: the same for the same events to the same subscription."""
    return str(uuid5(subscription_id, f"{first}-{end}-{at.isoformat()}"))

"""A partner's receiver, subscribed and paused: nothing leaves the demonstration."""

from datetime import datetime

from originmark.origin.parties import access
from originmark.trace.ledger import services as ledger

QUERY = "shipped-millet"
RECEIVER = "https://receiver.example/epcis"  # a name that leads nowhere, for good (RFC 2606)


def subscribe_one(*, since: datetime, now: datetime) -> None:
    """Name a query for shipments and subscribe a receiver that is not there, paused at once."""
    ledger.name_query(QUERY, {"EQ_bizStep": ["shipping"]}, by=access.SYSTEM, now=now)
    body = {"dest": RECEIVER, "stream": True, "initialRecordTime": since.isoformat()}
    row = ledger.subscribe(QUERY, body, by=access.SYSTEM, now=now)
    ledger.pause(row, by=access.SYSTEM)

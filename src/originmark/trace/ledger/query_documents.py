"""Events written as an EPCIS query document, or by themselves."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from originmark.standards.epcis.contexts import merged
from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger.values import StoredEvent

Json = Mapping[str, Any]
UNNAMED = "SimpleEventQuery"
Translate = Callable[[Json], Json]


def as_received(body: Json) -> Json:
    """Return a body as it is."""
    return body


def query_document(
    events: Sequence[StoredEvent],
    *,
    now: datetime,
    name: str = UNNAMED,
    subscription_id: str | None = None,
    translate: Translate = as_received,
) -> dict[str, Any]:
    """Return events as an EPCIS query document: the answer to a query, or told to a subscriber.

    ``translate`` spells the identifiers of a body.

    Contexts differ from document to document. They are put together where they agree; an event
    for which the common one does not stand brings its own.
    """
    context, stands = merged([each.context for each in events])
    listed = [
        _without_context(each, translate) if is_common else readable(each, translate)
        for each, is_common in zip(events, stands, strict=True)
    ]
    return {
        "@context": context,
        "type": "EPCISQueryDocument",
        "schemaVersion": "2.0",
        "creationDate": write_moment(now),
        "epcisBody": {
            "queryResults": {
                "queryName": name,
                **({} if subscription_id is None else {"subscriptionID": subscription_id}),
                "resultsBody": {"eventList": listed},
            }
        },
    }


def readable(event: StoredEvent, translate: Translate = as_received) -> dict[str, Any]:
    """Return an event that stands by itself: as received, with name, record time and context."""
    own = event.body.get("@context")
    inherited = event.context
    context = own if inherited is None else inherited
    if own is not None and inherited is not None:
        context = [*_listed(inherited), *_listed(own)]
    return {**_without_context(event, translate), "@context": context}


def _without_context(event: StoredEvent, translate: Translate) -> dict[str, Any]:
    return {
        **translate(event.body),
        "eventID": event.event_id,
        "recordTime": write_moment(event.recorded_at),
    }


def _listed(context: Any) -> list[Any]:
    return context if isinstance(context, list) else [context]

"""EPCIS events and documents for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from django.db import connection

from originmark.trace.ledger import append_only

CONTEXT = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld"
LOT = "https://id.gs1.org/01/09521141012345/10/YQ-1"


def an_object_event(**fields: Any) -> dict[str, Any]:
    """A lot of 500 kg is born; ``fields`` replace or add, None takes away."""
    return _event(
        {
            "type": "ObjectEvent",
            "action": "ADD",
            "eventTime": "2026-09-22T07:15:00+08:00",
            "eventTimeZoneOffset": "+08:00",
            "bizStep": "commissioning",
            "disposition": "active",
            "readPoint": {"id": "urn:originmark:local:area:YQ-A1"},
            "quantityList": [a_quantity(LOT, 500)],
        },
        fields,
    )


def a_transformation(**fields: Any) -> dict[str, Any]:
    """500 kg of one lot become 380 kg of another."""
    return _event(
        {
            "type": "TransformationEvent",
            "eventTime": "2026-09-25T09:00:00+08:00",
            "eventTimeZoneOffset": "+08:00",
            "bizLocation": {"id": "urn:originmark:local:place:MILL"},
            "inputQuantityList": [a_quantity(LOT, 500)],
            "outputQuantityList": [a_quantity(f"{LOT}-M", 380)],
        },
        fields,
    )


def an_aggregation(**fields: Any) -> dict[str, Any]:
    """Two packs go into a box."""
    pack = "https://id.gs1.org/01/09521141012345/21"
    return _event(
        {
            "type": "AggregationEvent",
            "action": "ADD",
            "eventTime": "2026-09-26T10:00:00+08:00",
            "eventTimeZoneOffset": "+08:00",
            "bizStep": "packing",
            "parentID": "https://id.gs1.org/00/095211410123456788",
            "childEPCs": [f"{pack}/1", f"{pack}/2"],
        },
        fields,
    )


def a_quantity(epc_class: str, quantity: float, uom: str = "KGM") -> dict[str, Any]:
    return {"epcClass": epc_class, "quantity": quantity, "uom": uom}


def a_document(*events: dict[str, Any], context: Any = CONTEXT) -> dict[str, Any]:
    """An EPCIS document that holds these events (one object event when there are none)."""
    return {
        "@context": context,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-09-30T08:00:00Z",
        "epcisBody": {"eventList": list(events) or [an_object_event()]},
    }


def as_bytes(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document)


@contextmanager
def without_the_guard() -> Iterator[None]:
    """The database lets events be changed: for tests that tamper, and for emptying test tables."""
    with connection.cursor() as cursor:
        for statement in append_only.drop_statements(connection.vendor):
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in append_only.create_statements(connection.vendor):
            cursor.execute(statement)


def _event(default: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (default | fields).items() if value is not None}

"""Events for queries: one that says something in every field."""

from typing import Any

NAMESPACES = {"ex": "https://ns.example.org/epcis/", "mill": "https://mill.example.org/voc#"}
CONTEXT = ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld", NAMESPACES]
TREE = "urn:epc:id:sgtin:0614141.107346.2017"
TREE_LINK = "https://id.gs1.org/01/10614141073464/21/2017"
LOT = "urn:epc:class:lgtin:0614141.107346.L1"
PALLET = "urn:epc:id:sscc:0614141.1234567890"
DOCK = "urn:epc:id:sgln:0614141.07346.1234"
FARM = "urn:originmark:local:place:farm"
PAPER = "http://transaction.acme.com/po/12345678"
NAME = "urn:uuid:4f1c0000-0000-4000-8000-00000000000a"
DEVICE = "urn:epc:id:giai:0614141.logger7"


def a_reading(**fields: Any) -> dict[str, Any]:
    """A sensor report: 20 °C; ``fields`` replace or add, None takes away."""
    return _with({"type": "Temperature", "value": 20, "uom": "CEL"}, fields)


def an_element(*reports: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """A sensor element with these reports (one reading when there are none)."""
    element: dict[str, Any] = {"sensorReport": list(reports) or [a_reading()]}
    return {"sensorMetadata": metadata, **element} if metadata else element


def a_declaration(**fields: Any) -> dict[str, Any]:
    """An error declaration of 1 October."""
    default = {
        "declarationTime": "2026-10-01T00:00:00Z",
        "reason": "incorrect_data",
        "correctiveEventIDs": ["urn:uuid:4f1c0000-0000-4000-8000-00000000000b"],
    }
    return _with(default, fields)


def an_event(**fields: Any) -> dict[str, Any]:
    """An object event about one tree; ``fields`` replace or add, None takes away."""
    default = {
        "type": "ObjectEvent",
        "eventID": NAME,
        "action": "OBSERVE",
        "eventTime": "2026-09-22T07:15:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "recordTime": "2026-09-23T00:00:00Z",
        "epcList": [TREE],
    }
    return _with(default, fields)


def a_packing(**fields: Any) -> dict[str, Any]:
    """An aggregation event."""
    default = {
        "type": "AggregationEvent",
        "action": "ADD",
        "eventTime": "2026-09-22T07:15:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "parentID": PALLET,
        "childEPCs": [TREE],
        "childQuantityList": [{"epcClass": LOT, "quantity": 2, "uom": "KGM"}],
    }
    return _with(default, fields)


def a_milling(**fields: Any) -> dict[str, Any]:
    """A transformation event: a lot becomes a tree."""
    default = {
        "type": "TransformationEvent",
        "eventTime": "2026-09-22T07:15:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "inputQuantityList": [{"epcClass": LOT, "quantity": 2, "uom": "KGM"}],
        "inputEPCList": ["urn:epc:id:sgtin:0614141.107346.1"],
        "outputEPCList": ["urn:epc:id:sgtin:0614141.107346.2"],
        "outputQuantityList": [{"epcClass": f"{LOT}-M"}],
        "transformationID": "urn:epc:id:gdti:0614141.06012.1234",
    }
    return _with(default, fields)


def _with(default: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (default | fields).items() if value is not None}

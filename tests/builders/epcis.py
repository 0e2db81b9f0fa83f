"""Whole EPCIS documents of the project's own, with every field that the standard knows."""

from copy import deepcopy
from typing import Any

CONTEXT = [
    "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
    {"example": "https://example.org/ns/"},
]
SSCC = "https://id.gs1.org/00/095211410123456788"
LOT = "https://id.gs1.org/01/09521141012345/10/YQ-1"
PACK = "https://id.gs1.org/01/09521141012345/21/1"
QUANTITY = {"epcClass": LOT, "quantity": 500.5, "uom": "KGM"}
METADATA = {
    "time": "2026-09-22T07:00:00+08:00",
    "startTime": "2026-09-22T06:00:00+08:00",
    "endTime": "2026-09-22T07:00:00+08:00",
    "deviceID": "urn:example:device:1",
    "deviceMetadata": "https://example.org/device/1",
    "rawData": "https://example.org/raw/1",
    "dataProcessingMethod": "https://example.org/method",
    "bizRules": "https://example.org/rules",
    "example:room": "cold",
}
REPORTS: list[dict[str, Any]] = [
    {
        "type": "Temperature", "value": 4.5, "minValue": 4, "maxValue": 5, "meanValue": 4.4,
        "sDev": 0.1, "percRank": 50, "percValue": 4.5, "uom": "CEL", "exception": "ALARM_CONDITION",
        "example:shelf": {"example:row": 2},
    },
    {"type": "https://example.org/Ripeness", "stringValue": "ripe", "booleanValue": True},
    {"type": "Speed", "component": "x", "value": 1, "coordinateReferenceSystem": "https://a.org/c"},
    {
        "type": "AbsoluteHumidity", "hexBinaryValue": "fF01", "uriValue": "urn:example:a",
        "microorganism": "https://example.org/m", "chemicalSubstance": "https://example.org/s",
        "time": "2026-09-22T07:00:00Z", "deviceID": "urn:d:1", "deviceMetadata": "urn:d:2",
        "rawData": "urn:d:3", "dataProcessingMethod": "urn:d:4", "bizRules": "urn:d:5",
    },
]  # fmt: skip
SHARED: dict[str, Any] = {
    "eventID": "urn:uuid:4f1c9e0e-0000-4000-8000-000000000001",
    "eventTime": "2026-09-22T07:15:00.250+08:00",
    "recordTime": "2026-09-22T07:16:00Z",
    "eventTimeZoneOffset": "+08:00",
    "certificationInfo": ["https://example.org/vietgap/1", "urn:example:organic"],
    "errorDeclaration": {
        "declarationTime": "2026-09-23T00:00:00Z",
        "reason": "incorrect_data",
        "correctiveEventIDs": ["urn:uuid:4f1c9e0e-0000-4000-8000-000000000002"],
        "example:by": "the office",
    },
    "bizStep": "commissioning",
    "disposition": "https://example.org/disposition/resting",
    "readPoint": {"id": "urn:example:area:1", "example:row": 3},
    "bizLocation": {"id": "https://id.gs1.org/414/9521141111116"},
    "bizTransactionList": [
        {"type": "po", "bizTransaction": "urn:example:po:1"},
        {"type": "https://example.org/permit", "bizTransaction": "urn:example:permit:1"},
        {"bizTransaction": "urn:example:other:1"},
    ],
    "sourceList": [{"type": "owning_party", "source": "https://id.gs1.org/417/9521141111116"}],
    "destinationList": [{"type": "location", "destination": "urn:example:shop"}],
    "sensorElementList": [
        {"sensorMetadata": METADATA, "sensorReport": REPORTS[:3], "example:note": ["a", 1]},
        {"sensorReport": REPORTS[3:]},
    ],
    "example:weather": {"example:rain": False, "example:degrees": [18, 21.5]},
    "https://example.org/ns/grade": "A",
}
OWN: dict[str, dict[str, Any]] = {
    "ObjectEvent": {
        "action": "ADD",
        "epcList": [PACK],
        "quantityList": [QUANTITY, {"epcClass": LOT}],
        "persistentDisposition": {"set": ["conformant"], "unset": ["urn:example:raw"]},
        "ilmd": {"example:season": 2026, "https://example.org/ns/parts": [{"a": 1}]},
    },
    "AggregationEvent": {
        "action": "ADD", "parentID": SSCC, "childEPCs": [PACK], "childQuantityList": [QUANTITY],
    },
    "AssociationEvent": {
        "action": "OBSERVE", "parentID": SSCC, "childEPCs": [PACK], "childQuantityList": [QUANTITY],
    },
    "TransactionEvent": {
        "action": "DELETE", "parentID": SSCC, "epcList": [PACK], "quantityList": [QUANTITY],
    },
    "TransformationEvent": {
        "inputEPCList": [PACK],
        "inputQuantityList": [QUANTITY],
        "outputEPCList": [SSCC],
        "outputQuantityList": [QUANTITY],
        "transformationID": "urn:example:run:1",
        "persistentDisposition": {"unset": ["completeness_verified"]},
        "ilmd": {"example:mill": "M1"},
    },
}  # fmt: skip
MASTER_DATA = {
    "vocabularyList": [
        {
            "type": "urn:epcglobal:epcis:vtype:BusinessLocation",
            "vocabularyElementList": [
                {
                    "id": "https://id.gs1.org/414/9521141111116",
                    "attributes": [
                        {"id": "urn:epcglobal:cbv:mda#name", "attribute": "Mill"},
                        {"id": "urn:epcglobal:cbv:mda#floors", "attribute": 2},
                        {"id": "urn:epcglobal:cbv:mda#place", "attribute": {"a": "b"}},
                        {"id": "urn:example:empty"},
                    ],
                    "children": ["urn:example:room:1"],
                }
            ],
        }
    ]
}


MINIMUM: dict[str, dict[str, Any]] = {
    "ObjectEvent": {"action": "OBSERVE", "epcList": []},
    "AggregationEvent": {"action": "OBSERVE", "childEPCs": ["urn:x:1"]},
    "AssociationEvent": {"action": "ADD", "parentID": "urn:x:room", "childEPCs": ["urn:x:1"]},
    "TransactionEvent": {
        "action": "ADD", "bizTransactionList": [{"bizTransaction": "urn:x:po"}], "epcList": [],
    },
    "TransformationEvent": {"inputEPCList": ["urn:x:1"], "outputEPCList": ["urn:x:2"]},
}  # fmt: skip


def least_event(kind: str, **fields: Any) -> dict[str, Any]:
    """The least that an event of this type can say; ``fields`` replace or add, None takes away."""
    times = {"eventTime": "2026-09-22T07:15:00+08:00", "eventTimeZoneOffset": "+08:00"}
    whole = {"type": kind, **times, **MINIMUM[kind]} | fields
    return {name: value for name, value in whole.items() if value is not None}


def whole_event(kind: str, **fields: Any) -> dict[str, Any]:
    """An event with all that its type may hold; ``fields`` replace or add, None takes away."""
    event = deepcopy({"type": kind, **SHARED, **OWN[kind]} | fields)
    return {name: value for name, value in event.items() if value is not None}


def custom_event(**fields: Any) -> dict[str, Any]:
    """An event of a type of somebody's own."""
    times = {name: SHARED[name] for name in ("eventTime", "eventTimeZoneOffset", "eventID")}
    event = {"type": "example:Audit", **times, "anything": {"goes": [1]}} | fields
    return {name: value for name, value in event.items() if value is not None}


def whole_document(*events: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A document with a header of master data; without events, one of each type."""
    all_kinds = [whole_event(kind) for kind in OWN] + [custom_event()]
    document = {
        "@context": CONTEXT,
        "id": "urn:example:document:1",
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-09-22T08:00:00Z",
        "instanceIdentifier": "1",
        "sender": "urn:example:mill",
        "receiver": "urn:example:office",
        "epcisHeader": {"epcisMasterData": MASTER_DATA, "example:route": "A"},
        "epcisBody": {"eventList": list(events) or all_kinds},
    } | fields
    return deepcopy({name: value for name, value in document.items() if value is not None})


def whole_query_document(*events: dict[str, Any]) -> dict[str, Any]:
    """A query document: the answer to a question, with master data beside the events."""
    body = {"eventList": list(events) or [custom_event(), whole_event("ObjectEvent")]}
    return deepcopy(
        {
            "@context": CONTEXT,
            "type": "EPCISQueryDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-09-22T08:00:00Z",
            "epcisBody": {
                "queryResults": {
                    "queryName": "SimpleEventQuery",
                    "subscriptionID": "1",
                    "resultsBody": body | MASTER_DATA,
                }
            },
        }
    )


def own_documents() -> list[dict[str, Any]]:
    """Valid documents that between them hold every field of the standard."""
    alone = [whole_event(kind) | {"@context": CONTEXT} for kind in OWN]
    return [
        whole_document(),
        whole_query_document(),
        *(whole_document(whole_event(kind), epcisHeader=None) for kind in OWN),
        *alone,
        custom_event() | {"@context": CONTEXT},
    ]

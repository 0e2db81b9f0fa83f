"""The JSON Schema (draft-07) by which documents are judged fast.

Written for speed, after the standard's words: every value is looked at once, standard words come
before URIs, and a field that is not known is decided by its name alone. It gives the same verdict
as the schema that GS1 publishes; ``tests/standards/epcis/test_schema.py`` holds it to that.
"""

from collections.abc import Mapping
from typing import Any, Final

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.decode import OWN_FIELDS
from originmark.standards.epcis.times import MOMENT_PATTERN

Schema = Mapping[str, Any]
TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "number"}
URI: Final[Schema] = {"type": "string", "format": "uri"}
MOMENT: Final[Schema] = {"$ref": "#/definitions/moment"}
NAME: Final[Schema] = {"format": "uri"}
WITHOUT_PERSISTENT_DISPOSITION = ("AggregationEvent", "AssociationEvent", "TransactionEvent")


def document_schema(*, is_strict: bool = False, is_from_xml: bool = False) -> dict[str, Any]:
    """Return the schema of EPCIS documents, query documents and single events.

    ``is_strict`` adds what the standard's text asks beyond the published schema (the rules of
    ``beyond.BEYOND_SCHEMA`` that refuse a document).

    The published schemas contradict each other: in XML every event type may carry
    ``persistentDisposition``, in JSON only object and transformation events may. What was read
    from XML is judged by what XML allows (``is_from_xml``).
    """
    alone = {"required": ["@context"], **_all_of("listed")}
    kinds: dict[str, Schema] = {"EPCISDocument": _DOCUMENT, "EPCISQueryDocument": _QUERY_DOCUMENT}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "required": ["type"],
        **_choose(kinds, otherwise=alone),
        "definitions": _definitions(is_strict=is_strict, is_from_xml=is_from_xml),
    }


def event_list_schema(*, is_strict: bool = False, is_from_xml: bool = False) -> dict[str, Any]:
    """Return the schema of a list of events that stand in no document."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_EVENT_LIST,
        "definitions": _definitions(is_strict=is_strict, is_from_xml=is_from_xml),
    }


def _definitions(*, is_strict: bool, is_from_xml: bool) -> dict[str, Schema]:
    events = {kind: _event(kind, is_strict=is_strict, is_from_xml=is_from_xml) for kind in _MUST}
    moment = {"type": "string", "format": "date-time"}
    return {
        "moment": {**moment, "pattern": MOMENT_PATTERN} if is_strict else moment,
        "sensor": _sensor(is_from_xml=is_from_xml),
        "listed": _choose(events, otherwise=_EXTENSION_EVENT),
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _all_of(name: str) -> Schema:
    # In draft-07 a bare $ref silences all that stands beside it.
    return {"allOf": [_ref(name)]}


def _list(items: Schema, **limits: Any) -> Schema:
    return {"type": "array", "items": items, **limits}


def _record(fields: Mapping[str, Schema], required: str = "", **more: Any) -> Schema:
    """Return an object whose fields may have other neighbours of any name."""
    schema: dict[str, Any] = {"type": "object", "properties": dict(fields), **more}
    return schema | ({"required": required.split()} if required else {})


def _closed(fields: Mapping[str, Schema], required: str = "", **more: Any) -> Schema:
    """Return an object that has these fields and no other."""
    return _record(fields, required, additionalProperties=False, **more)


def _extensible(fields: Mapping[str, Schema], required: str = "", **more: Any) -> Schema:
    """Return an object whose further fields are named by a URI or ``prefix:name``."""
    names: list[Schema] = [{"enum": sorted(fields)}, NAME] if fields else [NAME]
    return _record(fields, required, propertyNames={"anyOf": names}, **more)


def _choose(kinds: Mapping[str, Schema], *, otherwise: Schema) -> Schema:
    """Return what follows the schema of its ``type``."""
    chosen = otherwise
    for kind, schema in reversed(list(kinds.items())):
        is_kind = {"properties": {"type": {"const": kind}}}
        chosen = {"if": is_kind, "then": schema, "else": chosen}
    return chosen


def _word(words: frozenset[str], *refused: str) -> Schema:
    """Return a standard word, or a URI that does not begin with one of ``refused``."""
    formal = [{"pattern": f"^{each}"} for each in refused]
    return {
        "type": "string",
        "anyOf": [{"enum": sorted(words)}, {**NAME, "not": {"anyOf": formal}}],
    }


def _cbv_word(words: frozenset[str]) -> Schema:
    return _word(words, "urn:epcglobal:cbv", r"https?://ns\.gs1\.org/cbv/")


def _gs1_word(words: frozenset[str]) -> Schema:
    return _word(words, r"https?://gs1\.org/voc/", r"https?://www\.gs1\.org/voc/")


def _neither_empty(name: str) -> Schema:
    return {"properties": {name: {"minItems": 1}}, "required": [name]}


_CONTEXT_PART: Schema = {"anyOf": [URI, {"type": "object"}]}
_CONTEXT: Schema = {"anyOf": [URI, {"type": "object"}, _list(_CONTEXT_PART, uniqueItems=True)]}
_VERSION = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)*$"}
_OFFSET = {"type": "string", "pattern": "^[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)$"}
_QUANTITIES = _list(
    _closed(
        {
            "epcClass": URI,
            "quantity": NUMBER,
            "uom": {"type": "string", "pattern": "^[A-Z0-9]{2,3}$"},
        },
        "epcClass",
    )
)
_EPCS = _list(URI)
_DIFFERENT_EPCS = _list(URI, uniqueItems=True)
_PLACE = _record({"id": URI}, "id")
_DISPOSITION = _cbv_word(vocabulary.DISPOSITION.words)
_DISPOSITIONS = _list(_DISPOSITION, minItems=1, uniqueItems=True)
_PARTY_TYPE = _cbv_word(vocabulary.PARTY_TYPE.words)
_TRANSACTIONS = _list(
    _closed(
        {"type": _cbv_word(vocabulary.TRANSACTION_TYPE.words), "bizTransaction": URI},
        "bizTransaction",
    )
)
_DEVICE: dict[str, Schema] = {
    "time": MOMENT,
    **dict.fromkeys(("deviceID", "deviceMetadata", "rawData"), URI),
    **dict.fromkeys(("dataProcessingMethod", "bizRules"), URI),
}
_REPORT: dict[str, Schema] = (
    _DEVICE
    | dict.fromkeys(
        ("value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"), NUMBER
    )
    | dict.fromkeys(
        ("microorganism", "chemicalSubstance", "coordinateReferenceSystem", "uriValue"), URI
    )
    | {
        "type": _gs1_word(vocabulary.MEASUREMENT_TYPE),
        "exception": _gs1_word(vocabulary.SENSOR_ALERT),
        "component": _cbv_word(vocabulary.COMPONENT.words),
        "stringValue": TEXT,
        "booleanValue": {"type": "boolean"},
        "hexBinaryValue": {"type": "string", "pattern": "^[A-Fa-f0-9]+$"},
        "uom": TEXT,
    }
)


def _sensor(*, is_from_xml: bool) -> Schema:
    """Return the schema of a sensor element; in XML a report may be an exception alone."""
    report = _extensible(_REPORT, "" if is_from_xml else "type")
    return _extensible(
        {
            "sensorMetadata": _extensible(_DEVICE | {"startTime": MOMENT, "endTime": MOMENT}),
            "sensorReport": _list(report, minItems=1),
        },
        "sensorReport",
    )


_ERROR = _extensible(
    {
        "declarationTime": MOMENT,
        "reason": _cbv_word(vocabulary.ERROR_REASON.words),
        "correctiveEventIDs": _list(URI),
    },
    "declarationTime",
)
_ALL_EVENTS: dict[str, Schema] = {
    "@context": _CONTEXT,
    "type": TEXT,
    "eventTime": MOMENT,
    "recordTime": MOMENT,
    "eventTimeZoneOffset": _OFFSET,
    "eventID": URI,
    "certificationInfo": {"anyOf": [URI, _list(URI)]},
    "errorDeclaration": _ERROR,
}
_SHARED: dict[str, Schema] = _ALL_EVENTS | {
    "bizStep": _cbv_word(vocabulary.BIZ_STEP.words),
    "disposition": _DISPOSITION,
    "persistentDisposition": _closed(
        {"set": _DISPOSITIONS, "unset": _DISPOSITIONS}, minProperties=1
    ),
    "readPoint": _PLACE,
    "bizLocation": _PLACE,
    "bizTransactionList": _TRANSACTIONS,
    "sourceList": _list(_closed({"type": _PARTY_TYPE, "source": URI}, "type source")),
    "destinationList": _list(
        _closed({"type": _PARTY_TYPE, "destination": URI}, "type destination")
    ),
    "sensorElementList": _list(_ref("sensor")),
}
_OWN: dict[str, Schema] = {
    "action": {"enum": sorted(vocabulary.ACTIONS)},
    "epcList": _EPCS,
    "childEPCs": _EPCS,
    "inputEPCList": _DIFFERENT_EPCS,
    "outputEPCList": _DIFFERENT_EPCS,
    "parentID": URI,
    "transformationID": URI,
    "ilmd": _extensible({}),
    **dict.fromkeys(
        ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"),
        _QUANTITIES,
    ),
}
_PARENT: Schema = {
    "anyOf": [{"required": ["parentID"]}, {"properties": {"action": {"const": "OBSERVE"}}}]
}
_DELETES: Schema = {"properties": {"action": {"const": "DELETE"}}}
_HAS_INPUT: Schema = {
    "anyOf": [_neither_empty("inputEPCList"), _neither_empty("inputQuantityList")]
}
_HAS_OUTPUT: Schema = {
    "anyOf": [_neither_empty("outputEPCList"), _neither_empty("outputQuantityList")]
}
_CHILDREN: Schema = {
    "anyOf": [_neither_empty("childEPCs"), _neither_empty("childQuantityList"), _DELETES]
}
_MUST: dict[str, tuple[str, Schema, list[Schema]]] = {
    # type: required fields, fields that differ from those of the same name elsewhere, constraints
    "ObjectEvent": (
        "action",
        {"epcList": _DIFFERENT_EPCS},
        [
            {
                "anyOf": [
                    {"required": ["epcList"]},
                    _neither_empty("quantityList"),
                    {
                        "properties": {"sensorElementList": {"minItems": 1}},
                        "required": ["sensorElementList", "readPoint"],
                    },
                ]
            },
            {
                "anyOf": [
                    {"not": {"required": ["ilmd"]}},
                    {"properties": {"action": {"const": "ADD"}}},
                ]
            },
        ],
    ),
    "AggregationEvent": ("action", {}, [_CHILDREN]),
    "AssociationEvent": ("action parentID", {}, [_CHILDREN]),
    "TransactionEvent": (
        "action bizTransactionList",
        {"bizTransactionList": {**_TRANSACTIONS, "minItems": 1}},
        [{"anyOf": [{"required": ["epcList"]}, _neither_empty("quantityList"), _DELETES]}],
    ),
    "TransformationEvent": (
        "",
        {},
        [
            {
                "anyOf": [
                    {"allOf": [_HAS_INPUT, _HAS_OUTPUT]},
                    {"required": ["transformationID"], "anyOf": [_HAS_INPUT, _HAS_OUTPUT]},
                ]
            }
        ],
    ),
}


def _event(kind: str, *, is_strict: bool, is_from_xml: bool) -> Schema:
    required, instead, constraints = _MUST[kind]
    beyond = [_PARENT] if is_strict and kind == "AggregationEvent" else []
    fields = {**_SHARED, **{name: _OWN[name] for name in OWN_FIELDS[kind]}, **instead}
    if kind in WITHOUT_PERSISTENT_DISPOSITION and not is_from_xml:
        del fields["persistentDisposition"]
    times = "eventTime eventTimeZoneOffset"
    return _extensible(fields, f"{times} {required}", allOf=constraints + beyond)


_EXTENSION_EVENT = _record(_ALL_EVENTS | {"type": URI}, "type eventTime eventTimeZoneOffset")
_VOCABULARIES = _list(
    _record(
        {
            "type": URI,
            "vocabularyElementList": _list(
                _record(
                    {
                        "id": URI,
                        "attributes": _list(
                            _record(
                                {"id": URI, "attribute": {"type": ["number", "string", "object"]}},
                                "id",
                            )
                        ),
                        "children": _list(URI),
                    },
                    "id",
                )
            ),
        },
        "type",
    )
)
_EVENT_LIST = _list({"type": "object", "required": ["type"], **_all_of("listed")})
_HEAD: dict[str, Schema] = {
    "@context": _CONTEXT,
    "id": URI,
    "type": TEXT,
    "schemaVersion": _VERSION,
    "creationDate": MOMENT,
}
_DOCUMENT = _extensible(
    _HEAD
    | dict.fromkeys(("instanceIdentifier", "sender", "receiver"), TEXT)
    | {
        "epcisHeader": _extensible({"epcisMasterData": _record({"vocabularyList": _VOCABULARIES})}),
        "epcisBody": _record({"eventList": _EVENT_LIST}, "eventList"),
    },
    "@context schemaVersion creationDate epcisBody",
)
_QUERY_RESULTS = _extensible(
    {
        "queryName": TEXT,
        "subscriptionID": TEXT,
        "resultsBody": _extensible(
            {"eventList": _EVENT_LIST, "vocabularyList": _VOCABULARIES}, "eventList"
        ),
    },
    "queryName resultsBody",
)
_QUERY_DOCUMENT = _extensible(
    _HEAD | {"epcisBody": _extensible({"queryResults": _QUERY_RESULTS}, "queryResults")},
    "@context epcisBody",
)

"""Which check belongs to which field of which event type."""

from collections.abc import Iterator

from originmark.standards.epcis import checks, vocabulary
from originmark.standards.epcis.checks import Check, list_of, record, uri
from originmark.standards.epcis.decode import OWN_FIELDS
from originmark.standards.epcis.problems import Problem, shown
from originmark.standards.epcis.schema import WITHOUT_PERSISTENT_DISPOSITION


def _certification(value: object, at: str) -> Iterator[Problem]:
    yield from (list_of(uri) if isinstance(value, list) else uri)(value, at)


QUANTITIES = list_of(
    record(
        {"epcClass": uri, "quantity": checks.number, "uom": checks.uom},
        required="epcClass",
    )
)
_PLACE = record({"id": uri}, required="id", is_open=True)
_TRANSACTIONS = list_of(
    record(
        {"type": checks.word_of(vocabulary.TRANSACTION_TYPE), "bizTransaction": uri},
        required="bizTransaction",
    )
)
_PARTY_TYPE = checks.word_of(vocabulary.PARTY_TYPE)
_DISPOSITIONS = checks.all_different(list_of(checks.disposition, at_least=1))
_DEVICE_FIELDS: dict[str, Check] = {
    "time": checks.moment,
    "deviceID": uri,
    "deviceMetadata": uri,
    "rawData": uri,
    "dataProcessingMethod": uri,
    "bizRules": uri,
}
_METADATA = record(
    _DEVICE_FIELDS | {"startTime": checks.moment, "endTime": checks.moment}, extensible=True
)
_NUMBERS = ["value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"]
_URIS = ["microorganism", "chemicalSubstance", "coordinateReferenceSystem", "uriValue"]
_REPORT: dict[str, Check] = (
    _DEVICE_FIELDS
    | dict.fromkeys(_NUMBERS, checks.number)
    | dict.fromkeys(_URIS, uri)
    | {
        "type": checks.gs1_word(vocabulary.MEASUREMENT_TYPE, "measurement type"),
        "exception": checks.gs1_word(vocabulary.SENSOR_ALERT, "sensor alert"),
        "component": checks.word_of(vocabulary.COMPONENT),
        "stringValue": checks.text,
        "booleanValue": checks.boolean,
        "hexBinaryValue": checks.hexadecimal,
        "uom": checks.text,
    }
)


def _sensors(*, is_from_xml: bool) -> Check:
    """Return the check of sensor elements; in XML a report may be an exception alone."""
    report = record(_REPORT, required="" if is_from_xml else "type", extensible=True)
    reports = list_of(report, at_least=1)
    return list_of(
        record(
            {"sensorMetadata": _METADATA, "sensorReport": reports},
            required="sensorReport",
            extensible=True,
        )
    )


_ERROR = record(
    {
        "declarationTime": checks.moment,
        "reason": checks.word_of(vocabulary.ERROR_REASON),
        "correctiveEventIDs": list_of(uri),
    },
    required="declarationTime",
    extensible=True,
)


def context(value: object, at: str) -> Iterator[Problem]:
    """Check an ``@context``: a URI, an object, or a list of either, none of them twice."""
    many = isinstance(value, list)
    parts: list[object] = value if isinstance(value, list) else [value]
    for index, each in enumerate(parts):
        where = f"{at}/{index}" if many else at
        if not isinstance(each, dict) and not checks.is_uri(each):
            yield Problem(
                where, f"found {shown(each)}, expected the address of a context or an object"
            )
        elif each in parts[:index]:
            yield Problem(where, f"found {shown(each)} for the second time")


COMMON: dict[str, Check] = {
    "@context": context,
    "type": checks.text,
    "eventTime": checks.moment,
    "recordTime": checks.moment,
    "eventTimeZoneOffset": checks.offset,
    "eventID": uri,
    "certificationInfo": _certification,
    "errorDeclaration": _ERROR,
}
_SHARED: dict[str, Check] = COMMON | {
    "bizStep": checks.word_of(vocabulary.BIZ_STEP),
    "disposition": checks.disposition,
    "persistentDisposition": record({"set": _DISPOSITIONS, "unset": _DISPOSITIONS}),
    "readPoint": _PLACE,
    "bizLocation": _PLACE,
    "bizTransactionList": _TRANSACTIONS,
    "sourceList": list_of(record({"type": _PARTY_TYPE, "source": uri}, required="type source")),
    "destinationList": list_of(
        record({"type": _PARTY_TYPE, "destination": uri}, required="type destination")
    ),
    "sensorElementList": _sensors(is_from_xml=False),
}
_EPCS = list_of(uri)
_DIFFERENT_EPCS = checks.all_different(_EPCS)
_ILMD = record({}, extensible=True)
_OWN: dict[str, Check] = {
    "action": checks.one_of(vocabulary.ACTIONS),
    "epcList": _EPCS,
    "childEPCs": _EPCS,
    "inputEPCList": _DIFFERENT_EPCS,
    "outputEPCList": _DIFFERENT_EPCS,
    "parentID": uri,
    "transformationID": uri,
    "ilmd": _ILMD,
    **dict.fromkeys(
        ["quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"], QUANTITIES
    ),
}
STANDARD: dict[str, Check] = _SHARED | _OWN
"""What the standard's names hold in whichever event they stand."""
_TIMES = "type eventTime eventTimeZoneOffset"
_REQUIRED = {
    "ObjectEvent": "action",
    "AggregationEvent": "action",
    "AssociationEvent": "action parentID",
    "TransactionEvent": "action bizTransactionList",
    "TransformationEvent": "",
}


def _only_in_xml(value: object, at: str) -> Iterator[Problem]:  # noqa: ARG001 (a check takes both)
    yield Problem(
        at,
        "found persistentDisposition, expected it in JSON only in ObjectEvent and "
        "TransformationEvent; XML allows it here",
    )


def _event(kind: str, *, is_from_xml: bool) -> Check:
    sensors = {"sensorElementList": _sensors(is_from_xml=is_from_xml)}
    fields = _SHARED | sensors | {name: _OWN[name] for name in OWN_FIELDS[kind]}
    if kind == "ObjectEvent":
        fields["epcList"] = _DIFFERENT_EPCS
    if kind in WITHOUT_PERSISTENT_DISPOSITION and not is_from_xml:
        fields["persistentDisposition"] = _only_in_xml
    return record(fields, required=f"{_TIMES} {_REQUIRED[kind]}", extensible=True)


EVENTS: dict[str, Check] = {kind: _event(kind, is_from_xml=False) for kind in _REQUIRED}
EVENTS_FROM_XML: dict[str, Check] = {kind: _event(kind, is_from_xml=True) for kind in _REQUIRED}


def _attribute(value: object, at: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, str | int | float | dict):
        yield Problem(at, f"found {shown(value)}, expected a text, a number or an object")


_ATTRIBUTES = list_of(record({"id": uri, "attribute": _attribute}, required="id", is_open=True))
_ELEMENT = record(
    {"id": uri, "attributes": _ATTRIBUTES, "children": list_of(uri)}, required="id", is_open=True
)
VOCABULARIES = list_of(
    record({"type": uri, "vocabularyElementList": list_of(_ELEMENT)}, required="type", is_open=True)
)
HEADER = record(
    {"epcisMasterData": record({"vocabularyList": VOCABULARIES}, is_open=True)}, extensible=True
)

"""Which check belongs to which field of which event type."""

from collections.abc import Iterator

from originmark.standards.epcis import checks, vocabulary
from originmark.standards.epcis.checks import Check, list_of, record, uri
from originmark.standards.epcis.decode import OWN_FIELDS
from originmark.standards.epcis.problems import Problem, shown


def _certification(value: object, at: str) -> Iterator[Problem]:
    yield from (list_of(uri) if isinstance(value, list) else uri)(value, at)


QUANTITIES = list_of(
    record(
        {"epcClass": uri, "quantity": checks.number, "uom": checks.uom},
        required="epcClass",
    )
)
_PLACE = record({"id": uri}, required="id", extensible=True)
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
_REPORT = record(
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
    },
    required="type",
    extensible=True,
)
_SENSORS = list_of(
    record(
        {"sensorMetadata": _METADATA, "sensorReport": list_of(_REPORT, at_least=1)},
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
    """Check an ``@context``: a URI, an object, or a list of either."""
    for index, each in enumerate(value if isinstance(value, list) else [value]):
        if not isinstance(each, dict) and not checks.is_uri(each):
            where = f"{at}/{index}" if isinstance(value, list) else at
            yield Problem(
                where, f"found {shown(each)}, expected the address of a context or an object"
            )


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
    "sensorElementList": _SENSORS,
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
_TIMES = "type eventTime eventTimeZoneOffset"


def _event(kind: str, required: str, **instead: Check) -> Check:
    own = {name: _OWN[name] for name in OWN_FIELDS[kind]}
    return record(_SHARED | own | instead, required=f"{_TIMES} {required}", extensible=True)


EVENTS: dict[str, Check] = {
    "ObjectEvent": _event("ObjectEvent", "action", epcList=_DIFFERENT_EPCS),
    "AggregationEvent": _event("AggregationEvent", "action"),
    "AssociationEvent": _event("AssociationEvent", "action parentID"),
    "TransactionEvent": _event("TransactionEvent", "action bizTransactionList"),
    "TransformationEvent": _event("TransformationEvent", ""),
}

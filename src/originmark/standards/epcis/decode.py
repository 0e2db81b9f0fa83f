"""From a JSON event that is valid to a typed value."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.events import (
    AggregationEvent,
    AssociationEvent,
    EpcisEvent,
    ExtensionEvent,
    ObjectEvent,
    TransactionEvent,
    TransformationEvent,
)
from originmark.standards.epcis.times import parse_moment
from originmark.standards.epcis.values import (
    BusinessTransaction,
    ErrorDeclaration,
    Party,
    PersistentDisposition,
    Place,
    Quantity,
    SensorElement,
)

Json = Mapping[str, Any]


def decode_event(body: Json) -> EpcisEvent:
    """Return the typed value of a JSON event.

    The event must be valid (``validation.event_problems`` yields nothing worse than advice);
    anything else ends in a KeyError, TypeError or ValueError.
    """
    decoder = _DECODERS.get(body["type"])
    return _extension_event(body) if decoder is None else decoder(body)


def _number(value: float) -> Decimal:
    return Decimal(str(value))


def _uris(body: Json, name: str) -> tuple[str, ...]:
    return tuple(body.get(name, ()))


def _quantities(body: Json, name: str) -> tuple[Quantity, ...]:
    return tuple(
        Quantity(
            each["epcClass"],
            _number(each["quantity"]) if "quantity" in each else None,
            each.get("uom"),
        )
        for each in body.get(name, ())
    )


def _own(body: Json, known: frozenset[str]) -> dict[str, Any]:
    """Return the fields of somebody's own, beside the standard's."""
    return {name: value for name, value in body.items() if name not in known}


def _place(value: Json | None) -> Place | None:
    return None if value is None else Place(value["id"], _own(value, frozenset({"id"})))


def _persistent(value: Json | None) -> PersistentDisposition | None:
    if value is None:
        return None
    normalise = vocabulary.DISPOSITION.normalise
    return PersistentDisposition(
        tuple(map(normalise, value.get("set", ()))), tuple(map(normalise, value.get("unset", ())))
    )


_ERROR_FIELDS = frozenset({"declarationTime", "reason", "correctiveEventIDs"})


def _error(value: Json | None) -> ErrorDeclaration | None:
    if value is None:
        return None
    reason = value.get("reason")
    return ErrorDeclaration(
        parse_moment(value["declarationTime"]),
        None if reason is None else vocabulary.ERROR_REASON.normalise(reason),
        tuple(value.get("correctiveEventIDs", ())),
        _own(value, _ERROR_FIELDS),
    )


def _transaction(value: Json) -> BusinessTransaction:
    kind = value.get("type")
    return BusinessTransaction(
        value["bizTransaction"],
        None if kind is None else vocabulary.TRANSACTION_TYPE.normalise(kind),
    )


def _parties(body: Json, name: str, key: str) -> tuple[Party, ...]:
    normalise = vocabulary.PARTY_TYPE.normalise
    return tuple(Party(normalise(each["type"]), each[key]) for each in body.get(name, ()))


_SENSOR_FIELDS = frozenset({"sensorMetadata", "sensorReport"})


def _sensors(body: Json) -> tuple[SensorElement, ...]:
    return tuple(
        SensorElement(
            tuple(each["sensorReport"]), each.get("sensorMetadata"), _own(each, _SENSOR_FIELDS)
        )
        for each in body.get("sensorElementList", ())
    )


COMMON_FIELDS = frozenset(
    [
        "@context",
        "type",
        "eventTime",
        "recordTime",
        "eventTimeZoneOffset",
        "eventID",
        "certificationInfo",
        "errorDeclaration",
    ]
)
SHARED_FIELDS = COMMON_FIELDS | frozenset(
    [
        "bizStep",
        "disposition",
        "persistentDisposition",
        "readPoint",
        "bizLocation",
        "bizTransactionList",
        "sourceList",
        "destinationList",
        "sensorElementList",
    ]
)
OWN_FIELDS = {
    "ObjectEvent": frozenset({"action", "epcList", "quantityList", "ilmd"}),
    "AggregationEvent": frozenset({"action", "parentID", "childEPCs", "childQuantityList"}),
    "AssociationEvent": frozenset({"action", "parentID", "childEPCs", "childQuantityList"}),
    "TransactionEvent": frozenset({"action", "parentID", "epcList", "quantityList"}),
    "TransformationEvent": frozenset(
        [
            "inputEPCList",
            "inputQuantityList",
            "outputEPCList",
            "outputQuantityList",
            "transformationID",
            "ilmd",
        ]
    ),
}
STANDARD_FIELDS = {kind: SHARED_FIELDS | own for kind, own in OWN_FIELDS.items()}


def _common(body: Json, known: frozenset[str]) -> dict[str, Any]:
    papers = body.get("certificationInfo", ())
    record_time = body.get("recordTime")
    return {
        "event_time": parse_moment(body["eventTime"]),
        "event_time_zone_offset": body["eventTimeZoneOffset"],
        "event_id": body.get("eventID"),
        "record_time": None if record_time is None else parse_moment(record_time),
        "certification_info": (papers,) if isinstance(papers, str) else tuple(papers),
        "error_declaration": _error(body.get("errorDeclaration")),
        "extensions": _own(body, known),
    }


def _shared(body: Json) -> dict[str, Any]:
    step, disposition = body.get("bizStep"), body.get("disposition")
    return _common(body, STANDARD_FIELDS[body["type"]]) | {
        "biz_step": None if step is None else vocabulary.BIZ_STEP.normalise(step),
        "disposition": None
        if disposition is None
        else vocabulary.DISPOSITION.normalise(disposition),
        "persistent_disposition": _persistent(body.get("persistentDisposition")),
        "read_point": _place(body.get("readPoint")),
        "biz_location": _place(body.get("bizLocation")),
        "biz_transactions": tuple(map(_transaction, body.get("bizTransactionList", ()))),
        "sources": _parties(body, "sourceList", "source"),
        "destinations": _parties(body, "destinationList", "destination"),
        "sensor_elements": _sensors(body),
    }


def _epcs(body: Json) -> tuple[str, ...] | None:
    return tuple(body["epcList"]) if "epcList" in body else None


def _object(body: Json) -> ObjectEvent:
    return ObjectEvent(
        **_shared(body),
        action=body["action"],
        epcs=_epcs(body),
        quantities=_quantities(body, "quantityList"),
        ilmd=body.get("ilmd"),
    )


def _aggregation(body: Json) -> AggregationEvent:
    return AggregationEvent(
        **_shared(body),
        action=body["action"],
        parent_id=body.get("parentID"),
        child_epcs=_uris(body, "childEPCs"),
        child_quantities=_quantities(body, "childQuantityList"),
    )


def _association(body: Json) -> AssociationEvent:
    return AssociationEvent(
        **_shared(body),
        action=body["action"],
        parent_id=body["parentID"],
        child_epcs=_uris(body, "childEPCs"),
        child_quantities=_quantities(body, "childQuantityList"),
    )


def _transaction_event(body: Json) -> TransactionEvent:
    return TransactionEvent(
        **_shared(body),
        action=body["action"],
        parent_id=body.get("parentID"),
        epcs=_epcs(body),
        quantities=_quantities(body, "quantityList"),
    )


def _transformation(body: Json) -> TransformationEvent:
    return TransformationEvent(
        **_shared(body),
        input_epcs=_uris(body, "inputEPCList"),
        input_quantities=_quantities(body, "inputQuantityList"),
        output_epcs=_uris(body, "outputEPCList"),
        output_quantities=_quantities(body, "outputQuantityList"),
        transformation_id=body.get("transformationID"),
        ilmd=body.get("ilmd"),
    )


def _extension_event(body: Json) -> ExtensionEvent:
    return ExtensionEvent(**_common(body, COMMON_FIELDS), type_uri=body["type"])


_DECODERS: dict[str, Callable[[Json], EpcisEvent]] = {
    "ObjectEvent": _object,
    "AggregationEvent": _aggregation,
    "AssociationEvent": _association,
    "TransactionEvent": _transaction_event,
    "TransformationEvent": _transformation,
}

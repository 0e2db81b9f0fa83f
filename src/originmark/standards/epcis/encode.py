"""From a typed value to a JSON event, with standard values as bare words."""

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch
from typing import Any

from originmark.standards.epcis.events import (
    AggregationEvent,
    AssociationEvent,
    EpcisEvent,
    ExtensionEvent,
    ObjectEvent,
    StandardEvent,
    TransactionEvent,
    TransformationEvent,
)
from originmark.standards.epcis.times import write_moment
from originmark.standards.epcis.values import (
    ErrorDeclaration,
    PersistentDisposition,
    Place,
    Quantity,
    SensorElement,
)

Json = dict[str, Any]


def encode_event(event: EpcisEvent) -> Json:
    """Return the JSON event of a typed value; what is absent is left out."""
    offset = event.event_time_zone_offset
    recorded = event.record_time
    common = {
        "type": event.type,
        "eventID": event.event_id,
        "eventTime": write_moment(event.event_time, offset),
        "eventTimeZoneOffset": offset,
        "recordTime": None if recorded is None else write_moment(recorded),
        "certificationInfo": list(event.certification_info) or None,
        "errorDeclaration": _error(event.error_declaration),
    }
    return _present(common) | _present(_fields(event)) | dict(event.extensions)


def _present(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _quantities(values: Iterable[Quantity]) -> list[Json] | None:
    return [
        _present(
            {
                "epcClass": each.epc_class,
                "quantity": None if each.quantity is None else _number(each.quantity),
                "uom": each.uom,
            }
        )
        for each in values
    ] or None


def _list(values: tuple[str, ...]) -> list[str] | None:
    return list(values) or None


def _optional_list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def _place(place: Place | None) -> Json | None:
    return None if place is None else {"id": place.id, **place.extensions}


def _error(error: ErrorDeclaration | None) -> Json | None:
    if error is None:
        return None
    return {
        "declarationTime": write_moment(error.declared_at),
        **_present(
            {"reason": error.reason, "correctiveEventIDs": _list(error.corrective_event_ids)}
        ),
        **error.extensions,
    }


def _persistent(value: PersistentDisposition | None) -> Json | None:
    return (
        None if value is None else _present({"set": _list(value.set), "unset": _list(value.unset)})
    )


def _sensor(element: SensorElement) -> Json:
    reports = [dict(report) for report in element.reports]
    metadata = None if element.metadata is None else dict(element.metadata)
    return _present({"sensorMetadata": metadata, "sensorReport": reports}) | dict(
        element.extensions
    )


def _shared(event: StandardEvent) -> Json:
    return {
        "bizStep": event.biz_step,
        "disposition": event.disposition,
        "persistentDisposition": _persistent(event.persistent_disposition),
        "readPoint": _place(event.read_point),
        "bizLocation": _place(event.biz_location),
        "bizTransactionList": [
            _present({"type": each.type, "bizTransaction": each.transaction})
            for each in event.biz_transactions
        ]
        or None,
        "sourceList": [{"type": each.type, "source": each.party} for each in event.sources] or None,
        "destinationList": [
            {"type": each.type, "destination": each.party} for each in event.destinations
        ]
        or None,
        "sensorElementList": [_sensor(each) for each in event.sensor_elements] or None,
    }


@singledispatch
def _fields(event: EpcisEvent) -> Json:
    raise TypeError(f"no event type of EPCIS: {type(event).__name__}")


@_fields.register
def _(event: ExtensionEvent) -> Json:  # noqa: ARG001 (all it has is common or an extension)
    return {}


@_fields.register
def _(event: ObjectEvent) -> Json:
    return {
        "action": event.action,
        "epcList": _optional_list(event.epcs),
        "quantityList": _quantities(event.quantities),
        "ilmd": None if event.ilmd is None else dict(event.ilmd),
        **_shared(event),
    }


@_fields.register(AggregationEvent)
@_fields.register(AssociationEvent)
def _(event: AggregationEvent | AssociationEvent) -> Json:
    return {
        "action": event.action,
        "parentID": event.parent_id,
        "childEPCs": _list(event.child_epcs),
        "childQuantityList": _quantities(event.child_quantities),
        **_shared(event),
    }


@_fields.register
def _(event: TransactionEvent) -> Json:
    return {
        "action": event.action,
        "parentID": event.parent_id,
        "epcList": _optional_list(event.epcs),
        "quantityList": _quantities(event.quantities),
        **_shared(event),
    }


@_fields.register
def _(event: TransformationEvent) -> Json:
    return {
        "inputEPCList": _list(event.input_epcs),
        "inputQuantityList": _quantities(event.input_quantities),
        "outputEPCList": _list(event.output_epcs),
        "outputQuantityList": _quantities(event.output_quantities),
        "transformationID": event.transformation_id,
        "ilmd": None if event.ilmd is None else dict(event.ilmd),
        **_shared(event),
    }

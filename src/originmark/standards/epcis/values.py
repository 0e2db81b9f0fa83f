"""The parts that events are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

Extensions = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of a class: no quantity is an unspecified amount, no unit is a count."""

    epc_class: str
    quantity: Decimal | None = None
    uom: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A read point or business location."""

    id: str
    extensions: Extensions = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BusinessTransaction:
    """A paper that the event belongs to: purchase order, despatch advice or certificate."""

    transaction: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a transfer: whom, or from where (source), to whom or where (destination)."""

    type: str
    party: str


@dataclass(frozen=True, slots=True)
class PersistentDisposition:
    """Conditions that last until they are lifted."""

    set: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorDeclaration:
    """Says that an earlier event with the same content was wrong."""

    declared_at: datetime
    reason: str | None = None
    corrective_event_ids: tuple[str, ...] = ()
    extensions: Extensions = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SensorElement:
    """What sensors reported; metadata and reports keep EPCIS's own field names."""

    reports: tuple[Mapping[str, Any], ...]
    metadata: Mapping[str, Any] | None = None
    extensions: Extensions = field(default_factory=dict)

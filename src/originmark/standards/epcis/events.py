"""The event types of EPCIS 2.0, one frozen class each.

Vocabulary values are bare words when they are standard, URIs otherwise. ``event_time`` is UTC;
the offset where it happened is ``event_time_zone_offset``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from originmark.standards.epcis.values import (
    BusinessTransaction,
    ErrorDeclaration,
    Extensions,
    Party,
    PersistentDisposition,
    Place,
    Quantity,
    SensorElement,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpcisEvent:
    """What every event says: when, and under which name."""

    event_time: datetime
    event_time_zone_offset: str
    event_id: str | None = None
    record_time: datetime | None = None
    certification_info: tuple[str, ...] = ()
    error_declaration: ErrorDeclaration | None = None
    extensions: Extensions = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Return the name of the event type as EPCIS writes it."""
        return self.__class__.__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardEvent(EpcisEvent):
    """What the five types of the standard share: why, and where."""

    biz_step: str | None = None
    disposition: str | None = None
    persistent_disposition: PersistentDisposition | None = None
    read_point: Place | None = None
    biz_location: Place | None = None
    biz_transactions: tuple[BusinessTransaction, ...] = ()
    sources: tuple[Party, ...] = ()
    destinations: tuple[Party, ...] = ()
    sensor_elements: tuple[SensorElement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectEvent(StandardEvent):
    """Something happened to objects: made (ADD), seen (OBSERVE), ended (DELETE)."""

    action: str
    epcs: tuple[str, ...] | None = None
    quantities: tuple[Quantity, ...] = ()
    ilmd: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregationEvent(StandardEvent):
    """Children were put into, seen in, or taken out of a parent."""

    action: str
    parent_id: str | None = None
    child_epcs: tuple[str, ...] = ()
    child_quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationEvent(StandardEvent):
    """Children were fixed to a parent, which may be a place or an asset, until further notice."""

    action: str
    parent_id: str
    child_epcs: tuple[str, ...] = ()
    child_quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionEvent(StandardEvent):
    """Objects were tied to, or untied from, business transactions."""

    action: str
    parent_id: str | None = None
    epcs: tuple[str, ...] | None = None
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformationEvent(StandardEvent):
    """Inputs were used up, wholly or in part, and outputs came of them."""

    input_epcs: tuple[str, ...] = ()
    input_quantities: tuple[Quantity, ...] = ()
    output_epcs: tuple[str, ...] = ()
    output_quantities: tuple[Quantity, ...] = ()
    transformation_id: str | None = None
    ilmd: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionEvent(EpcisEvent):
    """An event type of somebody's own; all but the common fields stays as it was written."""

    type_uri: str

    @property
    def type(self) -> str:
        """Return the URI or CURIE of the type."""
        return self.type_uri

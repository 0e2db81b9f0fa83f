"""Which identifiers an event names, in which role."""

from collections.abc import Iterator
from functools import singledispatch

from originmark.standards.epcis.events import (
    AggregationEvent,
    AssociationEvent,
    EpcisEvent,
    ObjectEvent,
    StandardEvent,
    TransactionEvent,
    TransformationEvent,
)
from originmark.standards.epcis.values import Quantity
from originmark.trace.ledger.models import EventIdentifier

Role = EventIdentifier.Role
Named = tuple[str, str, float | None, str]
"""Identifier, role, quantity, unit."""


def identifiers(event: EpcisEvent) -> list[Named]:
    """Return every identifier that the event names, in the order of the standard."""
    named = list(_what(event))
    if isinstance(event, StandardEvent):
        named.extend(_why_and_where(event))
    return named


def _plain(role: str, values: tuple[str, ...] | None) -> Iterator[Named]:
    for value in values or ():
        yield value, role, None, ""


def _amounts(role: str, values: tuple[Quantity, ...]) -> Iterator[Named]:
    for each in values:
        amount = None if each.quantity is None else float(each.quantity)
        yield each.epc_class, role, amount, each.uom or ""


def _single(role: str, value: str | None) -> Iterator[Named]:
    if value is not None:
        yield value, role, None, ""


def _why_and_where(event: StandardEvent) -> Iterator[Named]:
    if event.read_point is not None:
        yield event.read_point.id, Role.READ_POINT.value, None, ""
    if event.biz_location is not None:
        yield event.biz_location.id, Role.LOCATION.value, None, ""
    for transaction in event.biz_transactions:
        yield transaction.transaction, Role.TRANSACTION.value, None, ""
    for source in event.sources:
        yield source.party, Role.SOURCE.value, None, ""
    for destination in event.destinations:
        yield destination.party, Role.DESTINATION.value, None, ""


@singledispatch
def _what(event: EpcisEvent) -> Iterator[Named]:  # noqa: ARG001 (an extension names what it likes)
    yield from ()


@_what.register(ObjectEvent)
@_what.register(TransactionEvent)
def _(event: ObjectEvent | TransactionEvent) -> Iterator[Named]:
    if isinstance(event, TransactionEvent):
        yield from _single(Role.PARENT.value, event.parent_id)
    yield from _plain(Role.EPC.value, event.epcs)
    yield from _amounts(Role.CLASS.value, event.quantities)


@_what.register(AggregationEvent)
@_what.register(AssociationEvent)
def _(event: AggregationEvent | AssociationEvent) -> Iterator[Named]:
    yield from _single(Role.PARENT.value, event.parent_id)
    yield from _plain(Role.CHILD.value, event.child_epcs)
    yield from _amounts(Role.CHILD_CLASS.value, event.child_quantities)


@_what.register
def _(event: TransformationEvent) -> Iterator[Named]:
    yield from _plain(Role.INPUT.value, event.input_epcs)
    yield from _amounts(Role.INPUT_CLASS.value, event.input_quantities)
    yield from _plain(Role.OUTPUT.value, event.output_epcs)
    yield from _amounts(Role.OUTPUT_CLASS.value, event.output_quantities)
    yield from _single(Role.TRANSFORMATION.value, event.transformation_id)

"""Events in a person's words."""

from datetime import UTC, datetime
from decimal import Decimal

from originmark.standards.epcis.events import TransformationEvent
from originmark.standards.epcis.values import Quantity
from originmark.trace.ledger import words

LOT = "urn:originmark:local:lot:"


def _blend(*inputs: Quantity) -> TransformationEvent:
    return TransformationEvent(
        event_time=datetime(2026, 10, 6, 2, tzinfo=UTC),
        event_time_zone_offset="+08:00",
        input_quantities=inputs,
        output_quantities=(Quantity(f"{LOT}C", Decimal("58050"), "KGM"),),
    )


def test_lots_that_go_in_whole_are_counted() -> None:
    event = _blend(Quantity(f"{LOT}A"), Quantity(f"{LOT}B"))

    assert words.sentence(event) == "Transformation: 2 went in, 58050 kg came out."


def test_amounts_that_are_said_are_told() -> None:
    event = _blend(Quantity(f"{LOT}A", Decimal("60000"), "KGM"))

    assert words.sentence(event) == "Transformation: 60000 kg went in, 58050 kg came out."

"""The EPCIS documents that the benches of the ledger capture, made so that nothing is random.

``plain`` holds observations alone: the same event over and over, with six identifiers.

``mixed`` is what a partner of a rice programme sends in a season. Ten events tell the story of
one delivery, so a document of 1,000 events tells of 100. Each comes after what it presupposes, so
capture has nothing to advise; an event is 0.74 kB and names 5.6 things:

1. harvest: ObjectEvent ADD, commissioning, a lot in kilograms with ``ilmd``
2. storing the paddy: ObjectEvent OBSERVE with temperature and humidity of a sensor
3. milling: TransformationEvent, the lot into rice and bran
4. packing into bags: TransformationEvent, part of the rice into six single bags with ``ilmd``
5. packing the bags: AggregationEvent ADD, six children into a case
6. packing the rest: AggregationEvent ADD, an amount of the rice into a second case
7. selling: TransactionEvent ADD, the first case under an order
8. shipping: ObjectEvent OBSERVE of both cases, with source, destination and despatch advice
9. on the road: ObjectEvent OBSERVE with the temperatures of a logger
10. receiving: ObjectEvent OBSERVE of both cases, with source and destination

Every other delivery is told in EPC URNs, the others in GS1 Digital Links.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from originmark.standards.gs1.keys import check_digit

EVENTS = 1000
BAGS = 6
PARTY = "https://id.gs1.org/417/952110000000"
HEAD = {
    "@context": [
        "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        {"ex": "https://ex.example/voc/"},
    ],
    "type": "EPCISDocument",
    "schemaVersion": "2.0",
    "creationDate": "2026-09-30T08:00:00Z",
}
_FIRST = datetime.fromisoformat("2026-09-01T06:00:00+08:00")
_PREFIX = "9521100"
Event = dict[str, Any]


def plain(number: int) -> bytes:
    """Return the document of that number, of plain observations."""
    return _document(event(number * EVENTS + each) for each in range(EVENTS))


def mixed(number: int) -> bytes:
    """Return the document of that number, of whole deliveries."""
    deliveries = range(number * EVENTS // 10, (number + 1) * EVENTS // 10)
    return _document(event for each in deliveries for event in _Delivery(each).events())


def _document(events: Iterator[Event]) -> bytes:
    return json.dumps(HEAD | {"epcisBody": {"eventList": list(events)}}).encode()


def event(number: int) -> Event:
    """Return an observation of 0.7 kB that names six things."""
    return {
        "type": "ObjectEvent",
        "eventID": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "eventTime": f"2026-09-{number % 28 + 1:02}T07:15:00.000+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": "inspecting",
        "disposition": "conformant",
        "epcList": [f"https://id.gs1.org/8004/9521100{number:012}"],
        "readPoint": {"id": "https://id.gs1.org/414/9521100000005"},
        "bizLocation": {"id": "https://id.gs1.org/414/9521100000012"},
        "bizTransactionList": [{"type": "desadv", "bizTransaction": f"urn:desadv:{number}"}],
        "sourceList": [{"type": "possessing_party", "source": f"{PARTY}5"}],
        "destinationList": [{"type": "possessing_party", "destination": f"{PARTY}6"}],
    }


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a sender writes identifiers."""

    unit: Callable[[int, str], str]
    lot: Callable[[int, str], str]
    case: Callable[[int], str]
    place: Callable[[int], str]
    party: Callable[[int], str]


def _link(ai: str, digits: str) -> str:
    return f"https://id.gs1.org/{ai}/{digits}{check_digit(digits)}"


_URNS = _Spelling(
    unit=lambda item, serial: f"urn:epc:id:sgtin:{_PREFIX}.0{item:05}.{serial}",
    lot=lambda item, lot: f"urn:epc:class:lgtin:{_PREFIX}.0{item:05}.{lot}",
    case=lambda serial: f"urn:epc:id:sscc:{_PREFIX}.0{serial:09}",
    place=lambda place: f"urn:epc:id:sgln:{_PREFIX}.{place:05}.0",
    party=lambda party: f"urn:epc:id:pgln:{_PREFIX}.{party:05}",
)
_LINKS = _Spelling(
    unit=lambda item, serial: f"{_link('01', f'0{_PREFIX}{item:05}')}/21/{serial}",
    lot=lambda item, lot: f"{_link('01', f'0{_PREFIX}{item:05}')}/10/{lot}",
    case=lambda serial: _link("00", f"0{_PREFIX}{serial:09}"),
    place=lambda place: _link("414", f"{_PREFIX}{place:05}"),
    party=lambda party: _link("417", f"{_PREFIX}{party:05}"),
)
_PADDY, _RICE, _BRAN, _BAG = 11, 12, 13, 14


class _Delivery:
    """One delivery of paddy and what becomes of it; deliveries are an hour apart."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.spelling = _LINKS if number % 2 else _URNS
        self.farm, self.shop = self.spelling.place(number % 40), self.spelling.place(90)
        self.mill, self.dock = self.spelling.place(80), self.spelling.place(81)
        self.paddy = self.spelling.lot(_PADDY, f"P{number:06}")
        self.rice = self.spelling.lot(_RICE, f"R{number:06}")
        self.cases = [self.spelling.case(2 * number), self.spelling.case(2 * number + 1)]
        self.bags = [self.spelling.unit(_BAG, f"{BAGS * number + bag:08}") for bag in range(BAGS)]

    def events(self) -> list[Event]:
        """Return the events of the delivery in their order."""
        told = [*self._harvested(), *self._packed(), *self._sent()]
        return [self._common(step, event) | event for step, event in enumerate(told)]

    def _common(self, step: int, event: Event) -> Event:
        return {
            "type": event["type"],
            "eventID": f"urn:uuid:00000000-0000-4000-9000-{10 * self.number + step:012}",
            "eventTime": self._time(step),
            "eventTimeZoneOffset": "+08:00",
        }

    def _time(self, step: int) -> str:
        at = _FIRST + timedelta(hours=self.number % 600, minutes=5 * step)
        return at.isoformat(timespec="milliseconds")

    def _harvested(self) -> Iterator[Event]:
        mass = 800 + self.number % 400
        bran = self.spelling.lot(_BRAN, f"B{self.number:06}")
        yield {
            "type": "ObjectEvent",
            "action": "ADD",
            "bizStep": "commissioning",
            "disposition": "active",
            "quantityList": [_kilograms(self.paddy, mass)],
            **_at(self.farm),
            "ilmd": {
                "ex:harvestDate": f"2026-08-{self.number % 28 + 1:02}",
                "ex:variety": "Demonstration 1",
                "ex:plot": f"plot-{self.number % 40}",
                "ex:moisture": {"ex:percent": 13.5 + self.number % 5 / 10, "ex:method": "oven"},
                "ex:certificate": f"https://ex.example/certificates/{self.number % 40}",
            },
        }
        yield {
            "type": "ObjectEvent",
            "action": "OBSERVE",
            "bizStep": "storing",
            "disposition": "in_progress",
            "quantityList": [_kilograms(self.paddy, mass)],
            **_at(self.mill),
            "sensorElementList": [self._sensed(("Temperature", "CEL"), ("RelativeHumidity", "P1"))],
        }
        yield {
            "type": "TransformationEvent",
            "inputQuantityList": [_kilograms(self.paddy, mass)],
            "outputQuantityList": [_kilograms(self.rice, mass * 0.65), _kilograms(bran, mass / 8)],
            "transformationID": f"urn:ex:milling:{self.number}",
            "bizStep": "commissioning",
            "disposition": "active",
            **_at(self.mill),
            "ex:machine": f"M{self.number % 3}",
        }

    def _packed(self) -> Iterator[Event]:
        packing = {"bizStep": "packing", "disposition": "in_progress", **_at(self.mill)}
        yield {
            "type": "TransformationEvent",
            "inputQuantityList": [_kilograms(self.rice, 5.0 * BAGS)],
            "outputEPCList": self.bags,
            "bizStep": "commissioning",
            "disposition": "active",
            **_at(self.mill),
            "ilmd": {"ex:bestBefore": f"2027-09-{self.number % 28 + 1:02}", "ex:lot": self.rice},
        }
        yield {
            "type": "AggregationEvent",
            "parentID": self.cases[0],
            "childEPCs": self.bags,
            "action": "ADD",
            **packing,
        }
        yield {
            "type": "AggregationEvent",
            "parentID": self.cases[1],
            "childQuantityList": [_kilograms(self.rice, 400)],
            "action": "ADD",
            **packing,
        }
        yield {
            "type": "TransactionEvent",
            "bizTransactionList": [_paper("po", self.number // 4)],
            "epcList": self.cases[:1],
            "action": "ADD",
            "bizStep": "accepting",
            "disposition": "sellable_not_accessible",
            **_at(self.dock),
        }

    def _sent(self) -> Iterator[Event]:
        seller, buyer = self.spelling.party(7), self.spelling.party(8)
        ends = {
            "sourceList": [{"type": "owning_party", "source": seller}],
            "destinationList": [{"type": "owning_party", "destination": buyer}],
        }
        yield {
            "type": "ObjectEvent",
            "action": "OBSERVE",
            "bizStep": "shipping",
            "disposition": "in_transit",
            "epcList": self.cases,
            **_at(self.dock),
            "bizTransactionList": [
                _paper("desadv", self.number), _paper("po", self.number // 4)
            ],
            **ends,
        }  # fmt: skip
        yield {
            "type": "ObjectEvent",
            "action": "OBSERVE",
            "bizStep": "transporting",
            "disposition": "in_transit",
            "epcList": self.cases[:1],
            "readPoint": {"id": f"geo:{10 + self.number % 7}.5,106.5"},
            "sensorElementList": [
                self._sensed(("Temperature", "CEL"), ("Temperature", "CEL"), ("Speed", "KMH"))
            ],
        }
        yield {
            "type": "ObjectEvent",
            "action": "OBSERVE",
            "bizStep": "receiving",
            "disposition": "in_progress",
            "epcList": self.cases,
            **_at(self.shop),
            "bizTransactionList": [
                _paper("desadv", self.number), _paper("recadv", self.number)
            ],
            **ends,
        }  # fmt: skip

    def _sensed(self, *measured: tuple[str, str]) -> Event:
        device = f"urn:epc:id:giai:{_PREFIX}.S{self.number % 20}"
        low = 15 + self.number % 120 / 10
        return {
            "sensorMetadata": {
                "startTime": self._time(0),
                "endTime": self._time(1),
                "deviceID": device,
            },
            "sensorReport": [
                {
                    "type": kind,
                    "minValue": low + place,
                    "maxValue": low + place + 2.25,
                    "meanValue": low + place + 0.5,
                    "uom": unit,
                }
                for place, (kind, unit) in enumerate(measured)
            ],
        }


def _at(place: str) -> Event:
    return {"readPoint": {"id": place}, "bizLocation": {"id": place}}


def _kilograms(lot: str, mass: float) -> Event:
    return {"epcClass": lot, "quantity": mass, "uom": "KGM"}


def _paper(kind: str, number: int) -> Event:
    return {"type": kind, "bizTransaction": f"urn:epcglobal:cbv:bt:9521100000005:{kind}{number}"}

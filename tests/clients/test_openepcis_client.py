"""PyPI ``openepcis-client``, which others wrote for another server, drives ours."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from clients.conftest import Server
from openepcis_client import events as build
from openepcis_client.core.client import Client
from openepcis_client.core.config import ClientConfig
from openepcis_client.core.errors import OpenEpcisError
from openepcis_client.events import Capture, Query

pytestmark = pytest.mark.slow
AT = datetime(2026, 9, 1, 7, 15, tzinfo=UTC)
GLN = "9521100000005"
ORDER = [("po", "urn:epc:id:gdti:9521100.00001.4711")]
_serials = count(1)


@dataclass(frozen=True)
class Key:
    """The client's seam for whoever knows where tokens come from."""

    secret: str

    def bearer(self) -> str:
        return self.secret

    def invalidate(self) -> None:
        """A key has nothing to renew."""


def client(server: Server, key: str = "both") -> Client:
    return Client(ClientConfig(server.epcis), Key(server.keys[key]))


@pytest.fixture
def capture(server: Server) -> Capture:
    return Capture(client(server))


@pytest.fixture
def query(server: Server) -> Query:
    return Query(client(server))


def a_unit() -> str:
    return build.instance_uri("9521101530001", serial=f"S{next(_serials)}")


def an_event(unit: str, *, minute: int = 0) -> dict[str, Any]:
    return build.object_event(
        action="OBSERVE", event_time=AT + timedelta(minutes=minute), epcs=[unit], read_point=GLN
    )


def five_types(unit: str, made: str) -> list[dict[str, Any]]:
    """One event of each type of the standard, all of which name the unit."""
    pallet = build.sscc_uri("952110000000000017")
    packed = build.aggregation_event(
        action="ADD", event_time=AT, parent_id=pallet, child_epcs=[unit], biz_step="packing"
    )
    lot = build.quantity_element(build.instance_uri("9521101530001", lot="007"), 12.5, "KGM")
    return [
        build.object_event(
            action="ADD", event_time=AT, epcs=[unit], biz_step="commissioning",
            disposition="active", read_point=GLN, biz_location=GLN,
        ),
        packed,
        {**packed, "type": "AssociationEvent"},  # the client has no words of its own for it
        build.transaction_event(action="ADD", event_time=AT, biz_transactions=ORDER, epcs=[unit]),
        build.transformation_event(
            event_time=AT, input_epcs=[unit], input_quantities=[lot], output_epcs=[made]
        ),
    ]  # fmt: skip


@pytest.mark.conforms("E-1", "E-2", "E-3", "E-4", "E-5", "C-1", "C-4", "H-Location", "ST-202")
def test_it_captures_the_five_types_and_polls_the_job(capture: Capture, query: Query) -> None:
    unit, made = a_unit(), a_unit()
    sent = five_types(unit, made)

    receipt = capture.submit(build.document(sent))

    assert receipt.answerable
    outcome = capture.outcome(receipt)
    while outcome.running:
        outcome = capture.outcome(receipt)
    assert (outcome.known, outcome.success, outcome.errors) == (True, True, ())


@pytest.mark.conforms("C-1", "ST-400")
def test_it_reads_why_a_document_is_refused(capture: Capture) -> None:
    broken = {**an_event(a_unit()), "eventTime": "yesterday"}
    with pytest.raises(OpenEpcisError, match="eventTime") as refused:
        capture.submit(build.document([broken]))
    assert refused.value.status == 400


@pytest.mark.conforms("C-10", "ST-401", "ST-403")
def test_it_says_what_a_key_may_not(server: Server) -> None:
    assert Capture(client(server)).check() == ""
    assert Query(client(server)).check() == ""
    assert "does not hold the 'query' role" in Query(client(server, "capture")).check()
    with pytest.raises(OpenEpcisError) as refused:
        Capture(client(server, "query")).submit(build.document([an_event(a_unit())]))
    assert refused.value.status == 403
    stranger = Client(ClientConfig(server.epcis), Key("omk_00000000_unknown"))
    assert Query(stranger).check() == "The repository did not accept the credential at all."


@pytest.fixture
def _others_write(server: Server) -> Iterator[None]:
    """Captures one document after another until the block ends, with a client of its own."""
    writing, begun = threading.Event(), threading.Event()

    def write() -> None:
        mine = Capture(client(server))
        while not writing.is_set():
            mine.submit(build.document([an_event(a_unit()) for _ in range(3)]))
            begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(30)
    yield
    writing.set()
    thread.join(30)


@pytest.mark.conforms("Q-nextPageToken", "Q-perPage", "Q-GE_recordTime", "T-5", "QS-gap-free")
@pytest.mark.usefixtures("_others_write")
def test_pages_lose_and_repeat_nothing_while_others_write(capture: Capture, query: Query) -> None:
    units = [a_unit() for _ in range(40)]
    capture.submit(build.document([an_event(a_unit())]))
    since = max(each["recordTime"] for each in query.page(per_page=1).events)
    capture.submit(build.document([an_event(unit) for unit in units]))

    read = list(query.since(since, per_page=7))

    names = [each["eventID"] for each in read]
    assert len(names) == len(set(names))
    assert min(each["recordTime"] for each in read) >= since
    named = [epc for each in read for epc in each.get("epcList", [])]
    assert [named.count(unit) for unit in units] == [1] * len(units)


@pytest.mark.conforms("R-/epcs/{epc}/events", "Q-MATCH_anyEPC")
def test_it_reads_what_happened_to_one_thing(capture: Capture, query: Query) -> None:
    unit, made = a_unit(), a_unit()
    sent = five_types(unit, made)
    capture.submit(build.document(sent))

    found = query.for_epc(unit)

    assert sorted(each["type"] for each in found) == sorted(each["type"] for each in sent)
    assert [each["type"] for each in query.for_epc(made)] == ["TransformationEvent"]
    with pytest.raises(OpenEpcisError) as unknown:
        query.for_epc(a_unit())
    assert unknown.value.status == 404

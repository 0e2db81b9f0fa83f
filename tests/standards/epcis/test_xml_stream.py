"""Large XML is read event by event, and problems of the JSON are found again in the XML."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.validation import document_problems
from originmark.standards.epcis.xml_places import in_xml
from originmark.standards.epcis.xml_reader import document_from_xml
from originmark.standards.epcis.xml_stream import iter_events, open_stream

HEAD = """<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" xmlns:ex="http://ns.example.com/"
 schemaVersion="2.0" creationDate="2026-09-22T07:15:00Z"><EPCISBody><EventList>
"""
EVENT = """<ObjectEvent>
<eventTime>2026-09-22T07:15:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
<epcList><epc>urn:x:{number}</epc></epcList><action>OBSERVE</action>{own}</ObjectEvent>
"""
END = "</EventList></EPCISBody></e:EPCISDocument>"


def an_event(number: int, own: str = "<ex:a>1</ex:a>") -> str:
    return EVENT.format(number=number, own=own)


def a_file(*events: str) -> io.BytesIO:
    return io.BytesIO((HEAD + "".join(events) + END).encode())


class Endless(io.RawIOBase):
    """A document of so many events that is never in memory as a whole."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._parts = self._written(count)
        self._rest = b""

    def _written(self, count: int) -> Iterator[bytes]:
        yield HEAD.encode()
        for number in range(count):
            yield an_event(number).encode()
        yield END.encode()

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk


@pytest.mark.conforms("X-read-2.0")
def test_a_stream_yields_what_the_document_holds(vectors: Path) -> None:
    seen = 0
    for path in sorted([*vectors.rglob("xml/**/*.xml"), *vectors.glob("hash/*.xml")]):
        if "CaptureJob" in path.name:
            continue
        document = document_from_xml(path.read_bytes())
        with path.open("rb") as file:
            stream = open_stream(file)
            found = list(stream.events)
        assert stream.head == {
            key: document[key] for key in document if key not in ("@context", "epcisBody")
        }
        assert [each.event for each in found] == document["epcisBody"]["eventList"]
        declared = document["@context"][1] if len(document["@context"]) > 1 else {}
        assert not found or found[-1].prefixes.items() <= declared.items()
        seen += len(found)
    assert seen == 105


PEAK = """
import resource, sys
from standards.epcis.test_xml_stream import Endless
from originmark.standards.epcis.xml_stream import iter_events
peaks = []
for count in (200, 8000):
    assert sum(1 for _ in iter_events(Endless(count))) == count
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(peaks[1] - peaks[0])
"""


@pytest.mark.conforms("X-safe")
def test_memory_stays_flat() -> None:
    """In a process of its own, whose peak nobody else has set; the tree would take 9 MB."""
    run = subprocess.run(
        [sys.executable, "-c", PEAK],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(["src", ".", "tests"])},
        cwd=Path(__file__).resolve().parents[3],
    )
    assert int(run.stdout) < 2_000


@pytest.mark.conforms("X-read-1.2")
def test_folded_and_own_events_are_in_the_stream() -> None:
    times = "<eventTime>2026-09-22T07:15:00Z</eventTime>"
    folded = f"<extension><ex:Harvest>{times}</ex:Harvest></extension>"
    found = [event["type"] for event, _ in iter_events(a_file(an_event(1), folded, an_event(2)))]
    assert found == ["ObjectEvent", "ex:Harvest", "ObjectEvent"]


def test_a_bad_event_ends_the_stream_or_is_handed_over() -> None:
    events = [an_event(1), an_event(2, "<oops/>"), an_event(3), "<Surprise/>"]
    expected = "found oops, expected a field of EPCIS 2.0 here"

    seen = []
    with pytest.raises(DocumentInvalid, match=expected) as refused:
        seen.extend(event["epcList"] for event, _ in iter_events(a_file(*events)))
    assert seen == [["urn:x:1"]]
    [problem] = refused.value.problems
    assert problem.pointer == "/line:8/EPCISBody/EventList/ObjectEvent[2]/oops"

    handed: list[Problem] = []
    rest = [event["epcList"] for event, _ in iter_events(a_file(*events), refuse=handed.extend)]
    assert rest == [["urn:x:1"], ["urn:x:3"]]
    assert [each.reason.partition(",")[0] for each in handed] == ["found oops", "found Surprise"]
    assert handed[1].pointer.startswith("/line:12/EPCISBody/EventList/Surprise[")


def test_a_greedy_stream_keeps_the_place_of_what_it_cannot_read() -> None:
    wrong = an_event(2, "<oops/>" * 200).replace("<action>", "<eventID>urn:n:2</eventID><action>")
    folded = f"<extension>{wrong}{an_event(3)}</extension>"

    found = list(open_stream(a_file(an_event(1), folded), is_greedy=True).events)

    assert [len(each.problems) for each in found] == [0, 100, 0]
    assert found[1].event == {"type": "ObjectEvent"}
    assert [found[at].event["epcList"] for at in (0, 2)] == [["urn:x:1"], ["urn:x:3"]]


@pytest.mark.conforms("X-safe")
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "this is no XML"),
        (HEAD.encode(), "this is no XML"),
        (b"<a/>", "found a, expected an EPCISDocument"),
        (b"<a><EPCISBody><EventList/></EPCISBody></a>", "found a, expected an EPCISDocument"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "entities and external files are not read"),
        (b"<!--" + b"-" * 0 + b" " * (1 << 21), "found no element in the first"),
    ],
)
def test_a_stream_is_read_as_safely(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentInvalid, match=reason):
        list(iter_events(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("<action>SEE</action>", "ObjectEvent[2]/action"),
        (("<extension><quantityList><quantityElement><quantity>1</quantity></quantityElement>"
         "</quantityList></extension>"),
         "ObjectEvent[2]/extension/quantityList/quantityElement"),
        (("<bizTransactionList><bizTransaction>urn:x:1</bizTransaction>"
         "<bizTransaction>no</bizTransaction></bizTransactionList>"),
         "ObjectEvent[2]/bizTransactionList/bizTransaction[2]"),
        (('<sensorElementList><sensorElement><sensorReport type="gs1:Mass"/>'
         '<sensorReport type="gs1:Mass" time="noon"/></sensorElement></sensorElementList>'),
         "ObjectEvent[2]/sensorElementList/sensorElement/sensorReport[2]/@time"),
        ("<ilmd><ex:a/></ilmd>", "ObjectEvent[2]/ilmd"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_json_is_found_in_xml(own: str, expected: str) -> None:
    what = an_event(2, own).replace("<action>OBSERVE</action>", "", own.startswith("<action"))
    data = a_file(an_event(1), what).getvalue()
    problems: list[Any] = [*document_problems(document_from_xml(data))]

    [found] = in_xml(data, problems)

    assert found.pointer == f"/line:8/EPCISBody/EventList/{expected}"
    assert found.reason == problems[0].reason


def test_what_is_wrong_with_the_whole_points_at_the_root() -> None:
    problem = Problem("/creationDate", "is missing")
    assert in_xml(a_file(an_event(1)).getvalue(), [problem])[0].pointer == "/line:2/EPCISDocument"


def test_ten_thousand_problems_are_found_in_a_moment() -> None:
    data = a_file(*(an_event(number) for number in range(3_000))).getvalue()
    problems = [Problem(f"/epcisBody/eventList/{n}/action", "no") for n in range(3_000)] * 3
    began = time.monotonic()
    found = in_xml(data, problems)
    assert time.monotonic() - began < 5
    assert found[999].pointer.endswith("/ObjectEvent[1000]/action")
    assert found[-1].pointer == "/line:9000/EPCISBody/EventList/ObjectEvent[3000]"

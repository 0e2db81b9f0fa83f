"""Documents of any size: in pieces the same as whole, and in memory that stays flat."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from builders.ledger import CONTEXT, a_document, a_transformation, an_object_event
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties.access import NOBODY, SYSTEM, NotAllowed
from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.streaming import read_events, read_shell
from originmark.standards.epcis.xml_writer import document_to_xml
from originmark.trace.ledger import capture_files, rules, services, sources
from originmark.trace.ledger.models import Event, MasterDataElement
from originmark.trace.ledger.values import CaptureResult, Tally

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]

text = st.text(alphabet='a"\\[]{},:é🌾\n', max_size=12)
values = st.recursive(
    st.none() | text | st.integers(-9, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


def in_pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@settings(max_examples=200)
@given(
    events=st.lists(st.dictionaries(text, values, max_size=3), max_size=5),
    around=values,
    size=st.integers(1, 40),
    indent=st.sampled_from([None, 1]),
)
def test_in_pieces_of_any_size_the_same_is_read(
    events: list[dict[str, Any]], around: Any, size: int, indent: int | None
) -> None:
    document = {
        "type": "EPCISDocument",
        "x": [around],
        "epcisBody": {"eventList": events},
        "z": around,
    }
    data = json.dumps(document, indent=indent, ensure_ascii=size % 2 == 0).encode()

    shell = read_shell(in_pieces(data, size))

    assert shell is not None
    assert shell.document == document | {"epcisBody": {"eventList": []}}
    inside = data[shell.start : shell.end]
    assert [orjson.loads(each) for each in read_events(in_pieces(inside, size))] == events


@pytest.mark.parametrize("inside", [b"{} {}", b"{},,{}", b",{}", b"{},", b"1", b"[{}]", b'{"a'])
def test_what_is_no_list_of_events_is_refused(inside: bytes) -> None:
    with pytest.raises(DocumentInvalid):
        list(read_events(in_pieces(inside, 2)))


def test_a_file_that_breaks_off_has_no_list() -> None:
    assert read_shell([b'{"epcisBody": {"eventList": [{"a": 1}, {"b"']) is None


class Counter:
    def __init__(self) -> None:
        self.tally, self.kept = Tally(), list[bool]()

    def hear(self, result: CaptureResult) -> None:
        self.tally.add(result)

    def keep(self, *, is_last: bool) -> None:
        self.kept.append(is_last)


@pytest.fixture
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_files, "SMALL", 0)
    monkeypatch.setattr(capture_files, "BATCH", 4)
    monkeypatch.setattr(sources, "PIECE", 700)


@pytest.fixture
def capture(tmp_path: Path) -> Callable[..., Counter]:
    def run(document: dict[str, Any] | bytes, **more: Any) -> Counter:
        path, counter = tmp_path / "document.json", Counter()
        path.write_bytes(document if isinstance(document, bytes) else orjson.dumps(document))
        terms = services.FileTerms(by=more.pop("by", SYSTEM), now=NOW, source="a file", **more)
        services.capture_file(path, terms, counter)
        return counter

    return run


def ten(**other: Any) -> list[dict[str, Any]]:
    events = [an_object_event(eventID=f"urn:n:{number}") for number in range(10)]
    events = [each | {"ex:n": number} for number, each in enumerate(events)]
    events[6] |= other
    return events


HEADER = {
    "epcisMasterData": {
        "vocabularyList": [{"type": "urn:a:b", "vocabularyElementList": [{"id": "urn:a:1"}]}]
    }
}


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
@pytest.mark.parametrize("behaviour", ["rollback", "proceed"])
def test_a_file_in_batches_is_captured_as_one_document(
    capture: Callable[..., Counter], behaviour: str
) -> None:
    document = a_document(*ten(), ten()[0]) | {"epcisHeader": HEADER}

    counter = capture(document, error_behaviour=behaviour)

    tally = counter.tally
    assert (tally.total, tally.stored, tally.repeated, tally.rejected) == (11, 10, 1, 0)
    assert [each.place for each in tally.outcomes] == list(range(11))
    assert counter.kept == ([True] if behaviour == "rollback" else [False, False, True])
    assert MasterDataElement.objects.count() == 1
    bodies = [orjson.loads(row.body) for row in Event.objects.order_by("pk")]
    assert bodies == document["epcisBody"]["eventList"][:10]
    assert services.check_log() == []


BAD = [
    {"action": "MAKE"},
    {"bizStep": 5},
    {"eventTime": "2027-01-01T00:00:00Z"},
    {"eventID": "urn:n:1"},
    {"ex:nul": "a\x00b"},
]


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: next(iter(bad)))
def test_one_bad_event_undoes_the_file_or_is_left_out(
    capture: Callable[..., Counter], bad: dict[str, Any]
) -> None:
    document = a_document(*ten(**bad))

    with pytest.raises(RuleViolation) as refused:
        capture(document)
    assert not Event.objects.exists()
    if isinstance(refused.value, rules.DocumentRefused):
        assert refused.value.pointer.startswith("/epcisBody/eventList/6")

    tally = capture(document, error_behaviour="proceed").tally
    assert (tally.stored, tally.rejected) == (9, 1)
    assert [each.place for each in tally.failures] == [6]
    assert services.check_log() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
@pytest.mark.parametrize("behaviour", ["rollback", "proceed"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"ex:n":8', b'"ex:n":8]'),
        (b'"schemaVersion":"2.0"', b'"schemaVersion":5'),
        (b'"epcisBody"', b'"epcisBodies"'),
        (b"]}}", b"]}"),
        (b"]}}", b'],"eventList":[]}}'),
    ],
)
def test_a_file_that_is_no_document_is_refused_before_anything_is_stored(
    capture: Callable[..., Counter], old: bytes, new: bytes, behaviour: str
) -> None:
    data = orjson.dumps(a_document(*ten()))
    assert old in data
    with pytest.raises(rules.DocumentRefused):
        capture(data.replace(old, new), error_behaviour=behaviour)
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
@pytest.mark.parametrize("behaviour", ["rollback", "proceed"])
def test_a_large_xml_file_says_what_the_json_file_says(
    capture: Callable[..., Counter], behaviour: str
) -> None:
    document = a_document(*ten(), context=[CONTEXT, {"ex": "https://ex.example/"}])

    tally = capture(
        document_to_xml(document), media_type="application/xml", error_behaviour=behaviour
    ).tally

    assert (tally.total, tally.stored) == (10, 10)
    again = capture(document).tally
    assert (again.stored, again.repeated) == (0, 10)
    assert services.check_log() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
@pytest.mark.conforms("C-2", "C-7")
@pytest.mark.parametrize("wrong", [b"<oops/><action>", b"<action><oops/>"])
def test_one_bad_xml_event_undoes_the_file_or_is_left_out(
    capture: Callable[..., Counter], wrong: bytes
) -> None:
    parts = document_to_xml(a_document(*ten())).split(b"<action>")
    data = b"<action>".join(parts[:7]) + wrong + b"<action>".join(parts[7:])

    with pytest.raises(rules.DocumentRefused):
        capture(data, media_type="application/xml")
    assert not Event.objects.exists()

    tally = capture(data, media_type="application/xml", error_behaviour="proceed").tally
    assert (tally.total, tally.stored, tally.rejected) == (10, 9, 1)
    [failure] = tally.failures
    assert (failure.place, failure.event_id) == (6, "urn:n:6")
    assert isinstance(failure.refusal, rules.DocumentRefused)
    assert failure.refusal.pointer.startswith("/line:")
    assert services.check_log() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
def test_a_large_xml_file_that_breaks_off_is_refused(capture: Callable[..., Counter]) -> None:
    data = document_to_xml(a_document(*ten()))
    with pytest.raises(rules.DocumentRefused):
        capture(data[:-100], media_type="application/xml", error_behaviour="proceed")
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
def test_a_file_with_more_events_than_are_taken_is_refused(
    capture: Callable[..., Counter],
) -> None:
    with pytest.raises(rules.TooManyEvents):
        capture(a_document(*ten()), most_events=9, error_behaviour="proceed")
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
def test_a_file_goes_on_where_it_stopped(capture: Callable[..., Counter]) -> None:
    counter = capture(a_document(*ten()), error_behaviour="proceed", skip=8)
    assert [each.place for each in counter.tally.outcomes] == [8, 9]
    assert counter.kept == [True]
    assert capture(a_document(*ten()), error_behaviour="proceed", skip=10).kept == [True]


@pytest.mark.django_db
@pytest.mark.usefixtures("_small_batches")
def test_who_may_not_capture_captures_no_file(capture: Callable[..., Counter]) -> None:
    with pytest.raises(NotAllowed):
        capture(a_document(a_transformation()), by=NOBODY)


GENERATE_AND_CAPTURE = """
import json, resource, sys
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import services
class Counter:
    stored = 0
    def hear(self, result): self.stored += len(result.stored)
    def keep(self, *, is_last): pass
def capture(path, size_mb, event, frame):
    with path.open("w") as file:
        head, foot = frame.split("EVENTS")
        file.write(head)
        number = 0
        while file.tell() < size_mb * 2**20:
            one = event | {"eventID": f"urn:n:{size_mb}:{number}", "ex:pad": "x" * 6000}
            file.write(("," if number else "") + json.dumps(one))
            number += 1
        file.write(foot)
    counter, now = Counter(), datetime(2026, 10, 1, tzinfo=UTC)
    services.capture_file(path, services.FileTerms(SYSTEM, now), counter)
    assert counter.stored == number
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
path, event, frame = Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]
print(json.dumps([capture(path, size_mb, event, frame) for size_mb in (6, 36)]))
"""


@pytest.mark.slow
def test_memory_stays_flat_however_large_the_document(
    own_database: dict[str, str], tmp_path: Path
) -> None:
    """A file of 36 MB costs at most 15 MB more than one of 6 MB."""
    if connection.vendor != "sqlite":
        pytest.skip("what is read, and kept of it, is the same on every database")
    document = json.dumps(a_document() | {"epcisBody": {"eventList": ["EVENTS"]}})
    done = subprocess.run(
        [
            sys.executable, "-c", GENERATE_AND_CAPTURE,
            str(tmp_path / "big.json"), json.dumps(an_object_event()),
            document.replace('"EVENTS"', "EVENTS"),
        ],
        env=own_database, check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    small, large = json.loads(done.stdout)
    assert large - small < 15, (small, large)

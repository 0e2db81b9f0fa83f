"""Capture that goes on past what is refused, tries without storing, and keeps master data."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders.ledger import (
    a_document,
    a_transformation,
    an_aggregation,
    an_object_event,
    as_bytes,
)
from builders.parties import an_actor, an_organisation

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties.access import SYSTEM, Actor, NotAllowed
from originmark.standards.epcis.xml_writer import document_to_xml
from originmark.trace.ledger import master_data, rules, selectors, services, sockets
from originmark.trace.ledger.models import Event, MasterDataElement
from originmark.trace.ledger.values import CaptureResult, StoredEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
NAMED = "urn:uuid:4f1c0000-0000-4000-8000-000000000001"


def capture(*events: dict[str, Any], **more: Any) -> CaptureResult:
    document = as_bytes(a_document(*events))
    return services.capture(document, by=SYSTEM, now=NOW, error_behaviour="proceed", **more)


def verdicts(result: CaptureResult) -> list[tuple[int, str]]:
    return [(each.place, each.verdict.value) for each in result.outcomes()]


@pytest.fixture
def listen() -> Iterator[Callable[[Any], None]]:
    stops = []
    yield lambda listener: stops.append(sockets.register_batch_listener(listener))
    for stop in stops:
        stop()


@pytest.mark.conforms("C-2", "C-7")
def test_what_is_valid_is_stored_and_each_failure_is_listed() -> None:
    services.capture([an_object_event(eventID=NAMED)], by=SYSTEM, now=NOW)
    ahead = (NOW + timedelta(days=1)).isoformat()

    result = capture(
        an_object_event(bizStep="roasting", eventID="urn:uuid:1"),
        a_transformation(),
        a_transformation(eventTime=ahead),
        an_object_event(eventID=NAMED, action="OBSERVE"),
        an_object_event(eventID=NAMED),
        an_aggregation(),
        an_aggregation(),
        an_object_event(**{"ex:note": "a\x00b"}),
    )

    assert verdicts(result) == [
        (0, "REJECTED"),
        (1, "ACCEPTED"),
        (2, "REJECTED"),
        (3, "REJECTED"),
        (4, "DUPLICATE"),
        (5, "ACCEPTED"),
        (6, "DUPLICATE"),
        (7, "REJECTED"),
    ]
    assert {each.place: type(each.refusal) for each in result.failures} == {
        0: rules.DocumentRefused,
        2: rules.EventFromTheFuture,
        3: rules.EventConflict,
        7: rules.DocumentRefused,
    }
    [first] = [each for each in result.failures if each.place == 0]
    assert isinstance(first.refusal, rules.DocumentRefused)
    assert first.event_id == "urn:uuid:1"
    assert first.refusal.pointer == "/epcisBody/eventList/0/bizStep"
    assert Event.objects.count() == 3
    assert services.check_log() == []


@pytest.mark.conforms("C-2", "C-7")
def test_xml_events_that_cannot_be_read_are_listed_and_cost_no_other_its_place() -> None:
    events = [an_object_event(eventID=f"urn:n:{n}", action="OBSERVE") for n in range(4)]
    data = document_to_xml(a_document(*events))
    data = data.replace(b"<eventID>urn:n:1</eventID>", b"<eventID>urn:n:1</eventID><oops/>")
    data = data.replace(b"<eventID>urn:n:3</eventID>", b"<eventID>no uri</eventID>")

    def send(behaviour: str) -> CaptureResult:
        return services.capture(
            data, by=SYSTEM, now=NOW, media_type="application/xml", error_behaviour=behaviour
        )

    with pytest.raises(rules.DocumentRefused):
        send("rollback")
    assert not Event.objects.exists()

    result = send("proceed")
    assert [each.event_id for each in result.stored] == ["urn:n:0", "urn:n:2"]
    assert result.places == [0, 2]
    [unreadable, invalid] = result.failures
    assert (unreadable.place, unreadable.event_id) == (1, "urn:n:1")
    assert (invalid.place, invalid.event_id) == (3, "no uri")
    told = [str(each.refusal.facts["pointer"]) for each in (unreadable, invalid)]
    assert [re.sub("[0-9]+", "N", each, count=1) for each in told] == [
        "/line:N/EPCISBody/EventList/ObjectEvent[2]/oops",
        "/line:N/EPCISBody/EventList/ObjectEvent[4]/eventID",
    ]
    assert services.check_log() == []


@pytest.mark.parametrize("broken", [{"@context": 5}, {"creationDate": "today"}, {"type": "Other"}])
def test_a_document_that_is_none_is_refused_as_a_whole(broken: dict[str, Any]) -> None:
    with pytest.raises(rules.DocumentRefused):
        services.capture(
            as_bytes(a_document() | broken), by=SYSTEM, now=NOW, error_behaviour="proceed"
        )
    assert not Event.objects.exists()


def test_a_listener_refuses_only_what_it_refuses(listen: Callable[[Any], None]) -> None:
    def refuse(stored: Sequence[StoredEvent], *, by: Actor, now: datetime) -> None:
        for each in stored:
            if each.body.get("ex:bad"):
                raise rules.EventConflict(event_id=each.event_id)

    listen(refuse)
    events = [an_object_event(**{"ex:n": n, "ex:bad": n in {3, 4, 11}}) for n in range(20)]

    result = capture(*events)

    assert sorted(each.place for each in result.failures) == [3, 4, 11]
    assert [place for place, verdict in verdicts(result) if verdict == "ACCEPTED"] == [
        place for place in range(20) if place not in {3, 4, 11}
    ]
    assert [each.id for each in result.stored] == list(range(17))
    assert selectors.checkpoint().size == 17
    assert services.check_log() == []


def test_who_may_not_capture_is_refused_under_proceed_too() -> None:
    with pytest.raises(NotAllowed):
        services.capture(
            as_bytes(a_document()),
            by=an_actor(an_organisation(), "viewer"),
            now=NOW,
            error_behaviour="proceed",
        )


@pytest.mark.conforms("C-9")
@pytest.mark.parametrize("behaviour", ["rollback", "proceed"])
def test_a_dry_run_says_the_same_and_stores_nothing(behaviour: str) -> None:
    services.capture([an_object_event(eventID=NAMED)], by=SYSTEM, now=NOW)
    header = {"epcisMasterData": {"vocabularyList": [a_vocabulary("urn:x:1")]}}
    document = a_document(an_object_event(eventID=NAMED), a_transformation())
    data = as_bytes(document | {"epcisHeader": header})

    tried = services.capture(data, by=SYSTEM, now=NOW, error_behaviour=behaviour, dry_run=True)
    assert verdicts(tried) == [(0, "DUPLICATE"), (1, "ACCEPTED")]
    assert (Event.objects.count(), selectors.checkpoint().size) == (1, 1)
    assert not MasterDataElement.objects.exists()

    done = services.capture(data, by=SYSTEM, now=NOW, error_behaviour=behaviour)
    assert verdicts(done) == verdicts(tried)
    assert Event.objects.count() == 2


@pytest.mark.conforms("C-9")
def test_a_dry_run_refuses_what_the_capture_would_refuse() -> None:
    services.capture([an_object_event(eventID=NAMED)], by=SYSTEM, now=NOW)
    with pytest.raises(RuleViolation):
        services.capture(
            [an_object_event(eventID=NAMED, action="OBSERVE")], by=SYSTEM, now=NOW, dry_run=True
        )


def a_vocabulary(element_id: str, **attributes: str) -> dict[str, Any]:
    return {
        "type": "urn:epcglobal:epcis:vtype:BusinessLocation",
        "vocabularyElementList": [
            {
                "id": element_id,
                "attributes": [
                    {"id": f"urn:epcglobal:cbv:mda#{name}", "attribute": value}
                    for name, value in attributes.items()
                ],
                "children": [f"{element_id}.1"],
            }
        ],
    }


def capture_header(*vocabularies: dict[str, Any], by: Actor = SYSTEM) -> None:
    header = {"epcisMasterData": {"vocabularyList": list(vocabularies)}}
    document = a_document() | {"epcisHeader": header}
    services.capture(as_bytes(document), by=by, now=NOW, source="mill.json")


@pytest.mark.conforms("C-8")
def test_master_data_is_kept_and_the_latest_counts() -> None:
    capture_header(a_vocabulary("urn:place:1", name="Mill"), a_vocabulary("urn:place:2"))
    capture_header(a_vocabulary("urn:place:1", name="Old mill"))
    capture_header(a_vocabulary("urn:place:1", name="Old mill"))

    assert MasterDataElement.objects.count() == 3
    [one, two] = master_data.latest(SYSTEM)
    assert (one.element_id, two.element_id) == ("urn:place:1", "urn:place:2")
    assert one.attributes == [{"id": "urn:epcglobal:cbv:mda#name", "attribute": "Old mill"}]
    assert (one.children, one.source) == (["urn:place:1.1"], "mill.json")


@pytest.mark.conforms("C-8")
def test_master_data_of_others_is_not_overwritten() -> None:
    ours, theirs = an_organisation(), an_organisation()
    capture_header(a_vocabulary("urn:place:1", name="Ours"), by=an_actor(ours))
    capture_header(a_vocabulary("urn:place:1", name="Theirs"), by=an_actor(theirs))

    [seen] = master_data.latest(an_actor(ours))
    assert seen.attributes[0]["attribute"] == "Ours"
    assert master_data.latest(SYSTEM).count() == 2


WRONG: list[Any] = [
    5,
    [5],
    [{"type": "no uri"}],
    [{"type": "urn:a:b", "vocabularyElementList": [{"id": 5}]}],
]


@pytest.mark.parametrize("wrong", WRONG)
def test_master_data_that_is_none_is_refused(wrong: Any) -> None:
    document = a_document() | {"epcisHeader": {"epcisMasterData": {"vocabularyList": wrong}}}
    with pytest.raises(rules.DocumentRefused) as refused:
        services.capture(as_bytes(document), by=SYSTEM, now=NOW)
    assert refused.value.pointer.startswith("/epcisHeader/epcisMasterData/vocabularyList")
    assert not Event.objects.exists()


def a_serial(number: int, **fields: Any) -> dict[str, Any]:
    serial = f"https://id.gs1.org/01/09521141012345/21/{number}"
    return an_object_event(quantityList=None, epcList=[serial], **fields)


def odd_events() -> list[dict[str, Any]]:
    """A serial that is seen a week before it comes into being, and one that is not."""
    early = {"action": "OBSERVE", "bizStep": "inspecting", "eventTime": "2026-09-15T07:15:00Z"}
    return [a_serial(1), a_serial(1, **early), a_serial(2)]


@pytest.mark.conforms("C-7")
def test_what_cannot_be_true_is_told_as_advice() -> None:
    result = capture(*odd_events())
    assert len(result.stored) == 3
    [told] = result.advice
    assert told.pointer == "/epcisBody/eventList/1/epcList/0"
    assert told.is_advice


def test_what_cannot_be_true_is_refused_where_the_policy_says_so(settings: Any) -> None:
    settings.LEDGER_SEMANTICS = ["*=refuse"]
    with pytest.raises(rules.ImpossibleEvent) as refused:
        services.capture(as_bytes(a_document(*odd_events())), by=SYSTEM, now=NOW)
    assert refused.value.pointer == "/epcisBody/eventList/1/epcList/0"
    assert not Event.objects.exists()

    result = capture(*odd_events())
    assert [each.place for each in result.failures] == [1]
    assert len(result.stored) == 2

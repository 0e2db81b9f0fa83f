"""Capture: the only way in."""

from datetime import UTC, datetime, timedelta

import pytest
from builders.ledger import (
    LOT,
    a_document,
    a_transformation,
    an_aggregation,
    an_object_event,
    as_bytes,
)
from builders.parties import a_person, an_actor, an_organisation

from originmark.origin.parties.rules import NOBODY, SYSTEM, Actor, NotAllowed
from originmark.trace.ledger import rules, selectors, services, sockets
from originmark.trace.ledger.models import Event, EventIdentifier, LogLeaf
from originmark.trace.ledger.values import StoredEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
NAMED = "urn:uuid:4f1c0000-0000-4000-8000-000000000001"


def test_a_document_is_stored_with_its_identifiers_and_leaves() -> None:
    document = a_document(an_object_event(), a_transformation(), an_aggregation())

    result = services.capture(as_bytes(document), by=SYSTEM, now=NOW, source="mill.json")

    assert [stored.id for stored in result.stored] == [0, 1, 2]
    assert [stored.body for stored in result.stored] == document["epcisBody"]["eventList"]
    assert result.repeated == 0
    assert selectors.checkpoint().size == 3
    rows = EventIdentifier.objects.filter(event_id=1).values_list(
        "identifier", "role", "quantity", "uom"
    )
    assert sorted(rows) == [
        (LOT, "input_class", 500.0, "KGM"),
        (f"{LOT}-M", "output_class", 380.0, "KGM"),
        ("urn:originmark:local:place:MILL", "location", None, ""),
    ]


def test_an_event_without_a_name_gets_one_and_keeps_it() -> None:
    first = services.capture([an_object_event()], by=SYSTEM, now=NOW)
    again = services.capture([an_object_event()], by=SYSTEM, now=NOW + timedelta(hours=1))

    assert first.stored[0].event_id.startswith("urn:uuid:")
    assert first.stored[0].event.event_id == first.stored[0].event_id
    assert again.stored == []
    assert again.repeated == 1
    assert again.events == first.stored
    assert Event.objects.count() == 1


def test_the_same_event_twice_in_one_document_is_stored_once() -> None:
    twice = a_document(an_object_event(), an_object_event(eventTime="2026-09-21T23:15:00Z"))

    result = services.capture(as_bytes(twice), by=SYSTEM, now=NOW)

    assert (len(result.stored), result.repeated) == (1, 1)


def test_another_content_under_the_same_name_is_refused_and_leaves_no_trace() -> None:
    services.capture([an_object_event(eventID=NAMED)], by=SYSTEM, now=NOW)

    with pytest.raises(rules.EventConflict) as refused:
        services.capture(
            [a_transformation(), an_object_event(eventID=NAMED, action="OBSERVE")],
            by=SYSTEM,
            now=NOW,
        )

    assert refused.value.facts == {"event_id": NAMED}
    assert Event.objects.count() == LogLeaf.objects.count() == selectors.checkpoint().size == 1


def test_an_error_declaration_repeats_the_name() -> None:
    declared = {"declarationTime": "2026-09-30T08:00:00Z", "reason": "did_not_occur"}
    services.capture([an_object_event(eventID=NAMED)], by=SYSTEM, now=NOW)

    result = services.capture(
        [an_object_event(eventID=NAMED, errorDeclaration=declared)], by=SYSTEM, now=NOW
    )

    assert [stored.id for stored in result.stored] == [1]
    assert Event.objects.filter(event_id=NAMED).count() == 2


def test_only_who_recorded_an_event_may_declare_it_wrong() -> None:
    ours, theirs = an_organisation(), an_organisation()
    services.capture([an_object_event(eventID=NAMED)], by=an_actor(ours), now=NOW)
    declared = {"declarationTime": "2026-09-30T08:00:00Z", "reason": "did_not_occur"}

    with pytest.raises(rules.ForeignErrorDeclaration):
        services.capture(
            [an_object_event(eventID=NAMED, errorDeclaration=declared)],
            by=an_actor(theirs),
            now=NOW,
        )


def test_an_event_from_the_future_is_refused() -> None:
    ahead = (NOW + timedelta(minutes=6)).isoformat()

    with pytest.raises(rules.EventFromTheFuture) as refused:
        services.capture([an_object_event(eventTime=ahead)], by=SYSTEM, now=NOW)

    assert refused.value.minutes == 5
    assert "/eventList/0" in str(refused.value)
    assert not Event.objects.exists()

    within = (NOW + timedelta(minutes=5)).isoformat()
    assert services.capture([an_object_event(eventTime=within)], by=SYSTEM, now=NOW).stored


def test_an_invalid_document_says_where_and_why() -> None:
    broken = a_document(an_object_event(), an_object_event(bizStep="roasting"))

    with pytest.raises(rules.DocumentRefused) as refused:
        services.capture(as_bytes(broken), by=SYSTEM, now=NOW)

    assert refused.value.pointer == "/epcisBody/eventList/1/bizStep"
    assert refused.value.count == 1
    assert not Event.objects.exists()


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(rules.DocumentRefused, match="this is no JSON"):
        services.capture(b"{", by=SYSTEM, now=NOW)


@pytest.mark.parametrize("role", ["manager", "recorder"])
def test_who_records_may_capture_for_their_organisation(role: str) -> None:
    organisation = an_organisation()
    by = an_actor(organisation, role)

    [stored] = services.capture([an_object_event()], by=by, now=NOW).stored

    assert stored.organisation_id == organisation.pk


@pytest.mark.parametrize("role", ["viewer", "inspector"])
def test_who_only_reads_may_not_capture(role: str) -> None:
    with pytest.raises(NotAllowed):
        services.capture([an_object_event()], by=an_actor(an_organisation(), role), now=NOW)
    assert not Event.objects.exists()


def test_strangers_may_not_capture() -> None:
    organisation = an_organisation()
    with pytest.raises(NotAllowed):
        services.capture([an_object_event()], by=NOBODY, now=NOW)
    with pytest.raises(NotAllowed):
        services.capture(
            [an_object_event()],
            by=an_actor(an_organisation()),
            now=NOW,
            organisation_id=organisation.pk,
        )


def test_people_see_the_events_of_their_own_organisation() -> None:
    ours, theirs = an_organisation(), an_organisation()
    services.capture([an_object_event()], by=an_actor(ours), now=NOW)
    services.capture([a_transformation()], by=an_actor(theirs), now=NOW)

    assert [row.type for row in selectors.events(an_actor(ours, "viewer"))] == ["ObjectEvent"]
    assert selectors.events(SYSTEM).count() == 2
    assert selectors.events(NOBODY).count() == 0


def test_a_listener_hears_each_new_event_once() -> None:
    heard: list[int] = []

    def listen(stored: StoredEvent, *, by: Actor, now: datetime) -> None:
        heard.append(stored.id)

    stop = sockets.register_listener(listen)
    try:
        services.capture([an_object_event(), a_transformation()], by=SYSTEM, now=NOW)
        services.capture([an_object_event()], by=SYSTEM, now=NOW)
    finally:
        stop()

    assert heard == [0, 1]


def test_a_listener_that_refuses_undoes_the_document() -> None:
    def refuse(stored: StoredEvent, *, by: Actor, now: datetime) -> None:
        if stored.id == 1:
            raise rules.EventConflict(event_id=stored.event_id)

    stop = sockets.register_listener(refuse)
    try:
        with pytest.raises(rules.EventConflict):
            services.capture([an_object_event(), a_transformation()], by=SYSTEM, now=NOW)
    finally:
        stop()

    assert not Event.objects.exists()
    assert selectors.checkpoint().size == 0


def test_events_naming_a_lot_come_in_the_order_in_which_they_happened() -> None:
    services.capture([a_transformation(), an_object_event()], by=SYSTEM, now=NOW)

    assert [each.event.type for each in selectors.events_naming(LOT)] == [
        "ObjectEvent",
        "TransformationEvent",
    ]
    assert [each.id for each in selectors.events_naming(LOT, roles=["input_class"])] == [0]


def test_the_person_who_captured_is_kept() -> None:
    organisation = an_organisation()
    person = a_person()
    by = Actor(name="Li", person_id=person.pk, roles=((organisation.pk, "recorder"),))

    [stored] = services.capture([an_object_event()], by=by, now=NOW).stored

    assert stored.captured_by_id == person.pk


def test_an_identifier_that_no_column_takes_is_refused() -> None:
    long = "urn:lot:" + "x" * 493
    with pytest.raises(rules.IdentifierTooLong) as refused:
        services.capture([an_object_event(epcList=[long])], by=SYSTEM, now=NOW)
    assert (refused.value.found, refused.value.most) == (501, 500)
    services.capture([an_object_event(epcList=[long[:-1]])], by=SYSTEM, now=NOW)


def test_the_text_of_an_event_is_kept_to_the_digit() -> None:
    exact = '{"a:n": 1.10, "a:big": 12345678901234567890123, "a:t": "\\u00e9" }'
    event = as_bytes(an_object_event()).decode()[:-1] + f', "a:exact": {exact} }}'
    document = '{"@context": [], "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate":'
    document += f'"2026-09-30T08:00:00Z", "epcisBody": {{ "eventList": [ {event} ] }} }}'

    services.capture(document.encode(), by=SYSTEM, now=NOW)

    assert Event.objects.get().body == event


def test_a_key_that_stands_twice_is_read_once() -> None:
    inner = as_bytes(a_document(an_object_event())["epcisBody"]).decode()
    document = as_bytes(a_document(a_transformation())).decode()[:-1]

    services.capture(f'{document}, "epcisBody": {inner}}}'.encode(), by=SYSTEM, now=NOW)

    assert [row.type for row in Event.objects.all()] == ["ObjectEvent"]
    assert services.check_log() == []


def test_what_is_nested_too_deep_is_refused() -> None:
    deep: dict[str, object] = {}
    for _ in range(110):
        deep = {"ex:in": deep}
    with pytest.raises(rules.DocumentRefused, match="nested deeper"):
        services.capture(as_bytes(a_document(an_object_event(ilmd=deep))), by=SYSTEM, now=NOW)

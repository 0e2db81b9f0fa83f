"""``check_log`` finds and names every event that was tampered with."""

from datetime import UTC, datetime

import pytest
from builders.ledger import (
    a_transformation,
    an_aggregation,
    an_object_event,
    without_the_guard,
)
from django.db import connection

from originmark.origin.parties.rules import SYSTEM
from originmark.trace.ledger import services
from originmark.trace.ledger.models import (
    Event,
    EventIdentifier,
    LogLeaf,
    LogNode,
    LogState,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def names() -> list[str]:
    """The eventIDs of five events in the ledger."""
    events = [
        an_object_event(),
        a_transformation(),
        an_aggregation(),
        an_object_event(action="OBSERVE"),
        an_object_event(bizStep="storing"),
    ]
    return [each.event_id for each in services.capture(events, by=SYSTEM, now=NOW).stored]


def found() -> list[tuple[str, str | None]]:
    return [(finding.code, finding.event_id) for finding in services.check_log()]


@pytest.mark.usefixtures("names")
def test_a_whole_log_has_no_findings() -> None:
    heard: list[tuple[int, int]] = []
    assert services.check_log(lambda done, total: heard.append((done, total))) == []
    assert heard == [(5, 5)]


def test_an_empty_log_is_whole() -> None:
    assert services.check_log() == []


def test_one_byte_of_one_event_is_found_and_named(names: list[str]) -> None:
    with without_the_guard(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_event SET body = replace(body, '380', '381') WHERE id = %s", [1]
        )
    assert found() == [("altered", names[1])]


def test_a_body_that_is_no_json_any_more_is_named(names: list[str]) -> None:
    with without_the_guard():
        Event.objects.filter(pk=2).update(body="{")
    assert found() == [("altered", names[2])]


def test_a_moved_record_time_is_named(names: list[str]) -> None:
    with without_the_guard():
        Event.objects.filter(pk=3).update(record_time=datetime(2026, 9, 1, tzinfo=UTC))
    assert found() == [("relabelled", names[3])]


def test_a_missing_event_is_named(names: list[str]) -> None:
    with without_the_guard():
        EventIdentifier.objects.filter(event_id=1).delete()
        Event.objects.filter(pk=1).delete()
    assert found() == [("missing", names[1])]


def test_an_event_missing_with_its_leaf_is_counted(names: list[str]) -> None:
    with without_the_guard():
        EventIdentifier.objects.filter(event_id=4).delete()
        Event.objects.filter(pk=4).delete()
        LogLeaf.objects.filter(pk=4).delete()
    assert found() == [("nameless", None), ("root", None)]


def test_a_leaf_that_follows_a_forged_event_does_not_fit_the_tree(names: list[str]) -> None:
    with without_the_guard():
        LogLeaf.objects.filter(pk=1).update(hash=b"\x01" * 32)
    codes = found()
    assert codes[0] == ("altered", names[1]) or codes[0] == ("relabelled", names[1])
    assert ("node", names[1]) in codes
    assert ("root", None) in codes


def test_an_event_that_came_in_by_a_side_door_is_named(names: list[str]) -> None:
    row = Event.objects.get(pk=0)
    row.pk, row.event_id = 9, "urn:uuid:smuggled"
    row.save(force_insert=True)
    assert found() == [("unlogged", "urn:uuid:smuggled")]


def test_columns_and_index_must_say_what_the_event_says(names: list[str]) -> None:
    with without_the_guard():
        Event.objects.filter(pk=0).update(biz_step="shipping")
        EventIdentifier.objects.filter(event_id=1, role="input_class").update(quantity=1.0)
    assert found() == [("column", names[0]), ("index", names[1])]


def test_a_changed_node_and_a_changed_root_are_found(names: list[str]) -> None:
    with without_the_guard():
        LogNode.objects.filter(pk=1 << 56).update(hash=b"\x02" * 32)
        LogState.objects.update(root=b"\x03" * 32)
    assert found() == [("node", names[1]), ("root", None)]


def test_a_guard_taken_away_is_found(names: list[str]) -> None:
    with without_the_guard():
        codes = {finding.code for finding in services.check_log()}
    assert codes == {"unguarded"}

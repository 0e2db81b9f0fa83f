"""Law 1 as a property: nothing is lost, nothing is rewritten. 25 examples each.

Random histories: documents of events drawn from a small pool, so that repetitions and
withdrawals happen.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders.ledger import LOT, a_quantity, a_transformation, an_object_event
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from originmark.origin.parties.access import SYSTEM
from originmark.standards.transparency.proofs import consistency_proof, is_consistent, is_included
from originmark.trace.ledger import log, selectors, services, store
from originmark.trace.ledger.models import Event, EventIdentifier, LogLeaf

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
LAW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    """Draw one of forty-eight events; a name belongs to one content."""
    number = draw(st.integers(0, 11))
    make = draw(st.sampled_from([an_object_event, a_transformation]))
    field = "quantityList" if make is an_object_event else "inputQuantityList"
    extra: dict[str, Any] = {field: [a_quantity(LOT, number + 1)]}
    if draw(st.booleans()):
        extra["eventID"] = f"urn:uuid:00000000-0000-4000-8000-{make.__name__[-6:]:0>6}{number:06}"
    return make(**extra)


histories = st.lists(st.lists(events(), min_size=1, max_size=6), min_size=1, max_size=5)


def replay(history: list[list[dict[str, Any]]]) -> list[services.CaptureResult]:
    return [
        services.capture(document, by=SYSTEM, now=NOW + timedelta(minutes=number))
        for number, document in enumerate(history)
    ]


class LawOne(TestCase):
    @LAW
    @given(histories)
    def test_everything_that_was_taken_is_there_once_and_proven(
        self, history: list[list[dict[str, Any]]]
    ) -> None:
        results = replay(history)

        rows = list(Event.objects.order_by("pk"))
        assert [row.pk for row in rows] == list(range(len(rows)))
        assert len({(row.event_id, row.fingerprint) for row in rows}) == len(rows)
        for document, result in zip(history, results, strict=True):
            assert [each.body for each in result.events if "eventID" in each.body] == [
                each for each in document if "eventID" in each
            ] or result.repeated
            assert len(result.stored) + result.repeated == len(document)
        for row in rows:
            proof = selectors.inclusion(row.pk)
            assert proof is not None
            assert is_included(
                proof.leaf_hash,
                index=row.pk,
                size=len(rows),
                path=proof.path,
                root=proof.root,
            )
        assert services.check_log() == []

    @LAW
    @given(histories)
    def test_sending_it_all_again_changes_nothing(
        self, history: list[list[dict[str, Any]]]
    ) -> None:
        first = replay(history)
        before = selectors.checkpoint()
        named = EventIdentifier.objects.count()

        again = replay(history)

        assert selectors.checkpoint() == before
        assert EventIdentifier.objects.count() == named
        assert [[each.id for each in result.events] for result in again] == [
            [each.id for each in result.events] for result in first
        ]
        assert not any(result.stored for result in again)

    @LAW
    @given(histories, histories)
    def test_the_log_only_ever_grows(
        self, history: list[list[dict[str, Any]]], more: list[list[dict[str, Any]]]
    ) -> None:
        replay(history)
        before = selectors.checkpoint()
        bodies = dict(Event.objects.values_list("pk", "body"))

        replay(more)

        after = selectors.checkpoint()
        path = consistency_proof(before.size, after.size, lambda node: log.nodes([node])[node])
        assert is_consistent(
            earlier=before.size,
            earlier_root=before.root,
            size=after.size,
            root=after.root,
            path=path,
        )
        assert bodies.items() <= dict(Event.objects.values_list("pk", "body")).items()


@pytest.mark.django_db
def test_a_leaf_stands_for_what_the_row_says() -> None:
    services.capture([an_object_event(), a_transformation()], by=SYSTEM, now=NOW)
    for row in Event.objects.select_related("context"):
        proof = selectors.inclusion(row.pk)
        assert proof is not None
        assert proof.leaf_data == store.row_leaf_data(row)
        assert bytes(LogLeaf.objects.get(pk=row.pk).hash) == proof.leaf_hash

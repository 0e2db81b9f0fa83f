"""Pages of the ledger."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from builders.ledger import LOT, a_transformation, an_aggregation, an_object_event
from builders.parties import a_client_for, an_actor, an_inspector, an_organisation
from django.test import Client

from originmark.origin.parties.models import Organisation
from originmark.trace.ledger import panels, services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
NAMED = "urn:uuid:4f1c0000-0000-4000-8000-000000000001"
WITHDRAWN = {"declarationTime": "2026-09-30T08:00:00Z", "reason": "did_not_occur"}


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation(name="Yangqu Millet Cooperative")


@pytest.fixture
def viewer(organisation: Organisation) -> Client:
    by = an_actor(organisation)
    events = [
        an_object_event(eventID=NAMED),
        a_transformation(),
        an_aggregation(),
        an_object_event(eventID=NAMED, errorDeclaration=WITHDRAWN),
    ]
    services.capture(events, by=by, now=NOW)
    return a_client_for(an_actor(organisation, "viewer"))


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_events_and_leads_to_them(viewer: Client) -> None:
    shown = page(viewer, "/ledger/")
    assert "Came into being" in shown
    assert "Packed" in shown
    assert 'href="/ledger/2/"' in shown


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("type=AggregationEvent", {2}),
        ("step=packing", {2}),
        (f"q={quote(LOT + '-M')}", {1}),
        (f"q={NAMED}", {0, 3}),
        ("period=7", set()),
    ],
)
def test_the_list_can_be_narrowed(
    viewer: Client, query: str, places: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("originmark.frame.web.clock.now", lambda: NOW + timedelta(days=20))
    shown = page(viewer, f"/ledger/?{query}")
    assert {place for place in range(4) if f"/ledger/{place}/" in shown} == places


def test_an_event_is_told_in_words_with_its_proof(viewer: Client) -> None:
    shown = page(viewer, "/ledger/0/")
    assert "<title>Came into being · event 0 · Originmark</title>" in shown
    assert "Came into being: 500 kg." in shown
    assert "Yangqu Millet Cooperative" in shown
    assert LOT in shown
    assert "Check it yourself" in shown
    assert "&quot;quantity&quot;: 500" in shown
    assert 'href="/ledger/1/"' in shown  # the lot was milled later
    assert "withdraws it" in shown


def test_a_transformation_tells_what_went_in_and_came_out(viewer: Client) -> None:
    assert "Transformation: 500 kg went in, 380 kg came out." in page(viewer, "/ledger/1/")


def test_an_event_that_withdraws_says_so(viewer: Client) -> None:
    assert "withdraws an earlier event" in page(viewer, "/ledger/3/")


@pytest.mark.usefixtures("viewer")
def test_a_stranger_sees_nothing_of_it() -> None:
    stranger = a_client_for(an_actor(an_organisation()))
    assert stranger.get("/ledger/0/").status_code == 404
    assert "/ledger/0/" not in page(stranger, "/ledger/")
    assert Client().get("/ledger/").status_code == 302
    assert Client().get("/ledger/0/").status_code == 302
    assert Client().get("/ledger/log/").status_code == 302


@pytest.mark.usefixtures("viewer")
def test_the_office_sees_it() -> None:
    assert "Came into being" in page(a_client_for(an_inspector()), "/ledger/0/")


def test_the_log_says_how_far_it_has_grown(viewer: Client) -> None:
    shown = page(viewer, "/ledger/log/")
    assert "originmark ledger check" in shown
    assert 'href="/ledger/3/"' in shown


def test_an_empty_log_is_explained() -> None:
    shown = page(a_client_for(an_inspector()), "/ledger/log/")
    assert "The first event that is recorded becomes leaf 0." in shown


def test_text_from_outside_is_shown_as_text(organisation: Organisation) -> None:
    by = an_actor(organisation)
    event = an_object_event(**{"ex:note": "<script>alert(1)</script>"})
    services.capture([event], by=by, now=NOW)
    shown = page(a_client_for(by), "/ledger/0/")
    assert "<script>alert(1)" not in shown


@pytest.mark.usefixtures("viewer")
def test_the_list_costs_a_fixed_number_of_queries(
    organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    client = a_client_for(an_actor(organisation))
    with django_assert_max_num_queries(9):
        client.get("/ledger/")


def test_search_finds_an_identifier(viewer: Client, organisation: Organisation) -> None:
    by = an_actor(organisation)
    assert [hit.url for hit in panels.find(by, f"{LOT}-M")] == ["/ledger/1/"]
    assert panels.find(an_actor(an_organisation()), f"{LOT}-M") == []

"""/epcis/queries and the subscriptions below it."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from builders.ledger import a_document, an_object_event, as_bytes
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from django.test import Client

from originmark.frame.web import clock
from originmark.origin.parties.access import SYSTEM
from originmark.origin.parties.models import Organisation
from originmark.trace.ledger import services
from originmark.trace.ledger.models import NamedQuery, Subscription

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
SHIPPING = {"eventType": ["ObjectEvent"], "EQ_bizStep": ["shipping"]}
DEST = "https://93.184.215.14/callback"


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def manager(organisation: Organisation) -> Client:
    return a_client_for(an_actor(organisation, "manager"))


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"/epcis/{path}", orjson.dumps(body), content_type="application/json")


def names(client: Client) -> list[str]:
    return [each["name"] for each in client.get("/epcis/queries").json()]


@pytest.mark.conforms("R-/queries", "R-/queries/{queryName}")
def test_a_query_gets_a_name_is_read_and_deleted(manager: Client) -> None:
    answer = post(manager, "queries", {"name": "shipped", "query": SHIPPING})

    assert (answer.status_code, answer.headers["Location"]) == (
        201,
        "http://testserver/epcis/queries/shipped",
    )
    assert names(manager) == ["SimpleEventQuery", "shipped"]
    assert manager.get(answer.headers["Location"]).json() == {"name": "shipped", "query": SHIPPING}
    assert manager.delete("/epcis/queries/shipped").status_code == 204
    assert manager.get("/epcis/queries/shipped").status_code == 404
    assert manager.delete("/epcis/queries/shipped").status_code == 404


@pytest.mark.conforms("R-/queries")
@pytest.mark.parametrize("name", ["shipped", "SimpleEventQuery"])
def test_a_name_that_is_taken_is_a_conflict(manager: Client, name: str) -> None:
    post(manager, "queries", {"name": "shipped", "query": SHIPPING})
    answer = post(manager, "queries", {"name": name, "query": {}})

    assert answer.status_code == 409
    assert answer.json()["type"] == "epcisException:ResourceAlreadyExistsException"
    assert NamedQuery.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"query": {}}, "Expected an object with a name and a query"),
        ([], "Expected an object with a name and a query"),
        ({"name": "../x", "query": {}}, "is no name for a query"),
        ({"name": "a/b", "query": {}}, "is no name for a query"),
        ({"name": "", "query": {}}, "is no name for a query"),
        ({"name": "x" * 201, "query": {}}, "is no name for a query"),
        ({"name": "x", "query": []}, "The query cannot be asked"),
        ({"name": "x"}, "The query cannot be asked"),
        ({"name": "x", "query": {"EQ_nonsense": "1"}}, "EQ_nonsense"),
        ({"name": "x", "query": {"GE_eventTime": "yesterday"}}, "GE_eventTime"),
    ],
)
def test_what_is_no_named_query_is_refused_in_words(manager: Client, body: Any, words: str) -> None:
    answer = post(manager, "queries", body)

    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert NamedQuery.objects.exists() is False


def test_the_standards_own_query_stays(manager: Client) -> None:
    assert manager.get("/epcis/queries/SimpleEventQuery").json()["query"] == {}
    assert manager.delete("/epcis/queries/SimpleEventQuery").status_code == 403
    assert names(manager) == ["SimpleEventQuery"]


def test_others_see_neither_query_nor_subscription_but_those_of_the_office(
    manager: Client,
) -> None:
    office = a_client_for(an_officer())
    stranger = a_client_for(an_actor(an_organisation(), "manager"))
    post(manager, "queries", {"name": "mine", "query": {}})
    made = post(manager, "queries/mine/subscriptions", {"dest": DEST, "stream": True})
    post(office, "queries", {"name": "for all", "query": {}})

    assert names(stranger) == ["SimpleEventQuery", "for all"]
    assert names(office) == ["SimpleEventQuery", "for all", "mine"]
    assert stranger.get(made.headers["Location"]).status_code == 404
    assert stranger.delete("/epcis/queries/for%20all").status_code == 403
    assert post(stranger, "queries", {"name": "mine", "query": {}}).status_code == 409


@pytest.mark.parametrize("role", ["recorder", "viewer"])
def test_only_a_manager_names_and_subscribes(organisation: Organisation, role: str) -> None:
    client = a_client_for(an_actor(organisation, role))

    assert post(client, "queries", {"name": "x", "query": {}}).status_code == 403
    body = {"dest": DEST, "stream": True}
    assert post(client, "queries/SimpleEventQuery/subscriptions", body).status_code == 403
    assert client.get("/epcis/queries").status_code == 200
    assert Client().get("/epcis/queries").status_code == 401


@pytest.mark.conforms(
    "R-/queries/{queryName}/subscriptions",
    "R-/queries/{queryName}/subscriptions/{subscriptionID}",
    "D-d",
)
@pytest.mark.parametrize("secret", ["signatureToken", "secret"])
def test_a_subscription_is_made_read_and_ended(manager: Client, secret: str) -> None:
    body = {"dest": DEST, secret: "13df38d8", "schedule": {"hour": "1", "minute": "5"}}
    answer = post(manager, "queries/SimpleEventQuery/subscriptions", body)

    assert answer.status_code == 201
    made = Subscription.objects.get()
    address = f"http://testserver/epcis/queries/SimpleEventQuery/subscriptions/{made.pk}"
    assert answer.headers["Location"] == address
    assert answer.json() == {
        "subscriptionID": str(made.pk),
        "queryName": "SimpleEventQuery",
        "dest": DEST,
        "schedule": {"hour": "1", "minute": "5"},
        "reportIfEmpty": False,
        "createdAt": "2026-10-01T08:00:00.000Z",
        "minRecordTime": "2026-10-01T08:00:00.000Z",
        "signed": True,
        "status": "active",
        "failures": 0,
    }
    assert "13df38d8" not in made.sealed_secret
    listed = manager.get("/epcis/queries/SimpleEventQuery/subscriptions").json()
    assert listed == [answer.json()]
    shown = manager.get(address)
    assert shown.json() == answer.json()
    assert shown.headers["GS1-Query-Min-Record-Time"] == "2026-10-01T08:00:00.000Z"
    assert manager.delete(address).status_code == 204
    assert manager.get(address).status_code == 404


@pytest.mark.conforms("S-schedule", "D-d")
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"dest": DEST}, "Found –"),
        ({"dest": DEST, "stream": False}, "Found –"),
        ({"dest": DEST, "stream": True, "schedule": {"hour": "1"}}, "Found stream + schedule"),
        ({"dest": DEST, "schedule": {"hour": "25"}}, "hour: found 25, expected 0 to 23"),
        ({"dest": DEST, "schedule": "daily"}, "a schedule is an object"),
        ({"dest": DEST, "stream": "yes"}, "stream of the subscription: found 'yes'"),
        ({"dest": DEST, "stream": True, "initialRecordTime": "now"}, "a time with an offset"),
        ({"dest": DEST, "stream": True, "secret": "a", "signatureToken": "b"}, "two that differ"),
        ({"dest": DEST, "stream": True, "signatureToken": 7}, "expected text of 1 to 500"),
        ({"stream": True}, "dest of the subscription: found –"),
        ({"dest": "http://example.org/x", "stream": True}, "is no address to send to"),
        ({"dest": "ftp://example.org/x", "stream": True}, "is no address to send to"),
        ({"dest": "https://", "stream": True}, "is no address to send to"),
        ({"dest": f"https://{'a' * 70}.org/", "stream": True}, "is no address to send to"),
        ({"dest": "https://example.org:x/", "stream": True}, "is no address to send to"),
        ({"dest": "https://example.org/ x", "stream": True}, "is no address to send to"),
        ({"dest": "https://li:pw@example.org/", "stream": True}, "names a user or a password"),
        ({"dest": "https://127.0.0.1/", "stream": True}, "inside a private network"),
        ({"dest": "https://10.1.2.3/", "stream": True}, "inside a private network"),
        ({"dest": "https://[::1]/", "stream": True}, "inside a private network"),
        ({"dest": "https://[::ffff:10.0.0.1]/", "stream": True}, "inside a private network"),
        ({"dest": "https://169.254.169.254/x", "stream": True}, "inside a private network"),
        ({"dest": "https://localhost/", "stream": True}, "inside a private network"),
        ([], "found [], expected an object"),
    ],
)
def test_what_is_no_subscription_is_refused_in_words(
    manager: Client, body: Any, words: str
) -> None:
    answer = post(manager, "queries/SimpleEventQuery/subscriptions", body)

    assert (answer.status_code, answer.json()["type"]) == (
        400,
        "epcisException:SubscriptionControlsException",
    )
    assert words in answer.json()["detail"]
    assert Subscription.objects.exists() is False


def test_deleting_a_query_ends_its_subscriptions(manager: Client) -> None:
    post(manager, "queries", {"name": "shipped", "query": SHIPPING})
    post(manager, "queries/shipped/subscriptions", {"dest": DEST, "stream": True})

    assert manager.delete("/epcis/queries/shipped").status_code == 204
    assert Subscription.objects.exists() is False


@pytest.mark.conforms("S-watermark")
def test_a_subscription_begins_with_its_initial_record_time(manager: Client) -> None:
    for hour in (6, 7):
        moment = datetime(2026, 10, 1, hour, tzinfo=UTC)
        event = an_object_event(epcList=[f"urn:lot:{hour}"])
        services.capture(as_bytes(a_document(event)), by=SYSTEM, now=moment)

    for initial in ("2026-10-01T06:30:00Z", None):
        body = {"dest": DEST, "stream": True, "initialRecordTime": initial}
        post(manager, "queries/SimpleEventQuery/subscriptions", body)

    places = Subscription.objects.order_by("next_place").values_list("next_place", flat=True)
    assert list(places) == [1, 2]


@pytest.mark.conforms("R-/queries", "R-/queries/{queryName}")
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("queries", "GET, OPTIONS, POST"),
        ("queries/SimpleEventQuery", "DELETE, GET, OPTIONS"),
        ("queries/SimpleEventQuery/subscriptions", "GET, OPTIONS, POST"),
        (
            "queries/SimpleEventQuery/subscriptions/00000000-0000-4000-8000-000000000000",
            "DELETE, GET, OPTIONS",
        ),
    ],
)
def test_options_says_what_is_taken(manager: Client, path: str, allowed: str) -> None:
    answer = manager.options(f"/epcis/{path}")

    assert (answer.status_code, answer.headers["Allow"]) == (204, allowed)
    assert answer.headers["GS1-EPCIS-Version"] == "2.0.0"


def test_a_body_that_is_too_large_or_no_json_is_refused(manager: Client) -> None:
    large = post(manager, "queries", {"name": "x", "query": {"EQ_eventID": "y" * 100_000}})
    broken = manager.post("/epcis/queries", b"{", content_type="application/json")
    other = manager.post("/epcis/queries", b"<x/>", content_type="text/plain")

    assert [large.status_code, broken.status_code, other.status_code] == [413, 400, 415]
    assert large.json()["type"] == "epcisException:QueryTooLargeException"


def eventful(count: int) -> list[str]:
    """Capture events that the query for shippings finds, and as many that it does not."""
    ids = []
    for number in range(count):
        wanted = an_object_event(
            epcList=[f"urn:lot:{number}"], bizStep="shipping", action="OBSERVE"
        )
        document = a_document(wanted, an_object_event(epcList=[f"urn:other:{number}"]))
        result = services.capture(as_bytes(document), by=SYSTEM, now=NOW)
        ids.append(result.stored[0].event_id)
    return ids


def found(answer: Any) -> list[str]:
    results = answer.json()["epcisBody"]["queryResults"]
    return [each["eventID"] for each in results["resultsBody"]["eventList"]]


@pytest.mark.conforms("R-/queries/{queryName}/events")
def test_a_named_query_is_asked_page_by_page() -> None:
    office = a_client_for(an_officer())
    post(office, "queries", {"name": "shipped", "query": SHIPPING})
    ids = eventful(3)

    first = office.get("/epcis/queries/shipped/events?perPage=2")
    assert first.json()["epcisBody"]["queryResults"]["queryName"] == "shipped"
    second = office.get(first.headers["Link"].partition(">")[0][1:])
    assert [*found(first), *found(second)] == ids[::-1]
    assert "Link" not in second.headers


@pytest.mark.conforms("R-/queries/{queryName}/events")
def test_a_named_query_shows_each_asker_only_what_they_may_see(manager: Client) -> None:
    post(a_client_for(an_officer()), "queries", {"name": "shipped", "query": SHIPPING})
    eventful(1)

    assert found(manager.get("/epcis/queries/shipped/events")) == []
    assert manager.get("/epcis/queries/nothing/events").status_code == 404


@pytest.mark.conforms("R-/queries")
def test_more_than_a_query_allows_is_too_large() -> None:
    office = a_client_for(an_officer())
    post(office, "queries", {"name": "few", "query": {**SHIPPING, "maxEventCount": 2}})
    eventful(3)

    answer = office.get("/epcis/queries/few/events")
    assert (answer.status_code, answer.json()["type"]) == (
        413,
        "epcisException:QueryTooLargeException",
    )


@pytest.mark.parametrize("name", ["maxEventCount", "orderBy"])
def test_nobody_subscribes_to_what_counts_or_sorts_one_answer(manager: Client, name: str) -> None:
    value: Any = {"maxEventCount": 2, "orderBy": "eventTime"}[name]
    post(manager, "queries", {"name": "few", "query": {name: value}})

    answer = post(manager, "queries/few/subscriptions", {"dest": DEST, "stream": True})
    assert answer.status_code == 400
    assert f"The query has {name}" in answer.json()["detail"]


def read_on(client: Client, address: str) -> list[dict[str, Any]]:
    """Return what a list holds, following its Link headers."""
    heard: list[dict[str, Any]] = []
    while address:
        answer = client.get(address)
        heard += answer.json()
        address = answer.headers.get("Link", "").partition(">")[0][1:]
    return heard


@pytest.mark.conforms("R-/queries")
def test_queries_are_listed_page_by_page(manager: Client) -> None:
    for name in ("b", "a", "Đơn 2", "c"):
        post(manager, "queries", {"name": name, "query": {}})

    heard = [each["name"] for each in read_on(manager, "/epcis/queries?perPage=2")]

    assert heard[0] == "SimpleEventQuery"
    assert sorted(heard[1:]) == ["a", "b", "c", "Đơn 2"]


@pytest.mark.conforms("R-/queries/{queryName}/subscriptions", "H-Link")
def test_subscriptions_are_listed_page_by_page_newest_first(manager: Client) -> None:
    address = "/epcis/queries/SimpleEventQuery/subscriptions?perPage=2"
    for number in range(5):
        body = {"dest": f"{DEST}/{number}", "stream": True}
        post(manager, "queries/SimpleEventQuery/subscriptions", body)

    assert len(manager.get(address).json()) == 2
    heard = [each["subscriptionID"] for each in read_on(manager, address)]
    assert heard == [str(row.pk) for row in Subscription.objects.order_by("-created_at", "pk")]


@pytest.mark.conforms("R-/queries", "R-/queries/{queryName}", "ST-406")
@pytest.mark.parametrize("path", ["", "/SimpleEventQuery", "/SimpleEventQuery/subscriptions"])
def test_queries_and_subscriptions_are_json_only(manager: Client, path: str) -> None:
    def ask(media_type: str) -> tuple[int, str]:
        answer = manager.get(f"/epcis/queries{path}", headers={"Accept": media_type})
        return answer.status_code, answer.headers["Content-Type"]

    assert ask("application/xml, */*;q=0.1") == (200, "application/json")
    assert ask("application/ld+json") == (200, "application/ld+json")
    assert ask("application/xml") == (406, "application/problem+xml")


@pytest.mark.parametrize("path", ["", "/SimpleEventQuery/subscriptions"])
@pytest.mark.parametrize("token", ["", "x", "@@@", "ÿ", "Li4v", "MjAyNi0xMC0wMXwx"])
def test_a_token_of_another_list_is_refused(manager: Client, path: str, token: str) -> None:
    answer = manager.get(f"/epcis/queries{path}", {"nextPageToken": token})

    assert (answer.status_code, answer.json()["type"]) == (
        400,
        "epcisException:QueryParameterException",
    )

"""Pages of named queries and subscriptions."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from builders.receivers import Receiver, a_receiver
from builders.subscriptions import captured, subscribed, work
from django.conf import LazySettings
from django.test import Client

from originmark.frame.web import clock
from originmark.origin.parties.access import Actor
from originmark.origin.parties.models import Organisation
from originmark.trace.ledger import subscription_pages
from originmark.trace.ledger.models import Delivery, NamedQuery, Subscription
from originmark.trace.ledger.subscriptions import naming

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
FORM = {"name": "shipped", "step": "shipping", "lot": "", "thing": "", "place": "", "json": ""}


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LEDGER_WEBHOOKS_TO_PRIVATE = True
    settings.LEDGER_WEBHOOK_ATTEMPTS = 1


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def manager(organisation: Organisation) -> Actor:
    return an_actor(organisation, "manager")


@pytest.fixture
def client(manager: Actor) -> Client:
    return a_client_for(manager)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as listening:
        yield listening


def act(client: Client, verb: str) -> Any:
    return client.post(f"/ledger/subscriptions/{Subscription.objects.get().pk}/{verb}/")


def shown(client: Client) -> str:
    return client.get(f"/ledger/subscriptions/{Subscription.objects.get().pk}/").content.decode()


def test_a_query_is_named_by_filters_and_shows_what_it_finds(
    client: Client, manager: Actor
) -> None:
    captured(manager, "1", bizStep="shipping", action="OBSERVE")
    captured(manager, "2")

    answer = client.post("/ledger/name-a-query/", FORM, follow=True)

    assert NamedQuery.objects.get().body == {"EQ_bizStep": ["shipping"]}
    page = answer.content.decode()
    assert "The query is kept." in page
    assert "/ledger/0/" in page
    assert "/ledger/1/" not in page
    assert "http://testserver/epcis/queries/shipped/events" in page
    assert "EQ_bizStep shipping" in client.get("/ledger/queries/").content.decode()


def test_a_query_is_named_by_json(client: Client) -> None:
    client.post(
        "/ledger/name-a-query/", {**FORM, "json": '{"GE_eventTime": "2026-01-01T00:00:00Z"}'}
    )

    assert NamedQuery.objects.get().body == {"GE_eventTime": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"json": "{"}, "This is no JSON"),
        ({"json": '{"EQ_nonsense": 1}'}, "The query cannot be asked"),
        ({"json": "[]"}, "The query cannot be asked"),
        ({"name": "a/b"}, "is no name for a query"),
        ({"name": "SimpleEventQuery"}, "There is a query"),
    ],
)
def test_a_query_that_cannot_be_is_refused_at_its_field(
    client: Client, typed: dict[str, str], words: str
) -> None:
    answer = client.post("/ledger/name-a-query/", {**FORM, **typed})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert NamedQuery.objects.exists() is False


def test_a_receiver_is_subscribed_told_paused_and_told_the_rest(
    client: Client, manager: Actor, receiver: Receiver
) -> None:
    typed = {"dest": receiver.url, "secret": "s3cret", "when": "live"}
    answer = client.post("/ledger/queries/SimpleEventQuery/subscribe/", typed, follow=True)
    assert "The receiver will be told." in answer.content.decode()
    assert "yes, HMAC-SHA256" in answer.content.decode()

    ids = captured(manager, "1")
    work()
    assert "Delivered · 200" in shown(client)
    act(client, "pause")
    ids += captured(manager, "2")
    work()
    page = shown(client)
    assert "Paused" in page
    assert receiver.event_ids() == ids[:1]
    assert '<p class="stat-value">1</p>' in page, "one place behind"
    act(client, "resume")
    work()

    assert receiver.event_ids() == ids
    assert "s3cret" not in shown(client)


def test_what_was_given_up_says_why_and_is_tried_again(client: Client, manager: Actor) -> None:
    with a_receiver(503) as receiver:
        subscribed(manager, receiver)
        ids = captured(manager, "1")
        work()
        page = shown(client)
        assert "Given up after too many failures" in page
        assert "told so" in page
        assert "Given up" in client.get("/ledger/subscriptions/?status=failed").content.decode()
        act(client, "resume")
        work()

    assert receiver.event_ids() == [*ids, *ids]
    assert Subscription.objects.get().status == "active"


def test_the_home_page_tells_whom_it_concerns_what_was_given_up(
    client: Client, organisation: Organisation, manager: Actor
) -> None:
    title = "Receivers that are told nothing more"
    with a_receiver(503) as receiver:
        subscribed(manager, receiver)
    assert title not in client.get("/").content.decode()
    captured(manager, "1")
    work()

    concerned = [client, a_client_for(an_officer())]
    strangers = an_actor(an_organisation(), "manager"), an_actor(organisation, "viewer")
    others = [a_client_for(each) for each in strangers]
    number = Subscription.objects.get().pk
    for each in concerned:
        page = each.get("/").content.decode()
        assert title in page
        assert f"/ledger/subscriptions/{number}/" in page
    for each in others:
        assert title not in each.get("/").content.decode()

    act(client, "resume")
    assert title not in client.get("/").content.decode()


def test_a_test_is_sent_and_a_subscription_ended(
    client: Client, manager: Actor, receiver: Receiver
) -> None:
    subscribed(manager, receiver)
    act(client, "test")
    work()
    assert [each.status for each in Delivery.objects.all()] == ["test"]
    assert act(client, "end").headers["Location"] == "/ledger/subscriptions/"
    assert Subscription.objects.exists() is False


def test_a_schedule_is_typed_in_parts(client: Client, receiver: Receiver) -> None:
    typed = {"dest": receiver.url, "when": "turns", "hour": "6", "minute": "0,30"}
    client.post("/ledger/queries/SimpleEventQuery/subscribe/", typed)

    row = Subscription.objects.get()
    assert (row.is_live, row.schedule) == (False, {"minute": "0,30", "hour": "6"})
    assert row.next_due == datetime(2026, 10, 1, 22, 0, tzinfo=UTC), "six in Shanghai"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"when": "turns"}, "Say when to tell the receiver"),
        ({"when": "live", "hour": "6"}, "Say when to tell the receiver"),
        ({"when": "turns", "hour": "25"}, "found 25, expected 0 to 23"),
        ({"when": "live", "dest": "mail@example.org"}, "is no address to send to"),
        ({"when": "live", "dest": ""}, "This field is required"),
    ],
)
def test_a_subscription_that_cannot_be_is_refused_in_words(
    client: Client, receiver: Receiver, typed: dict[str, str], words: str
) -> None:
    answer = client.post(
        "/ledger/queries/SimpleEventQuery/subscribe/", {"dest": receiver.url, **typed}
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Subscription.objects.exists() is False


def test_who_only_looks_is_offered_nothing_and_refused(
    organisation: Organisation, manager: Actor, receiver: Receiver
) -> None:
    viewer = a_client_for(an_actor(organisation, "viewer"))
    naming.name_query("shipped", {}, by=manager, now=NOW)
    subscribed(manager, receiver, to="shipped")

    assert "/ledger/name-a-query/" not in viewer.get("/ledger/queries/").content.decode()
    page = viewer.get("/ledger/queries/shipped/").content.decode()
    assert "Delete the query" not in page
    assert "Subscribe a receiver" not in page
    assert "<form" not in shown(viewer).split("<main")[1].split("</main>")[0]
    assert viewer.get("/ledger/name-a-query/").status_code == 403
    assert viewer.post("/ledger/queries/shipped/delete/").status_code == 403
    assert act(viewer, "pause").status_code == 403
    assert Subscription.objects.get().status == "active"


def test_others_do_not_know_of_it(manager: Actor, receiver: Receiver) -> None:
    subscribed(manager, receiver)
    stranger = a_client_for(an_actor(an_organisation(), "manager"))

    assert act(stranger, "pause").status_code == 404
    assert receiver.url.split("/")[2] not in stranger.get("/ledger/subscriptions/").content.decode()


def test_a_query_is_deleted_with_its_subscriptions(
    client: Client, manager: Actor, receiver: Receiver
) -> None:
    naming.name_query("shipped", {}, by=manager, now=NOW)
    subscribed(manager, receiver, to="shipped")

    assert client.post("/ledger/queries/shipped/delete/").headers["Location"] == "/ledger/queries/"
    assert (NamedQuery.objects.exists(), Subscription.objects.exists()) == (False, False)


def test_a_query_shows_the_first_who_are_told_and_leads_to_all(
    client: Client, manager: Actor, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscription_pages, "MOST_SHOWN", 1)
    naming.name_query("a b", {}, by=manager, now=NOW)
    subscribed(manager, receiver, to="a b")
    assert "All subscriptions" not in client.get("/ledger/queries/a%20b/").content.decode()

    subscribed(manager, receiver, to="a b")
    assert "/ledger/subscriptions/?q=a%20b" in client.get("/ledger/queries/a%20b/").content.decode()
    assert len(client.get("/ledger/subscriptions/?q=a%20b").context["table"].page) == 2


def test_the_lists_cost_the_same_however_long(
    client: Client, manager: Actor, receiver: Receiver, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        naming.name_query(f"q{number}", {}, by=manager, now=NOW)
        subscribed(manager, receiver, to=f"q{number}")

    for path in ("/ledger/queries/", "/ledger/subscriptions/"):
        client.get(path)
        with django_assert_max_num_queries(9):
            client.get(path)

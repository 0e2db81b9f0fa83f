"""Pages of answers: whole and without repetition, whatever is captured between them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders.ledger import an_object_event
from builders.parties import a_client_for, an_actor, an_organisation
from django.core import signing
from django.test import Client

from originmark.origin.parties.access import Actor
from originmark.trace.ledger import page_tokens, query, services
from originmark.trace.ledger.models import SpentToken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def by() -> Actor:
    return an_actor(an_organisation())


@pytest.fixture
def client(by: Actor) -> Client:
    return a_client_for(by)


def capture(by: Actor, *days: int, **fields: Any) -> None:
    """Capture an observation for each day of September, an hour after the other."""
    for hours, day in enumerate(days):
        event = an_object_event(
            action="OBSERVE",
            bizStep="inspecting",
            quantityList=None,
            epcList=[f"urn:originmark:local:tree:{day}"],
            eventTime=f"2026-09-{day:02}T00:00:00Z",
            eventTimeZoneOffset="+00:00",
            **fields,
        )
        services.capture([event], by=by, now=NOW + timedelta(hours=hours))


def days(answer: dict[str, Any]) -> list[int]:
    listed = answer["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    return [int(event["eventTime"][8:10]) for event in listed]


def get(client: Client, **asked: Any) -> Any:
    answer = client.get("/epcis/events", asked)
    assert answer.status_code == 200, answer.content
    return answer


def refused(client: Client, status: int = 400, **asked: Any) -> dict[str, Any]:
    answer = client.get("/epcis/events", asked)
    assert answer.status_code == status, answer.content
    problem: dict[str, Any] = answer.json()
    return problem


@pytest.mark.conforms("Q-nextPageToken", "Q-perPage", "T-5", "H-Link")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({}, [5, 1, 4, 2, 3]),
        ({"orderBy": "eventTime"}, [5, 4, 3, 2, 1]),
        ({"orderBy": "eventTime", "orderDirection": "ASC"}, [1, 2, 3, 4, 5]),
        ({"orderBy": "recordTime", "orderDirection": "ASC"}, [3, 2, 4, 1, 5]),
        ({"orderBy": "eventTime", "GE_eventTime": "2026-09-01T00:00:00Z"}, [5, 4, 3, 2, 1]),
        ({"EQ_bizStep": "inspecting", "orderBy": "ex:day"}, [5, 1, 4, 2, 3]),
    ],
)
def test_what_is_captured_between_pages_changes_nothing(
    client: Client, by: Actor, order: dict[str, str], expected: list[int]
) -> None:
    capture(by, 3, 2, 4, 1, 5)
    found: list[int] = []
    token: dict[str, str] = {}
    for newcomer in range(10, 14):
        answer = get(client, perPage=2, **order, **token)
        found += days(answer.json())
        capture(by, newcomer)
        if "nextPageToken" not in answer.json():
            assert "Link" not in answer.headers
            break
        token = {"nextPageToken": answer.json()["nextPageToken"]}
        assert answer.headers["Link"].endswith('>; rel="next"')
    assert found == expected


@pytest.mark.conforms("H-GS1-Next-Page-Token-Expires")
def test_a_page_says_until_when_its_token_leads_on(client: Client, by: Actor) -> None:
    capture(by, 1, 2)
    answer = get(client, perPage=1)
    expires = datetime.fromisoformat(answer.headers["GS1-Next-Page-Token-Expires"])
    left = expires - datetime.fromisoformat(answer.json()["creationDate"])
    assert abs(left - page_tokens.LIFE) < timedelta(seconds=60)


@pytest.mark.conforms("Q-nextPageToken")
def test_the_token_of_another_query_is_refused(client: Client, by: Actor) -> None:
    capture(by, 1, 2, 3)
    token = get(client, perPage=1, EQ_action="OBSERVE").json()["nextPageToken"]
    problem = refused(client, perPage=1, EQ_action="ADD", nextPageToken=token)
    assert problem["type"] == "epcisException:QueryParameterException"
    assert "another query" in problem["detail"]
    assert days(get(client, perPage=5, EQ_action="OBSERVE", nextPageToken=token).json()) == [2, 1]


@pytest.mark.conforms("Q-nextPageToken", "T-5")
def test_a_token_brings_its_query_along(client: Client, by: Actor) -> None:
    """A known client sends the token back and nothing else."""
    capture(by, 1, 2, 3)
    asked = {"GE_eventTime": "2026-09-02T00:00:00Z", "orderBy": "eventTime"}
    token = get(client, perPage=1, **asked).json()["nextPageToken"]
    assert days(get(client, perPage=9, nextPageToken=token).json()) == [2]
    for wrong in (f"{token}x", f"{token.partition('~')[0]}~{token}", token.partition("~")[0]):
        assert "another query" in refused(client, nextPageToken=wrong)["detail"]
    many = [("MATCH_epc", f"urn:originmark:local:unit:{number}") for number in range(100)]
    assert page_tokens.with_query("short", many) == "short"


def test_a_token_that_somebody_changed_is_refused(client: Client, by: Actor) -> None:
    capture(by, 1, 2, 3)
    token = get(client, perPage=1).json()["nextPageToken"]
    for wrong in (token[:-1], f"A{token[1:]}", "!", "", signing.dumps([1])):
        assert refused(client, nextPageToken=wrong)["status"] == 400


def test_a_token_that_is_too_old_is_refused(
    client: Client, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture(by, 1, 2)
    token = get(client, perPage=1).json()["nextPageToken"]
    monkeypatch.setattr(page_tokens, "LIFE", timedelta(seconds=-1))
    assert "expired" in refused(client, nextPageToken=token)["detail"]


def test_a_token_shows_no_more_than_its_bearer_may_read(client: Client, by: Actor) -> None:
    capture(by, 1, 2)
    token = get(client, perPage=1).json()["nextPageToken"]
    stranger = a_client_for(an_actor(an_organisation()))
    assert days(get(stranger, nextPageToken=token).json()) == []


@pytest.mark.conforms("R-/nextPageToken/{token}", "ST-204")
def test_a_token_can_be_taken_back(client: Client, by: Actor) -> None:
    capture(by, 1, 2)
    token = get(client, perPage=1).json()["nextPageToken"]
    for _again in range(2):
        assert client.delete(f"/epcis/nextPageToken/{token}").status_code == 204
    assert "taken back" in refused(client, nextPageToken=token)["detail"]
    assert SpentToken.objects.count() == 1
    assert client.delete("/epcis/nextPageToken/none").status_code == 404


@pytest.mark.conforms("Q-maxEventCount")
def test_more_than_the_most_is_no_answer_at_all(client: Client, by: Actor) -> None:
    capture(by, 1, 2, 3)
    problem = refused(client, 413, maxEventCount=2, perPage=1)
    assert problem["type"] == "epcisException:QueryTooLargeException"
    assert days(get(client, maxEventCount=3).json()) == [3, 2, 1]


@pytest.mark.conforms("Q-eventCountLimit", "Q-orderBy", "Q-orderDirection")
def test_the_first_few_are_given_and_no_page_more(client: Client, by: Actor) -> None:
    capture(by, 3, 1, 2)
    asked = {"orderBy": "eventTime", "orderDirection": "ASC", "eventCountLimit": 2}
    assert days(get(client, **asked).json()) == [1, 2]
    first = get(client, perPage=1, **asked)
    assert days(first.json()) == [1]
    token = first.json()["nextPageToken"]
    last = get(client, perPage=1, nextPageToken=token, **asked)
    assert days(last.json()) == [2]
    assert "Link" not in last.headers


@pytest.mark.conforms("Q-eventCountLimit", "Q-maxEventCount", "QS-exclusive", "ST-400")
def test_a_count_and_a_limit_at_once_are_refused(client: Client) -> None:
    problem = refused(client, maxEventCount=2, eventCountLimit=2, orderBy="eventTime")
    assert problem["type"] == "epcisException:QueryParameterException"


def test_a_page_that_would_read_too_much_ends_early_and_leads_on(
    client: Client, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_CANDIDATES", 1)
    capture(by, *range(1, 9))
    found, token = [], {}
    for _turn in range(9):
        answer = get(client, perPage=1, GE_value_CEL=1, **token).json()
        found += days(answer)
        if "nextPageToken" not in answer:
            break
        token = {"nextPageToken": answer["nextPageToken"]}
    assert (found, token != {}) == ([], True)


def test_an_order_that_would_sort_too_much_is_refused(
    client: Client, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_SORTED", 2)
    capture(by, 1, 2, 3)
    problem = refused(client, 413, orderBy="ex:mass")
    assert problem["type"] == "epcisException:QueryTooComplexException"


@pytest.mark.parametrize(
    "token", ["é", "a~é", "a:b:é", "~", "a~YQ==", "\ud7ff", "a" * 3000, ":", "W10:1:x~RVFfeD0x"]
)
def test_a_token_of_any_characters_is_refused_and_no_error(client: Client, token: str) -> None:
    assert refused(client, nextPageToken=token)["status"] == 400
    answer = client.get("/epcis/epcs", {"nextPageToken": token})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GE_quantity", "1e999"),
        ("EQ_value_CEL", "-1e308|1e-400"),
        ("GE_eventTime", "9999-12-31T23:59:59Z"),
        ("LT_recordTime", "0001-01-01T00:00:00Z"),
        ("EQ_INNER_ex:a", "x"),
        ("HASATTR_ex:a", "x"),
        ("MATCH_epc", "urn:epc:idpat:giai:0614141.*"),
        ("MATCH_anyEPCClass", "https://id.gs1.org/01/10614141073464"),
        ("WD_readPoint", "urn:epc:id:sgln:0614141.07346.0"),
        ("EQ_eventID", "urn:" + "a" * 600),
    ],
)
@pytest.mark.parametrize("order", ["", "eventTime", "quantity", "ex:a"])
def test_extreme_values_are_answered(
    client: Client, by: Actor, name: str, value: str, order: str
) -> None:
    capture(by, 1)
    get(client, **{name: value}, **({"orderBy": order} if order else {}))

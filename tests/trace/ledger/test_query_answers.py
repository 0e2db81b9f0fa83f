"""The quick way to answer a query and the reference find the same events, in order, whole."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from builders.ledger import a_document, as_bytes
from builders.parties import an_actor, an_inspector, an_organisation
from builders.queries import CONTEXT, NAMESPACES, a_declaration, a_reading, an_element
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from originmark.origin.parties.access import Actor
from originmark.standards.epcis.query import Facts, Query, parse_parameters
from originmark.trace.ledger import query as ledger_query
from originmark.trace.ledger import services, sockets, store, walking
from originmark.trace.ledger.models import Event
from originmark.trace.ledger.narrowing import narrowed
from originmark.trace.ledger.values import StoredEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)

SERIALS = [
    "urn:epc:id:sgtin:0614141.107346.1",
    "https://id.gs1.org/01/10614141073464/21/1",
    "https://shop.example/p/01/10614141073464/21/1?x=1",
    "urn:epc:id:sgtin:0614141.107346.2",
    "urn:epc:id:sgtin:0614141.107346.a%2Fb",
    "https://id.gs1.org/01/10614141073464/21/a%2Fb",
    "urn:epc:id:sscc:0614141.1234567890",
    "urn:originmark:local:tree:7",
]
CLASSES = [
    "urn:epc:class:lgtin:0614141.107346.L1",
    "https://id.gs1.org/01/10614141073464/10/L1",
    "urn:epc:idpat:sgtin:0614141.107346.*",
    "https://id.gs1.org/01/10614141073464",
    "urn:originmark:local:lot:7",
]
PLACES = [
    "urn:epc:id:sgln:0614141.07346.0",
    "https://id.gs1.org/414/0614141073467",
    "https://example.com/414/0614141073467",
    "urn:originmark:local:place:mill",
]
PATTERNS = [
    "urn:epc:idpat:sgtin:0614141.*.*",
    "urn:epc:idpat:sgtin:*.*.*",
    "urn:epc:idpat:sscc:0614141.*",
]
TIMES = [f"2026-09-2{day}T07:15:00+08:00" for day in range(5)]
FORMS = ["urn:epc:id:sgtin:0614141.107346.a%2fb"]


def some(values: list[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=most)


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    """An event of any type with some of what queries ask for."""
    kind = draw(
        st.sampled_from(["ObjectEvent", "AggregationEvent", "TransformationEvent", "ex:Own"])
    )
    event: dict[str, Any] = {
        "type": kind,
        "eventTime": draw(st.sampled_from(TIMES)),
        "eventTimeZoneOffset": "+08:00",
        **draw(st.sampled_from([{}, {"ex:mass": 5}, {"mill:grade": "A", "ex:mass": "12"}])),
        **draw(st.sampled_from([{}, {"errorDeclaration": a_declaration()}])),
    }
    if kind == "ex:Own":
        return event
    event |= draw(st.sampled_from([{}, {"bizStep": "shipping"}, {"bizStep": "mill:roasting"}]))
    event |= draw(st.sampled_from([{}, {"disposition": "recalled"}]))
    event |= draw(st.sampled_from([{}, {"sensorElementList": [an_element(a_reading())]}]))
    event |= draw(st.sampled_from([{}, *({"readPoint": {"id": each}} for each in PLACES)]))
    return event | draw(_things(kind))


@st.composite
def _things(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    amounts = [{"epcClass": each, "quantity": 2, "uom": "KGM"} for each in draw(some(CLASSES))]
    serials = draw(some(SERIALS + FORMS))
    if kind == "ObjectEvent":
        return {"action": "OBSERVE", "epcList": serials, "quantityList": amounts}
    if kind == "AggregationEvent":
        parent = draw(st.sampled_from(SERIALS))
        children = {"childEPCs": serials, "childQuantityList": amounts}
        return {"action": "DELETE", "parentID": parent, **children}
    outputs = [{"epcClass": draw(st.sampled_from(CLASSES))}]
    return {
        "inputEPCList": [draw(st.sampled_from(SERIALS))],
        "inputQuantityList": amounts,
        "outputEPCList": serials,
        "outputQuantityList": outputs,
    }


PARAMETERS: list[tuple[str, list[str]]] = [
    ("eventType", ["ObjectEvent", "TransformationEvent", "ex:Own"]),
    ("GE_eventTime", TIMES),
    ("LT_eventTime", TIMES),
    ("GE_recordTime", ["2026-10-01T08:00:02Z"]),
    ("LT_recordTime", ["2026-10-01T08:00:04Z"]),
    ("EQ_action", ["OBSERVE", "DELETE"]),
    ("EQ_bizStep", ["shipping", "https://mill.example.org/voc#roasting"]),
    ("EQ_disposition", ["recalled"]),
    ("EQ_readPoint", PLACES),
    ("MATCH_epc", [*SERIALS, *CLASSES[2:4], *PATTERNS]),
    ("MATCH_anyEPC", [*SERIALS, *PATTERNS]),
    ("MATCH_parentID", [*SERIALS, *PATTERNS]),
    ("MATCH_inputEPC", SERIALS),
    ("MATCH_epcClass", [*CLASSES, *PATTERNS]),
    ("MATCH_anyEPCClass", [*CLASSES, *PATTERNS]),
    ("MATCH_outputEPCClass", CLASSES),
    ("EXISTS_errorDeclaration", ["true", "false"]),
    ("EQ_errorReason", ["incorrect_data", "did_not_occur"]),
    ("GE_quantity_GRM", ["1999", "2001"]),
    ("EQ_ex:mass", ["5", "12"]),
    ("GT_ex:mass", ["4", "11"]),
    ("EQ_value_FAH", ["68"]),
]
ORDERS = [
    [],
    [("orderBy", "eventTime")],
    [("orderBy", "eventTime"), ("orderDirection", "ASC")],
    [("orderBy", "recordTime")],
    [("orderBy", "ex:mass"), ("orderDirection", "ASC")],
    [("orderBy", "quantity")],
]


@st.composite
def queries(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Up to three parameters, each with up to two values, and an order."""
    chosen = draw(st.lists(st.sampled_from(PARAMETERS), max_size=3, unique_by=lambda each: each[0]))
    asked = []
    for name, values in chosen:
        is_single = name[:2] in {"GE", "GT", "LT", "LE"} or name.startswith("EXISTS")
        most = 1 if is_single else 2
        picked = draw(st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True))
        asked.append((name, "|".join(picked)))
    return [*asked, *draw(st.sampled_from(ORDERS))]


def capture(bodies: list[dict[str, Any]], by: Actor) -> None:
    for seconds, body in enumerate(bodies):
        named = {"eventID": f"urn:uuid:00000000-0000-4000-8000-{Event.objects.count():012}", **body}
        document = a_document(named, context=CONTEXT)
        services.capture(as_bytes(document), by=by, now=NOW + timedelta(seconds=seconds))


def every_page(asked: Query, by: Actor, limit: int) -> list[StoredEvent]:
    found: list[StoredEvent] = []
    token = None
    for _turn in range(200):
        page = ledger_query.run(asked, by=by, limit=limit, after=token)
        assert len(page.events) <= limit
        found += page.events
        token = page.next_token
        if token is None:
            return found
    raise AssertionError("the pages do not end")


def reference(asked: Query) -> set[int]:
    rows = Event.objects.select_related("context")
    stored = [store.from_row(row) for row in rows]
    return {
        each.id
        for each in stored
        if asked.matches(each.body, each.context, Facts(each.event_id, each.recorded_at))
    }


@pytest.fixture(autouse=True)
def _nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events are made at random: other rooms would refuse most of them."""
    monkeypatch.setattr(sockets, "tell_listeners", lambda *_args, **_kwargs: None)


@pytest.fixture(params=["as it is", "in small steps"])
def _steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once with the limits of the installation, once with limits that every query meets."""
    if request.param == "in small steps":
        monkeypatch.setattr(walking, "MOST_GATHERED", 3)
        monkeypatch.setattr(walking, "FIRST_WINDOW", 2)
        monkeypatch.setattr(walking, "LARGEST_WINDOW", 3)
        monkeypatch.setattr(walking, "MOST_WALKED", 12)
        monkeypatch.setattr(ledger_query, "MOST_CANDIDATES", 4)
        monkeypatch.setattr(ledger_query, "MOST_ROWS", 5)


@pytest.mark.usefixtures("_steps")
@pytest.mark.conforms(
    "Q-perPage", "Q-orderBy", "Q-orderDirection", "QS-and-or", "QS-patterns", "QS-both-forms"
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(events(), max_size=8), asked=queries(), limit=st.integers(1, 4))
def test_the_quick_way_finds_what_the_reference_finds(
    bodies: list[dict[str, Any]], asked: list[tuple[str, str]], limit: int
) -> None:
    organisation = an_organisation()
    by = an_actor(organisation)
    with _undone():
        capture(bodies, by)
        query = parse_parameters(asked, NAMESPACES)
        found = every_page(query, by, limit)
        assert {each.id for each in found} == reference(query)
        assert len({each.id for each in found}) == len(found)
        assert _in_order(query, found)


def _undone() -> Any:
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def undone() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return undone()


def _in_order(query: Query, found: list[StoredEvent]) -> bool:
    if query.order is None or query.order.by not in walking.COLUMNS:
        return True
    times = [
        each.event.event_time if query.order.by == "eventTime" else each.recorded_at
        for each in found
    ]
    return times == sorted(times, reverse=query.order.is_descending)


def plan_of(statement: str, parameters: list[Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(str(row[3]) for row in cursor.fetchall())


@pytest.mark.conforms("Q-MATCH_epc")
def test_a_query_by_epc_walks_the_index_and_nothing_else() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the words of the plan are SQLite's")
    [search] = narrowed(parse_parameters([("MATCH_epc", SERIALS[0])])).searches
    few = walking.few_statement(search, (0, 99))
    more = walking.walk_statement(search, (0, 99), 31, is_descending=True)

    for statement, parameters in (few, more):
        plan = plan_of(statement, parameters)

        looked_up = [line for line in plan.splitlines() if "ledger_eventidentifier" in line]
        assert looked_up
        assert all(
            "USING COVERING INDEX ledger_identifier (identifier=? AND role=? AND event_id>? AND"
            " event_id<?)" in line
            for line in looked_up
        )
        assert "SCAN ledger" not in plan


def test_an_epc_is_answered_in_three_queries(django_assert_num_queries: Any) -> None:
    by = an_inspector()
    capture([{**_object(), "epcList": SERIALS[:1]} for _ in range(3)], by=_officer())
    asked = parse_parameters([("MATCH_anyEPC", SERIALS[1])])
    store.context_of.cache_clear()
    ledger_query.run(asked, by=by, limit=10)
    with django_assert_num_queries(3):
        assert len(ledger_query.run(asked, by=by, limit=10).events) == 3


def _object() -> dict[str, Any]:
    return {
        "type": "ObjectEvent",
        "action": "OBSERVE",
        "eventTime": TIMES[0],
        "eventTimeZoneOffset": "+08:00",
        "epcList": [],
    }


def _officer() -> Actor:
    return an_actor(an_organisation())


def test_bodies_are_returned_as_they_were_received() -> None:
    capture([_object()], by=_officer())
    [found] = ledger_query.run(parse_parameters([]), by=an_inspector(), limit=5).events
    assert orjson.loads(Event.objects.get().body) == found.body
    assert found.context == CONTEXT

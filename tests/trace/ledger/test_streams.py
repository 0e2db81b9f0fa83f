"""The front door's streams by themselves: who may not listen, and for how long one may."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from builders.parties import NOON, a_client_for, an_actor, an_organisation
from django.conf import LazySettings
from django.db import connections

from originmark.origin.parties import access
from originmark.origin.parties import services as parties
from originmark.origin.parties.services.api_keys import NewApiKey
from originmark.trace.ledger import streams

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/epcis/queries/SimpleEventQuery/events"
SCOPES = ["read", "ledger.query"]


@pytest.fixture(autouse=True)
def _own_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "watch", streams.LogWatch())  # each test has its own loop
    monkeypatch.setattr(streams, "close_old_connections", connections.close_all)
    monkeypatch.setattr(streams, "HEARTBEAT_S", 0.05)
    monkeypatch.setattr(streams, "LOOK_EVERY_S", 0.05)


@pytest.fixture
def key() -> NewApiKey:
    return parties.create_api_key(
        an_organisation(), name="k", role="viewer", scopes=SCOPES, by=access.SYSTEM, now=NOON
    )


def a_scope(secret: str, kind: str = "http", **headers: str) -> dict[str, Any]:
    given = {"host": "testserver", "accept": "text/event-stream", **headers}
    if secret:
        given["authorization"] = f"Bearer {secret}"
    return {
        "type": kind,
        "method": "GET",
        "path": PATH,
        "query_string": b"stream=true",
        "headers": [(name.encode(), text.encode()) for name, text in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }


def talked(scope: dict[str, Any], after: Callable[[int], bool]) -> list[dict[str, Any]]:
    """Serve one connection; the listener goes once ``after`` is true of what it got."""
    sent: list[dict[str, Any]] = []
    gone = asyncio.Event()
    first = [{"type": "websocket.connect"}] if scope["type"] == "websocket" else []

    async def receive() -> Any:
        if first:
            return first.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if after(len(sent)):
            gone.set()

    assert streams.takes(scope)
    asyncio.run(asyncio.wait_for(streams.serve(scope, receive, send), timeout=20))
    return sent


@pytest.mark.conforms("S-sse")
def test_signs_of_life_keep_a_quiet_stream_open(key: NewApiKey) -> None:
    sent = talked(a_scope(key.secret), lambda count: count == 4)

    assert sent[0]["status"] == 200
    assert [each["body"] for each in sent[1:4]] == [b"retry: 2000\n\n", *[b": still here\n\n"] * 2]
    assert streams.watch.listeners == 0


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_key_that_is_revoked_ends_the_stream(
    key: NewApiKey, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(streams, "ASK_AGAIN_S", 0.2)
    opened: list[bool] = []

    def revoke_once(_count: int) -> bool:
        if not opened:
            opened.append(True)
            loop = asyncio.get_running_loop()
            loop.run_in_executor(None, revoke, key)
        return False

    sent = talked(a_scope(key.secret, kind), revoke_once)

    end = {"type": "websocket.close", "code": streams.POLICY}
    if kind == "http":
        end = {"type": "http.response.body", "body": b"", "more_body": False}
    assert sent[-1] == end


def revoke(key: NewApiKey) -> None:
    row = key.key
    parties.revoke_api_key(row.organisation, row.prefix, by=access.SYSTEM, now=NOON)
    connections.close_all()


@pytest.mark.parametrize(("kind", "status"), [("http", 503), ("websocket", None)])
def test_only_so_many_listen_at_once(
    key: NewApiKey, settings: LazySettings, kind: str, status: int | None
) -> None:
    settings.LEDGER_MOST_STREAMS = 0

    sent = talked(a_scope(key.secret, kind), lambda _count: False)

    assert sent[0].get("status") == status
    assert sent[0].get("code") == (None if status else streams.TRY_AGAIN_LATER)


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [("http://testserver", True), ("https://evil.example", False), ("null", False)],
)
def test_a_page_of_another_site_cannot_listen_with_its_visitors_session(
    origin: str, *, is_let_in: bool
) -> None:
    client = a_client_for(an_actor(an_organisation()))
    cookie = f"sessionid={client.cookies['sessionid'].value}"

    sent = talked(a_scope("", "websocket", cookie=cookie, origin=origin), lambda count: count == 1)

    expected = "websocket.accept" if is_let_in else "websocket.close"
    assert sent[0]["type"] == expected

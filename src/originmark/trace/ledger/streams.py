"""Events as they come: WebSocket and server-sent events, answered at the front door.

Django says who may listen, to what and from where (``subscriptions.openings``); here it is only
sent. One look at the log a second serves all listeners. Nothing waits in memory for a listener:
each reads from the log at its own pace, so a slow one only falls behind.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, TypeVar

import orjson
from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.http.response import HttpResponseBase

from originmark.frame.web import clock
from originmark.frame.web.asking import ask_django
from originmark.trace.ledger.query_views import query_document
from originmark.trace.ledger.subscriptions import matching
from originmark.trace.ledger.subscriptions.openings import Opening, StreamOpening
from originmark.trace.ledger.subscriptions.subscribing import next_turn
from originmark.trace.ledger.values import StoredEvent

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
T = TypeVar("T")
PATH = re.compile(r"/epcis/queries/[^/]+/events")
LOOK_EVERY_S = 1.0
HEARTBEAT_S = 15.0
ASK_AGAIN_S = 30.0  # whether the listener may still listen
MOST_EVENTS = 100  # a message
TRY_AGAIN_LATER = 1013
POLICY = 1008
SSE_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"gs1-epcis-version", b"2.0.0"),
    (b"gs1-cbv-version", b"2.0.0"),
)
_threads = ThreadPoolExecutor(4, thread_name_prefix="streams")


@dataclass(frozen=True, slots=True)
class Told:
    """A message to a listener; ``place`` is the last place in the log that it covers."""

    place: int
    document: dict[str, Any]


class LogWatch:
    """Looks how far the log has grown, once for all listeners and only while there are some."""

    def __init__(self) -> None:
        self.listeners = 0
        self._size = 0
        self._grown = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    async def size_beyond(self, place: int, *, seconds: float) -> int:
        """Return the size of the log once it passes a place, or after so many seconds."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look())
        async with self._grown:
            try:
                await asyncio.wait_for(
                    self._grown.wait_for(lambda: self._size > place), timeout=seconds
                )
            except TimeoutError:
                return self._size
            return self._size

    async def _look(self) -> None:
        while self.listeners:
            try:
                size = await in_thread(matching.log_size)
            except DatabaseError:  # it is away for a moment; so is everything else
                size = self._size
            if size > self._size:
                async with self._grown:
                    self._size = size
                    self._grown.notify_all()
            await asyncio.sleep(LOOK_EVERY_S)


watch = LogWatch()


def takes(scope: Message) -> bool:
    """Return whether a connection is answered here and not by Django."""
    if scope["type"] != "http":
        return bool(scope["type"] == "websocket")
    if scope["method"] != "GET" or PATH.fullmatch(scope["path"]) is None:
        return False
    return any(
        name == b"accept" and b"text/event-stream" in text for name, text in scope["headers"]
    )


async def serve(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one connection until the listener goes, or may listen no more."""
    is_socket = scope["type"] == "websocket"
    if is_socket:
        await receive()  # the handshake, which is accepted or refused below
    response = await in_thread(ask_django, scope)
    if not isinstance(response, StreamOpening):
        await (_close(send, POLICY) if is_socket else _answer(response, send))
        return
    if watch.listeners >= settings.LEDGER_MOST_STREAMS:
        await (_close(send, TRY_AGAIN_LATER) if is_socket else _too_many(send))
        return
    told = Listening(scope, response.opening).messages()
    watch.listeners += 1
    try:
        await _until_gone(receive, (_over_socket if is_socket else _as_events)(told, send))
    finally:
        watch.listeners -= 1


async def in_thread(work: Callable[..., T], *arguments: Any) -> T:
    """Run something that waits for the database, without holding up the other connections."""

    def run() -> T:
        try:
            return work(*arguments)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(_threads, run)


class Listening:
    """One listener: where it stands in the log, and when its turn comes."""

    def __init__(self, scope: Message, opening: Opening) -> None:
        self._scope, self._opening = scope, opening
        self._place, self._asked_at = opening.first_place, monotonic()
        self._due = next_turn(opening.schedule, after=clock.now())

    async def messages(self) -> AsyncIterator[Told | None]:
        """Yield what the listener is told, and None now and then as a sign of life.

        Ends when it may listen no more.
        """
        while await self._may_listen():
            size = await self._turn()
            is_empty = True
            while size is not None and self._place < size:
                if (told := await in_thread(self._next, size)) is not None:
                    is_empty = False
                    yield told
            if is_empty:
                yield self._empty_report() if size is not None else None

    async def _turn(self) -> int | None:
        """Wait for the listener's turn; return how far to read, None for a mere sign of life."""
        if self._due is None:
            size = await watch.size_beyond(self._place, seconds=HEARTBEAT_S)
            return size if size > self._place else None
        wait_s = (self._due - clock.now()).total_seconds()
        await asyncio.sleep(min(max(wait_s, 0), HEARTBEAT_S))
        if wait_s > HEARTBEAT_S:
            return None
        self._due = next_turn(self._opening.schedule, after=max(self._due, clock.now()))
        return await in_thread(matching.log_size)

    def _next(self, size: int) -> Told | None:
        """Read on towards the size of the log; None where nothing was found so far."""
        found = matching.events_between(
            self._opening.body,
            by=self._opening.actor,
            start=self._place,
            end=size,
            most=MOST_EVENTS,
            since=self._opening.since,
        )
        self._place = found.end
        return self._told(found.events) if found.events else None

    def _empty_report(self) -> Told | None:
        is_owed = self._opening.schedule is not None and self._opening.report_if_empty
        return self._told([]) if is_owed else None

    def _told(self, events: list[StoredEvent]) -> Told:
        name = self._opening.query_name
        return Told(self._place - 1, query_document(events, now=clock.now(), name=name))

    async def _may_listen(self) -> bool:
        """Ask Django again from time to time: keys are revoked, and queries deleted."""
        if monotonic() - self._asked_at > ASK_AGAIN_S:
            again = await in_thread(ask_django, self._scope)
            if not isinstance(again, StreamOpening):
                return False
            self._opening = replace(self._opening, actor=again.opening.actor)
            self._asked_at = monotonic()
        return True


async def _as_events(listening: AsyncIterator[Told | None], send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": list(SSE_HEADERS)})
    await _chunk(send, b"retry: 2000\n\n")
    async for told in listening:
        data = b": still here\n\n"
        if told is not None:
            data = b"id: %d\ndata: %s\n\n" % (told.place, orjson.dumps(told.document))
        await _chunk(send, data)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _over_socket(listening: AsyncIterator[Told | None], send: Send) -> None:
    await send({"type": "websocket.accept"})
    async for told in listening:
        if told is not None:
            document = {**told.document, "originmark:lastEventID": str(told.place)}
            await send({"type": "websocket.send", "text": orjson.dumps(document).decode()})
    await _close(send, POLICY)


async def _until_gone(receive: Receive, telling: Coroutine[Any, Any, None]) -> None:
    """Tell a listener until it goes away or there is nothing more to tell."""
    both = {asyncio.create_task(telling), asyncio.create_task(_gone(receive))}
    try:
        done, _others = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in both:
            each.cancel()
        await asyncio.gather(*both, return_exceptions=True)
    for each in done:
        each.result()


async def _gone(receive: Receive) -> None:
    while not (await receive())["type"].endswith(".disconnect"):
        pass


async def _chunk(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})


async def _answer(response: HttpResponseBase, send: Send) -> None:
    """Send what Django answered, as it stands."""
    lines = [*response.items(), *_cookies(response)]
    headers = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in lines]
    start = {"type": "http.response.start", "status": response.status_code, "headers": headers}
    await send(start)
    body = getattr(response, "content", b"")
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _cookies(response: HttpResponseBase) -> list[tuple[str, str]]:
    return [("Set-Cookie", each.OutputString()) for each in response.cookies.values()]


async def _too_many(send: Send) -> None:
    headers = [(b"content-type", b"application/problem+json"), (b"retry-after", b"60")]
    body = {
        "type": "epcisException:ImplementationException",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "As many listen as this server takes. Try again later.",
    }
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps(body), "more_body": False})


async def _close(send: Send, code: int) -> None:
    """End a WebSocket; before it was accepted, the caller sees 403."""
    await send({"type": "websocket.close", "code": code})

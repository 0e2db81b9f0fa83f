"""The front door: one ASGI application; everything is handed to Django as WSGI.

Django under WSGI costs a tenth of Django under ASGI per request (docs/decisions/0001). What needs
no Django is answered here before it gets there: scans whose page Django made a moment ago, and
streams of events.
"""

import asyncio
import gc
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings

from config.wsgi import application as django
from originmark.frame.web.asking import ask_django  # after Django is set up
from originmark.frame.web.proxies import behind_proxies
from originmark.mark.passport.door import Door, Question
from originmark.mark.passport.logbook import BOOKS
from originmark.trace.ledger import streams

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
behind = WSGIMiddleware(django, workers=16)
door = Door(keeps_s=settings.SCAN_PAGE_S, ask=ask_django)


@behind_proxies(settings.PROXIES)
async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one connection."""
    if scope["type"] == "http" and scope["path"].startswith(("/01/", "/own/")):
        found = door.answer(scope)
        if isinstance(found, Question):
            found = await door.ask(scope, found)
        if found is not None:
            start, body = found
            await send(start)
            await send(body)
            return
    await _onward(scope, receive, send)


async def _onward(scope: Message, receive: Receive, send: Send) -> None:
    """Hand a connection on.

    Granian's ``receive`` and ``send`` return futures; a2wsgi wants coroutines.
    """

    async def receive_one() -> Message:
        return await receive()

    async def send_one(message: Message) -> None:
        await send(message)

    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif streams.takes(scope):
        await streams.serve(scope, receive_one, send_one)
    else:
        await behind(scope, receive_one, send_one)  # type: ignore[arg-type]  # a2wsgi's own types


async def _live(receive: Receive, send: Send) -> None:
    """Keep the logbooks of scans from the start of the server to its end.

    What was loaded to start with stays to the end: freezing it spares the collector from looking
    through all of Django over and over. And scans that wait to be written are no garbage: it need
    not look for some after every few hundred of them.
    """
    await receive()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    for book in BOOKS:
        book.open()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    for book in BOOKS:
        await asyncio.to_thread(book.close)
    door.close()
    await send({"type": "lifespan.shutdown.complete"})

"""The front door: one ASGI application; everything is handed to Django as WSGI.

Django under WSGI costs a tenth of Django under ASGI per request (docs/decisions/0001). Paths
that need no Django are answered here before they reach it; streams of events are sent from here.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware

from config.wsgi import application as django
from originmark.trace.ledger import streams  # after Django is set up

Message = MutableMapping[str, Any]
behind = WSGIMiddleware(django, workers=16)


async def application(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Answer one connection.

    Granian's ``receive`` and ``send`` return futures; a2wsgi wants coroutines.
    """

    async def receive_one() -> Message:
        return await receive()

    async def send_one(message: Message) -> None:
        await send(message)

    if streams.takes(scope):
        await streams.serve(scope, receive_one, send_one)
        return
    await behind(scope, receive_one, send_one)  # type: ignore[arg-type]  # a2wsgi's own types

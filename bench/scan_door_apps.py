"""What the bench of the scan door asks: the real server with two doors more, and the usual way.

``front`` is the server as it runs, which also answers /hello/… with the bytes of one pack's page,
always the same ones, and hands /django/… to Django past the scan door. ``tuned`` is what a careful
project writes with Django: a view without middleware, on a connection that stays open, with a
template that is kept; the range of the label comes with its run, brand, licence, lot, product and
producer in one query, then come the earlier scans and the newest star, and the scan is logged by
one INSERT. Its page is our page of that lot, prepared once as a template, so that it sends as much
and renders only what may differ.
"""

import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


def front() -> Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]:
    """Return the ASGI application of the server, with two paths of the bench."""
    from config.asgi import application, behind  # noqa: PLC0415 (Django is set up by it)

    sample = Path(os.environ["BENCH_TEMPLATES"]) / "answer"
    headers, body = _as_sent(sample.read_bytes()) if sample.exists() else ([], b"")

    async def hello(send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def past_the_door(scope: Scope, receive: Receive, send: Send) -> None:
        # Granian's own awaitables are no coroutines, which a2wsgi wants.
        async def receive_one() -> Any:
            return await receive()

        async def send_one(message: Any) -> None:
            await send(message)

        path = scope["path"].removeprefix("/django")
        await behind({**scope, "path": path}, receive_one, send_one)

    def answer(scope: Scope, receive: Receive, send: Send) -> Coroutine[Any, Any, None]:
        path = scope.get("path", "")
        if path.startswith("/hello/"):
            return hello(send)
        if path.startswith("/django/"):
            return past_the_door(scope, receive, send)
        return application(scope, receive, send)

    return answer


def tuned() -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """Return the WSGI application of the usual way."""
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    settings.ROOT_URLCONF = "bench.scan_door_usual"
    settings.DATABASES["default"]["CONN_MAX_AGE"] = None
    options = settings.DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("FULL", "NORMAL")
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(os.environ["BENCH_TEMPLATES"])],
        }
    ]
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415

    settings.MIDDLEWARE = []
    return WSGIHandler()


def _as_sent(answer: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Return headers and body of an answer; the server adds its name and the date itself."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = (line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    return [(name, value) for name, value in lines if name not in {b"server", b"date"}], body

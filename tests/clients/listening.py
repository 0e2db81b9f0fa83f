"""Listeners for tests, as small as they can be: server-sent events and a WebSocket (RFC 6455)."""

import base64
import http.client
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson

SECONDS = 20


class EventStream:
    """A stream of server-sent events that is being read."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers = response.status, response.headers
        self._response = response

    def next(self) -> tuple[str, Any]:
        """Return the id and the document of the next message; comments are passed over."""
        fields: dict[str, str] = {}
        while line := self._response.readline().decode():
            name, _colon, value = line.rstrip("\n").partition(": ")
            if not name and "data" in fields:
                return fields["id"], orjson.loads(fields["data"])
            fields[name] = value
        raise EOFError

    def read(self) -> bytes:
        return self._response.read()


@contextmanager
def listen(url: str, path: str, key: str, **headers: str) -> Iterator[EventStream]:
    """Ask for server-sent events until the block ends."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=SECONDS)
    sent = {"Accept": "text/event-stream", "Authorization": f"Bearer {key}"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("GET", path, headers=sent)
        yield EventStream(connection.getresponse())
    finally:
        connection.close()


@dataclass
class WebSocket:
    """A WebSocket that only listens."""

    status: int
    wire: Any

    def next(self) -> Any:
        """Return the document of the next text message; raises EOFError once it is closed."""
        while True:
            kind, payload = self._frame()
            if kind == 0x1:
                return orjson.loads(payload)
            if kind == 0x8:
                raise EOFError(struct.unpack("!H", payload[:2])[0] if payload else 0)

    def _frame(self) -> tuple[int, bytes]:
        first, second = self._exactly(2)
        length = second & 0x7F
        if length >= 126:
            wide = {126: "!H", 127: "!Q"}[length]
            [length] = struct.unpack(wide, self._exactly(struct.calcsize(wide)))
        return first & 0x0F, self._exactly(length)

    def _exactly(self, count: int) -> bytes:
        data: bytes = self.wire.read(count)
        if len(data) < count:
            raise EOFError
        return data


@contextmanager
def connect(url: str, path: str, key: str, **headers: str) -> Iterator[WebSocket]:
    """Open a WebSocket until the block ends; ``status`` says whether it was taken."""
    parts = urlsplit(url)
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        *([f"Authorization: Bearer {key}"] if key else []),
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    with socket.create_connection((str(parts.hostname), parts.port or 80), SECONDS) as plain:
        plain.sendall("\r\n".join([*lines, "", ""]).encode())
        with plain.makefile("rb") as wire:
            status = int(wire.readline().split()[1])
            while wire.readline() not in (b"\r\n", b""):
                pass
            yield WebSocket(status, wire)

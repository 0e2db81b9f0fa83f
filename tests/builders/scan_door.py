"""Phones that scan at a door which works in the test's own thread."""

import gzip
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.test import Client

from originmark.mark.passport.door import Door, Page, Question

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


class AtOnce(Executor):
    """Does at once what others do in the background."""

    def submit(self, work: Callable[..., Any], /, *facts: Any, **named: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(work(*facts, **named))
        return done


@dataclass
class Phone:
    """A browser that asks the door, or Django past it."""

    door: Door
    headers: dict[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"

    def sent(self) -> dict[str, str]:
        return {"Host": "testserver", "User-Agent": "my phone", "Accept": HTML, **self.headers}

    def scope(self, path: str, **more: Any) -> dict[str, Any]:
        headers = [(name.lower().encode(), text.encode()) for name, text in self.sent().items()]
        return {
            "type": "http", "method": "GET", "path": path, "query_string": b"",
            "headers": headers, "client": (self.address, 1), "server": ("testserver", 80),
            "scheme": "http", "http_version": "1.1", "root_path": "", **more,
        }  # fmt: skip

    def at_the_door(self, path: str, **more: Any) -> Page | None:
        """Return what the door answers, None where it leaves the scan to Django."""
        scope = self.scope(path, **more)
        found = self.door.answer(scope)
        return self.door.asked(scope, found) if isinstance(found, Question) else found

    def from_memory(self, path: str, **more: Any) -> Page | None:
        """Return what the door answers without asking anything."""
        found = self.door.answer(self.scope(path, **more))
        return None if isinstance(found, Question) else found

    def past_it(self, path: str) -> Page:
        """Return what Django answers under WSGI, as every path is answered."""
        found = Client(REMOTE_ADDR=self.address).get(path, headers=self.sent())
        headers = [(name.lower().encode(), text.encode()) for name, text in found.items()]
        return {"status": found.status_code, "headers": headers}, {"body": found.content}


def same(one: Page | None, other: Page | None) -> tuple[Any, ...]:
    """Return what has to be equal of two answers, packed or not."""
    assert one is not None
    assert other is not None
    return (_said(one), _said(other))


def text_of(page: Page | None) -> str:
    assert page is not None
    return str(_said(page)[2].decode())


def _said(page: Page) -> tuple[int, dict[bytes, bytes], bytes]:
    start, body = page[0], page[1]["body"]
    headers = dict(start["headers"])
    assert headers.pop(b"content-length") == str(len(body)).encode()
    if headers.get(b"content-encoding") == b"gzip":
        body = gzip.decompress(body)
    return start["status"], headers, body


@dataclass
class Hands:
    """Turns the clock by which the door says how old something is."""

    now_s: float = field(default_factory=monotonic)

    def __call__(self) -> float:
        return self.now_s

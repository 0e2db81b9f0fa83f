"""Phones behind a proxy of the installation each have tries of their own."""

import asyncio
from typing import Any

import pytest
from builders.labels import NOON, a_labelled_lot
from builders.scan_door import Phone

from originmark.frame.web import clock
from originmark.frame.web.proxies import behind_proxies
from originmark.mark.labels import selectors as labels
from originmark.mark.passport.door import Page, Question

pytestmark = pytest.mark.django_db
PROXY = "10.0.0.5"


def page_of(phone: Phone, path: str, *, behind: list[str]) -> Page | None:
    """Return what the door answers from memory when the proxy asks for somebody."""
    found: list[Any] = []

    async def application(scope: Any, _receive: Any, _send: Any) -> None:
        found.append(phone.door.answer(scope))

    asyncio.run(behind_proxies(behind)(application)(phone.scope(path), None, None))  # type: ignore[arg-type]
    return None if isinstance(found[0], Question) else found[0]


def test_a_phone_has_its_own_tries_whatever_it_claims(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    genuine = labels.url_prefix(run := a_labelled_lot().issue(3)) + labels.serial_of(run, 0)
    path = "/" + genuine.split("/", 3)[3]
    forged = path[:-20] + "0123456789ABCDEFGHJK"  # answered the same whoever asks
    for _ in range(2):
        phone.at_the_door(path)
        phone.at_the_door(forged)
    phone.address = PROXY

    def scans(client: str, *, behind: list[str]) -> Page | None:
        phone.headers = {"X-Forwarded-For": client}
        return page_of(phone, forged, behind=behind)

    answered = [scans(f"8.8.8.{n}, 198.51.100.7", behind=[PROXY]) for n in range(121)]
    assert [each is None for each in answered] == [False] * 120 + [True]
    assert scans("198.51.100.8", behind=[PROXY]) is not None
    assert scans("198.51.100.7", behind=[]) is not None  # the first try of the proxy itself

"""Behind proxies, an address is believed as far as our own proxies wrote it."""

import asyncio
from typing import Any

import pytest
from a2wsgi import WSGIMiddleware
from django.conf import LazySettings
from django.core.checks import run_checks
from django.core.handlers.asgi import ASGIRequest
from hypothesis import given
from hypothesis import strategies as st

from originmark.frame.web.proxies import Proxies, behind_proxies

OURS = ["10.0.0.0/8", "2001:db8:aaaa::1"]
VISITOR = "198.51.100.7"


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", VISITOR, VISITOR),
        ("10.0.0.1", f"8.8.8.8, {VISITOR}", VISITOR),  # forged in front
        ("10.0.0.1", f"10.0.0.9, 8.8.8.8 ,{VISITOR}", VISITOR),  # forged as if ours
        ("10.0.0.1", f"8.8.8.8, {VISITOR}, 10.0.0.2", VISITOR),  # a chain of two
        ("10.0.0.1", f"{VISITOR}, 192.0.2.1, 10.0.0.2", "192.0.2.1"),  # somebody else's proxy
        ("2001:db8:aaaa::1", "2001:DB8:0::7", "2001:db8::7"),
        ("2001:db8:aaaa::1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("2001:db8:aaaa::2", "2001:db8::7", "2001:db8:aaaa::2"),  # not ours
        ("::ffff:10.0.0.1", f"::ffff:{VISITOR}", VISITOR),  # one socket for both families
        ("10.0.0.1", f"{VISITOR}:50112", VISITOR),
        (VISITOR, "8.8.8.8", VISITOR),
        (VISITOR, "10.0.0.1", VISITOR),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "8.8.8.8, <b>, 10.0.0.2", "10.0.0.2"),  # what is left of garbage is not read
        ("10.0.0.1", "fe80::1%eth0", "10.0.0.1"),
        ("10.0.0.1", "[", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),  # a proxy itself asks
        ("", VISITOR, ""),
    ],
)
def test_the_client_is_the_rightmost_that_is_not_ours(
    peer: str, forwarded: str, client: str
) -> None:
    assert Proxies(OURS).client_of(peer, forwarded) == client


@given(st.text())
def test_nothing_that_a_visitor_says_changes_who_he_is(said: str) -> None:
    assert Proxies(OURS).client_of("10.0.0.1", f"{said},{VISITOR}") == VISITOR
    assert Proxies(OURS).client_of(VISITOR, said) == VISITOR


@given(st.text(alphabet="0123456789abcdef.:,[]% /"))
def test_a_client_is_always_an_address(said: str) -> None:
    found = Proxies(OURS).client_of("10.0.0.1", said)
    assert Proxies([found]).include(found)


def scope(*headers: tuple[str, str], peer: str | None = "10.0.0.1") -> dict[str, Any]:
    return {
        "type": "http", "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1",
        "scheme": "http", "root_path": "", "server": ("testserver", 80),
        "client": peer and (peer, 40000),
        "headers": [(name.lower().encode(), text.encode("latin-1")) for name, text in headers],
    }  # fmt: skip


async def ended() -> dict[str, Any]:
    return {"type": "http.request"}


def seen(given: dict[str, Any], *, proxies: list[str]) -> tuple[str, str]:
    """Return the address and scheme that Django sees, which a2wsgi and the door are told alike."""
    told: list[tuple[str, str]] = []

    def under_wsgi(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        told.append((environ["REMOTE_ADDR"], environ.get("HTTP_X_FORWARDED_PROTO", "http")))
        start_response("200 OK", [])
        return []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        request = ASGIRequest(scope, None)
        told.append((request.META["REMOTE_ADDR"], request.scheme or ""))
        await WSGIMiddleware(under_wsgi)(scope, receive, send)  # type: ignore[arg-type]

    async def forget(message: Any) -> None:
        pass

    asyncio.run(behind_proxies(proxies)(application)(given, ended, forget))  # type: ignore[arg-type]
    assert told[0] == told[1]
    return told[0]


def test_both_ways_into_django_see_the_client_and_its_scheme() -> None:
    said = ("X-Forwarded-For", f"8.8.8.8, {VISITOR}"), ("X-Forwarded-Proto", "https")
    assert seen(scope(*said), proxies=OURS) == (VISITOR, "https")


def test_a_header_sent_twice_is_one_list() -> None:
    said = ("X-Forwarded-For", "8.8.8.8"), ("X-Forwarded-For", VISITOR)
    assert seen(scope(*said), proxies=OURS) == (VISITOR, "http")


def test_bytes_that_are_no_text_change_nothing() -> None:
    assert seen(scope(("X-Forwarded-For", "\xff\xfe")), proxies=OURS) == ("10.0.0.1", "http")


def test_who_is_no_proxy_of_ours_is_believed_nothing() -> None:
    said = ("X-Forwarded-For", "8.8.8.8"), ("X-Forwarded-Proto", "https")
    assert seen(scope(*said, peer=VISITOR), proxies=OURS) == (VISITOR, "http")


def test_without_a_setting_the_application_is_left_as_it_is() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        """Do nothing."""

    assert behind_proxies([])(application) is application


def test_a_start_of_the_server_and_a_peer_without_address_are_let_through() -> None:
    given: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        given.append(scope)

    for each in ({"type": "lifespan"}, scope(("X-Forwarded-For", VISITOR), peer=None)):
        asyncio.run(behind_proxies(OURS)(application)(each, None, None))  # type: ignore[arg-type]
    assert given[0] == {"type": "lifespan"}
    assert given[1]["client"] is None


@pytest.mark.parametrize("named", ["proxy", "10.0.0.1/8", "10.0.0.0/33", "*", "0.0.0.0/0", "::/0"])
def test_a_value_that_names_no_proxy_stops_the_start(named: str, settings: LazySettings) -> None:
    settings.PROXIES = ["10.0.0.5", named]
    (found,) = (each for each in run_checks() if each.id == "web.E001")
    assert found.msg == (
        f"ORIGINMARK_PROXIES names {named}, which is no proxy of yours. Write addresses like "
        "10.0.0.5 and networks like 10.0.0.0/8 or 2001:db8::/32, with commas between."
    )
    settings.PROXIES = OURS
    assert [each for each in run_checks() if each.id == "web.E001"] == []

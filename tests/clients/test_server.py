"""What the server itself answers before the application is asked, over a bare socket."""

import socket
from urllib.parse import urlsplit

import pytest
from clients.conftest import Server

pytestmark = pytest.mark.slow


def answer_to(server: Server, request_line: str) -> str:
    """Send a request and return the first part of what comes back."""
    where = urlsplit(server.url)
    key = f"Authorization: Bearer {server.keys['both']}"
    lines = [f"{request_line} HTTP/1.1", f"Host: {where.netloc}", key, "", ""]
    with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
        connection.sendall("\r\n".join(lines).encode())
        return connection.recv(4096).decode(errors="replace")


@pytest.mark.conforms("ST-414")
def test_an_address_that_is_too_long_is_refused(server: Server) -> None:
    long = "https%3A%2F%2Fid.gs1.org%2F01%2F09521101530001%2F21%2F" + "1" * 70_000
    assert answer_to(server, f"GET /epcis/events?MATCH_epc={long}").startswith("HTTP/1.1 414 ")
    assert answer_to(server, f"GET /epcis/events?MATCH_epc={long[:100]}").startswith("HTTP/1.1 200")

"""Send one parcel to one receiver over HTTP, and to nobody else.

The name of the receiver is looked up once, every address that it has must be public, and the
connection goes to one of those very addresses: a name that answers differently a moment later
gains nothing. Redirects are not followed, and no proxy of the environment is asked.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from originmark.trace.ledger.subscriptions.rules import ReceiverPrivate, is_public

MOST_OF_AN_ANSWER = 2048  # bytes; the rest of what a receiver says is not read
MOST_OF_A_REASON = 200
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent where."""

    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said; ``status`` is None where it said nothing."""

    status: int | None
    reason: str
    duration_ms: int

    @property
    def is_accepted(self) -> bool:
        """Return whether the receiver took the parcel over."""
        return self.status is not None and 200 <= self.status < 300


def post(parcel: Parcel, *, takes_private: bool, seconds: float) -> Answer:
    """Send a parcel and return the answer within about ``seconds``; raises nothing."""
    began = monotonic()
    try:
        status, reason = _exchange(parcel, takes_private=takes_private, seconds=seconds)
    except TimeoutError:
        status, reason = None, f"no answer within {seconds:g} s"
    except (OSError, ValueError, http.client.HTTPException, ReceiverPrivate) as problem:
        is_late = monotonic() - began >= seconds
        status = None
        reason = f"no answer within {seconds:g} s" if is_late else _words(problem)
    return Answer(status, reason, int((monotonic() - began) * 1000))


def refuse_private(url: str) -> None:
    """Raise ReceiverPrivate if the receiver's name leads into a private network today.

    A name that cannot be looked up is left to the delivery, which looks again.
    """
    parts = urlsplit(url)
    try:
        _addresses(parts, takes_private=False)
    except OSError:
        return


def _exchange(parcel: Parcel, *, takes_private: bool, seconds: float) -> tuple[int, str]:
    parts = urlsplit(parcel.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with _connected(parts, takes_private=takes_private, seconds=seconds) as connection:
        headers = {**parcel.headers, "Host": parts.netloc, "Connection": "close"}
        connection.request("POST", target, body=parcel.body, headers=headers)
        response = connection.getresponse()
        said = response.read(MOST_OF_AN_ANSWER).decode(errors="replace")
        return response.status, _told(response, said)


def _told(response: http.client.HTTPResponse, said: str) -> str:
    if 300 <= response.status < 400:
        return "a redirect, which is not followed"
    if 200 <= response.status < 300:
        return ""
    text = " ".join(said.split()) or response.reason
    return "".join(each for each in text if each.isprintable())[:MOST_OF_A_REASON]


@contextmanager
def _connected(
    parts: SplitResult, *, takes_private: bool, seconds: float
) -> Iterator[http.client.HTTPConnection]:
    """Yield a connection to a checked address; it is cut when the time is over."""
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    address = _addresses(parts, takes_private=takes_private)[0]
    plain = socket.create_connection((address, port), timeout=seconds)
    alarm = threading.Timer(seconds, _cut, [plain])
    alarm.daemon = True
    alarm.start()
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        connection.sock = plain if parts.scheme == "http" else _encrypted(plain, host)
        yield connection
    finally:
        alarm.cancel()
        connection.close()
        plain.close()


def _encrypted(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _cut(connection: socket.socket) -> None:
    """End a connection whose other side sends too slowly to be waited for."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # it has ended already
        return


def _addresses(parts: SplitResult, *, takes_private: bool) -> list[str]:
    """Return the addresses of a host; raises ReceiverPrivate if any is not public."""
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if not takes_private and not is_public(address):
            raise ReceiverPrivate(host=host, address=address)
    return found


def _words(problem: Exception) -> str:
    return (str(problem) or type(problem).__name__)[:MOST_OF_A_REASON]

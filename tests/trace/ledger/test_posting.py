"""One parcel to one receiver: where it may go, how long it may take, what is believed."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from builders.receivers import a_receiver
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from originmark.trace.ledger.subscriptions import posting
from originmark.trace.ledger.subscriptions.posting import Answer, Parcel, post
from originmark.trace.ledger.subscriptions.rules import ReceiverPrivate, is_public

BODY = b'{"type": "EPCISQueryDocument"}'


def posted(url: str, *, takes_private: bool = True, seconds: float = 3) -> Answer:
    return post(Parcel(url, BODY, {"X-Test": "1"}), takes_private=takes_private, seconds=seconds)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
        "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:c0a8:101::1",
    ],
)  # fmt: skip
def test_an_address_inside_a_network_is_not_public(address: str) -> None:
    assert is_public(address) is False


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14"])
def test_an_address_of_everybody_is_public(address: str) -> None:
    assert is_public(address) is True


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names resolve to in this test."""
    known: dict[str, list[str]] = {}
    really = socket.getaddrinfo

    def look_up(host: str, *options: Any, **named: Any) -> list[Any]:
        found: list[Any] = []
        for each in known.get(host, [host]):
            found += really(each, *options, **named)
        return found

    monkeypatch.setattr(posting.socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"]])
def test_a_name_with_any_private_address_is_refused(
    names: dict[str, list[str]], addresses: list[str]
) -> None:
    names["receiver.test"] = addresses

    with pytest.raises(ReceiverPrivate):
        posting.refuse_private("https://receiver.test/x")
    with a_receiver() as receiver:
        url = receiver.url.replace("127.0.0.1", "receiver.test")
        answer = posted(url, takes_private=False)
    assert receiver.got == []
    assert (answer.status, "inside a private network" in answer.reason) == (None, True)


def test_the_address_that_was_checked_is_the_one_that_is_spoken_to(
    names: dict[str, list[str]],
) -> None:
    names["receiver.test"] = ["127.0.0.1"]
    with a_receiver() as receiver:
        url = receiver.url.replace("127.0.0.1", "receiver.test") + "?to=mill"
        assert posted(url).is_accepted

    [(headers, body)] = receiver.got
    assert headers["Host"] == url.split("/")[2]
    assert (headers["X-Test"], body) == ("1", BODY)


def test_a_name_that_is_not_known_today_is_left_to_the_delivery(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_args: Any, **_options: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(posting.socket, "getaddrinfo", unknown)

    posting.refuse_private("https://receiver.test/x")
    assert "not known" in posted("https://receiver.test/x").reason


def test_a_name_that_cannot_be_looked_up_at_all_is_a_failure_with_a_reason() -> None:
    assert "too long" in posted(f"https://{'a' * 70}.test/").reason


@contextmanager
def listening(behave: Any) -> Iterator[str]:
    """A server that treats each connection as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _peer = server.accept()
            with connection:
                behave(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join(timeout=5)


def take(connection: socket.socket) -> None:
    """Read the whole request: closing on what is unread would look like an accident."""
    taken = b""
    while BODY not in taken and (more := connection.recv(4096)):
        taken += more


def drip(connection: socket.socket) -> None:
    """Answer so slowly that each byte comes in time and the whole never does."""
    take(connection)
    for byte in b"HTTP/1.1 200 OK\r\n" * 3:
        try:
            connection.sendall(bytes([byte]))
        except OSError:
            return
        sleep(0.1)


def test_an_answer_that_drips_in_is_cut_off() -> None:
    with listening(drip) as url:
        answer = posted(url, seconds=0.5)

    assert answer.status is None
    assert "no answer within 0.5 s" in answer.reason
    assert answer.duration_ms < 1500


def flood(connection: socket.socket) -> None:
    take(connection)
    connection.sendall(b"HTTP/1.1 500 Oops\r\nContent-Length: 900000000\r\n\r\n" + b"x" * 50_000)


def test_a_long_answer_is_not_read_to_its_end() -> None:
    with listening(flood) as url:
        answer = posted(url)

    assert (answer.status, answer.reason) == (500, "x" * 200)


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 2000 OK\r\n\r\n"])
def test_what_is_no_http_is_a_failure_with_a_reason(said: bytes) -> None:
    def say_it(connection: socket.socket) -> None:
        take(connection)
        connection.sendall(said)

    with listening(say_it) as url:
        answer = posted(url)

    assert answer.is_accepted is False
    assert answer.status is None
    assert answer.reason != ""


def a_certificate(folder: Path) -> Path:
    """A certificate for ``receiver.test``, signed by itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver.test")])
    now = datetime.now(tz=UTC)  # noqa: TID251 (TLS reads the clock of the machine)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("receiver.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "receiver.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def encrypted(tmp_path: Path, names: dict[str, list[str]]) -> Iterator[tuple[str, Path]]:
    """A receiver behind TLS that answers one delivery, and its certificate."""
    names["receiver.test"] = names["other.test"] = ["127.0.0.1"]
    path = a_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)

    def answer(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                take(secure)
                secure.sendall(b"HTTP/1.1 202 Accepted\r\n\r\n")
        except OSError:  # the other side did not trust us
            return

    with listening(answer) as url:
        yield url.replace("http://127.0.0.1", "https://receiver.test"), path


def test_a_certificate_that_nobody_vouches_for_is_not_believed(
    encrypted: tuple[str, Path],
) -> None:
    answer = posted(encrypted[0])

    assert answer.status is None
    assert "CERTIFICATE_VERIFY_FAILED" in answer.reason


@pytest.mark.parametrize(("host", "status"), [("receiver.test", 202), ("other.test", None)])
def test_a_certificate_must_be_the_receivers(
    encrypted: tuple[str, Path], monkeypatch: pytest.MonkeyPatch, host: str, status: int | None
) -> None:
    url, path = encrypted
    trusting = ssl.create_default_context(cafile=str(path))
    monkeypatch.setattr(posting.ssl, "create_default_context", lambda: trusting)

    assert posted(url.replace("receiver.test", host)).status == status


def test_addresses_are_checked_as_the_library_reads_them() -> None:
    """A form that some parsers read as loopback is no address for ours, so it is a name."""
    with pytest.raises(ValueError, match="0177"):
        ip_address("0177.0.0.1")

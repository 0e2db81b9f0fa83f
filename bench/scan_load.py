"""A load of scans from many phones, made outside of the server: raw sockets, requests in a row.

Each phone is an address of its own in 127.0.0.0/8 (Linux answers at all of them), opens one
connection, scans no more often than the limit of the door allows, and goes.
"""

import os
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

IN_A_ROW, PHONES, SCANS_EACH = 8, 16, 96
HEADERS = (
    " HTTP/1.1\r\nHost: localhost\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8\r\n"
    "Accept-Language: vi-VN,vi;q=0.9,en;q=0.8\r\nAccept-Encoding: gzip, deflate, br\r\n"
    "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nUpgrade-Insecure-Requests: 1\r\n\r\n"
)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a load cost: requests, seconds by the clock, seconds of the server's processor."""

    requests: int
    seconds: float
    cpu_s: float

    @property
    def cpu_us(self) -> float:
        """Return what one request cost, in microseconds of the processor."""
        return self.cpu_s / self.requests * 1e6

    def plus(self, other: "Measured") -> "Measured":
        """Return two loads as one."""
        return Measured(
            self.requests + other.requests,
            self.seconds + other.seconds,
            self.cpu_s + other.cpu_s,
        )


@dataclass(slots=True)
class _Phone:
    connection: socket.socket
    left: int = SCANS_EACH // IN_A_ROW
    got: int = 0


@dataclass(slots=True)
class Load:
    """Asks one server for one kind of path; every answer has to be as long as the first."""

    port: int
    pid: int
    paths: Iterator[str]
    _size: int = field(default=0, init=False)

    def warm(self) -> int:
        """Ask until two answers in a row are alike; return how long they are."""
        sizes = [0]
        while len(sizes) < 5 or sizes[-1] != sizes[-2]:
            sizes.append(len(self.one()))
            time.sleep(0.3)
        self._size = sizes[-1]
        return self._size

    def one(self) -> bytes:
        """Return one answer, headers and body."""
        with _connected(self.port) as connection:
            connection.settimeout(30)
            connection.sendall(self._requests(1))
            found = bytearray(connection.recv(1 << 20))
            head = bytes(found).partition(b"\r\n\r\n")[0]
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            while len(found) < len(head) + 4 + length:
                found += connection.recv(1 << 20)
        return bytes(found)

    def run(self, seconds: float) -> Measured:
        """Ask for so long, from ``PHONES`` phones at once."""
        waiting, buffer = selectors.DefaultSelector(), bytearray(1 << 20)
        for _ in range(PHONES):
            self._start(waiting)
        done, began, spent = 0, time.perf_counter(), cpu_seconds(self.pid)
        while time.perf_counter() - began < seconds:
            for key, _events in waiting.select(5):
                phone: _Phone = key.data
                phone.got += phone.connection.recv_into(buffer)
                if phone.got < self._size * IN_A_ROW:
                    continue
                assert phone.got == self._size * IN_A_ROW, (
                    f"{phone.got} bytes, not {self._size * IN_A_ROW}: {bytes(buffer[:300])!r}"
                )
                done += IN_A_ROW
                phone.got, phone.left = 0, phone.left - 1
                if phone.left:
                    phone.connection.sendall(self._requests(IN_A_ROW))
                else:
                    waiting.unregister(phone.connection)
                    phone.connection.close()
                    self._start(waiting)
        found = Measured(done, time.perf_counter() - began, cpu_seconds(self.pid) - spent)
        for key in list(waiting.get_map().values()):
            key.data.connection.close()
        return found

    def _start(self, waiting: selectors.BaseSelector) -> None:
        phone = _Phone(_connected(self.port))
        waiting.register(phone.connection, selectors.EVENT_READ, phone)
        phone.connection.sendall(self._requests(IN_A_ROW))

    def _requests(self, many: int) -> bytes:
        return "".join(f"GET {next(self.paths)}{HEADERS}" for _ in range(many)).encode()


def _connected(port: int) -> socket.socket:
    number = next(_numbers)
    connection = socket.socket()
    connection.bind((f"127.{10 + number // 62500}.{number // 250 % 250}.{1 + number % 250}", 0))
    connection.connect(("127.0.0.1", port))
    return connection


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process and its children have used."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(own[11]) + int(own[12])
    return ticks / os.sysconf("SC_CLK_TCK") + sum(cpu_seconds(int(child)) for child in children)

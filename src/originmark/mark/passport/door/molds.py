"""A page that Django made for one pack, kept as a mold for the other packs that it is true of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from gzip import decompress
from typing import Any, Final

from django.http import HttpResponse

from originmark.mark.labels import selectors as labels
from originmark.mark.passport.door.packing import Packed, Pieces, Spellings, cut, pack
from originmark.mark.passport.rules import Verdict

Header = tuple[bytes, bytes]
UNPACKED: Final = (b"content-encoding", b"content-length")


Page = tuple[dict[str, Any], dict[str, Any]]
"""An answer as a server wants it: the message that starts it, and the message with its body."""


@dataclass(slots=True)
class Mold:
    """A page with holes where the serial goes.

    ``fresh_until`` and ``good_until`` are monotonic seconds: after the first somebody asks Django
    anew, after the second nobody gets this page any more.
    """

    status: int
    verdict: Verdict
    cut_headers: list[tuple[bytes, list[bytes]]]
    page: Pieces
    packing: Packed
    plain: list[Header]
    packed: list[Header]
    fresh_until: float
    good_until: float

    def filled(self, serial: str, *, packed: bool) -> Page:
        """Return the page for a serial, packed with gzip or not."""
        fillings = _spelled(serial)
        if packed:
            headers, body = self.packed[:], self.packing.filled(fillings)
        else:
            headers, body = self.plain[:], self.page.filled(fillings)
        for name, parts in self.cut_headers:
            headers.append((name, fillings[1].join(parts)))
        return (
            {"type": "http.response.start", "status": self.status, "headers": headers},
            {"type": "http.response.body", "body": body},
        )


def mold(
    answer: HttpResponse, serial: str, verdict: Verdict, *, fresh_until: float, good_until: float
) -> Mold | None:
    """Return the mold that an answer is for other serials, or None where it is none.

    It is none where it sets a cookie, where it is no page, or where the serial may stand in a
    spelling that is not seen here.
    """
    body, samples = unpacked(answer), _spelled(serial)
    page, sample = cut(body, samples), samples[1]
    if answer.cookies or not answer["Content-Type"].startswith("text/html") or b"\0" in body:
        return None
    rest = b"\0".join(page.parts)
    if any(spelling in rest for spelling in _other_spellings(serial)):
        return None
    kept = [(name, value) for name, value in headers_of(answer) if name not in UNPACKED]
    packed = pack(page, samples)
    same = [(name, value) for name, value in kept if sample not in value]
    return Mold(
        status=answer.status_code,
        verdict=verdict,
        cut_headers=[(name, value.split(sample)) for name, value in kept if sample in value],
        page=page,
        packing=packed,
        plain=[*same, _length(body)],
        packed=[*same, _length(packed.filled(samples)), (b"content-encoding", b"gzip")],
        fresh_until=fresh_until,
        good_until=good_until,
    )


def as_page(answer: HttpResponse) -> Page:
    """Return an answer of Django as it is."""
    return (
        {
            "type": "http.response.start",
            "status": answer.status_code,
            "headers": [*headers_of(answer), *_cookies(answer)],
        },
        {"type": "http.response.body", "body": answer.content},
    )


def headers_of(answer: HttpResponse) -> list[Header]:
    """Return the headers of an answer of Django, cookies left out."""
    return [
        (name.lower().encode("ascii"), value.encode("latin-1")) for name, value in answer.items()
    ]


def unpacked(answer: HttpResponse) -> bytes:
    """Return the body of an answer before it was packed."""
    is_packed = answer.get("Content-Encoding") == "gzip"
    return decompress(answer.content) if is_packed else answer.content


def _cookies(answer: HttpResponse) -> Iterable[Header]:
    for cookie in answer.cookies.values():
        yield b"set-cookie", cookie.OutputString().encode("ascii")


def _length(body: bytes) -> Header:
    return b"content-length", str(len(body)).encode()


def _other_spellings(serial: str) -> Sequence[bytes]:
    half = len(serial) // 2
    spellings = (serial.lower(), serial[:half], serial[half:])
    return [each.encode() for each in spellings]


def _spelled(serial: str) -> Spellings:
    """Return a serial as it is printed for people, and as it stands in addresses."""
    return labels.grouped(serial).encode(), serial.encode()

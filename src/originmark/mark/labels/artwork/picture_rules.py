"""Check what was read off a picture of a label; pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final, Self
from urllib.parse import urlsplit

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.labels.artwork.rules import RECORD, Finding
from originmark.mark.labels.artwork.rulesets import MUST, SHOULD

PRACTICE: Final = gettext_noop("Good practice of printing; no law")
DPI_AT_LEAST, QR_MM_AT_LEAST = 300, 24
MM_PER_INCH: Final = Decimal("25.4")
BY_EYE: Final = {  # what no software here can check
    "words": gettext_noop("The picture says, word for word, what is written on this page"),
    "language": gettext_noop("Mandatory words are in the language of the market"),
    "legible": gettext_noop("Mandatory words are legible and as large as the rules ask"),
    "signs": gettext_noop("Official signs and the logo have the form that their owner published"),
    "contrast": gettext_noop("The code is dark on light, with an empty margin around it"),
    "honest": gettext_noop("Pictures and words do not mislead about kind, origin or quality"),
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code on the picture: what it says, and how wide it is in points."""

    text: str
    side_px: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What was read off a picture."""

    width_px: int
    height_px: int
    symbols: tuple[Symbol, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """Return what ``as_json`` wrote."""
        symbols = tuple(Symbol(**each) for each in told["symbols"])
        return cls(told["width_px"], told["height_px"], symbols)


def dpi(measured: Measured, width_mm: Decimal) -> int:
    """Return the resolution at the width in print, rounded down.

    >>> dpi(Measured(1200, 600), Decimal("101.6"))
    300
    """
    return int(measured.width_px * MM_PER_INCH / width_mm)


def side_mm(symbol: Symbol, measured: Measured, width_mm: Decimal) -> Decimal:
    """Return how wide a code is in print."""
    return (symbol.side_px * width_mm / measured.width_px).quantize(Decimal("0.1"))


def check(measured: Measured, width_mm: Decimal, *, public_url: str, path: str) -> list[Finding]:
    """Return what is wrong with a picture; its code has to lead to ``path`` of ``public_url``."""
    return list(_findings(measured, width_mm, public_url, path))


def leads_to(text: str, public_url: str, path: str) -> bool:
    """Return whether a code leads to a product at an address.

    >>> leads_to("https://a.cn/01/069/10/L1", "https://a.cn", "01/069")
    True
    >>> leads_to("https://a.cn.evil.org/01/069", "https://a.cn", "01/069")
    False
    """
    here, there = urlsplit(public_url), urlsplit(text.strip())
    wanted = f"{here.path.rstrip('/')}/{path}/"
    is_here = (there.scheme, there.netloc) == (here.scheme, here.netloc)
    return is_here and f"{there.path.rstrip('/')}/".startswith(wanted)


def _findings(
    measured: Measured, width_mm: Decimal, public_url: str, path: str
) -> Iterator[Finding]:
    if (found := dpi(measured, width_mm)) < DPI_AT_LEAST:
        facts = (("dpi", str(DPI_AT_LEAST)),)
        yield Finding("picture", "dpi", f"{found} dpi", SHOULD, PRACTICE, facts=facts)
    if not measured.symbols:
        yield Finding("picture", "no-code", "", SHOULD, RECORD)
    address = f"{public_url}/{path}"
    for each in measured.symbols:
        if not leads_to(each.text, public_url, path):
            facts = (("address", address),)
            yield Finding("picture", "code-leads", each.text[:200], MUST, RECORD, facts=facts)
        size = side_mm(each, measured, width_mm)
        if size < QR_MM_AT_LEAST:
            facts = (("mm", str(QR_MM_AT_LEAST)),)
            yield Finding("picture", "code-size", f"{size} mm", MUST, PRACTICE, facts=facts)

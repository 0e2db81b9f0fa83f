"""Check what was read off a picture of a label; pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final, Self
from urllib.parse import urlsplit

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.labels.artwork.picture_limits import Limit, Limits
from originmark.mark.labels.artwork.rules import RECORD, Finding
from originmark.mark.labels.artwork.rulesets import MUST, SHOULD

MEASURED_TO: Final = 0.25  # modules: margins are counted in quarters
MM_PER_INCH: Final = Decimal("25.4")
BY_EYE: Final = {  # what no software here can check
    "words": gettext_noop("The picture says, word for word, what is written on this page"),
    "language": gettext_noop("Mandatory words are in the language of the market"),
    "legible": gettext_noop("Mandatory words are legible and as large as the rules ask"),
    "signs": gettext_noop("Official signs and the logo have the form that their owner published"),
    "honest": gettext_noop("Pictures and words do not mislead about kind, origin or quality"),
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code on the picture; what was not measured is None."""

    text: str
    side_px: int
    modules: int | None = None  # of one side, without the margin
    quiet_modules: float | None = None  # the narrowest margin, beyond 6 it is not counted
    contrast_percent: int | None = None  # of all light between black and white
    tilt_degrees: float | None = None  # off level or plumb, 0 to 45
    is_inverted: bool | None = None  # light on dark


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


def check(
    measured: Measured, width_mm: Decimal, limits: Limits, *, public_url: str, path: str
) -> list[Finding]:
    """Return what is wrong with a picture; its code has to lead to ``path`` of ``public_url``."""
    found = [*_resolution(measured, width_mm, limits)]
    for each in measured.symbols:
        if not leads_to(each.text, public_url, path):
            facts = (("address", f"{public_url}/{path}"),)
            found.append(Finding("picture", "code-leads", each.text[:200], MUST, RECORD, "", facts))
        found += _code(each, measured, width_mm, limits)
    return found


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


def _resolution(measured: Measured, width_mm: Decimal, limits: Limits) -> Iterator[Finding]:
    if (found := dpi(measured, width_mm)) < limits.dpi.value:
        yield _finding("dpi", f"{found} dpi", limits.dpi)
    if not measured.symbols:
        yield Finding("picture", "no-code", "", SHOULD, RECORD)


def _code(
    symbol: Symbol, measured: Measured, width_mm: Decimal, limits: Limits
) -> Iterator[Finding]:
    size = side_mm(symbol, measured, width_mm)
    if size < limits.code_mm.value:
        yield _finding("code-size", f"{size} mm", limits.code_mm)
    if symbol.modules and (module := size / symbol.modules) < limits.module_mm.value:
        yield _finding("code-module", f"{module:.2f} mm", limits.module_mm)
    quiet, asked = symbol.quiet_modules, limits.quiet_modules
    if symbol.modules and quiet is not None and quiet < asked.value - MEASURED_TO:
        in_mm = [f"{float(size) / symbol.modules * each:.1f}" for each in (quiet, asked.value)]
        yield _finding("code-margin", f"{in_mm[0]} mm ({quiet:g}/{asked})", asked, mm=in_mm[1])
    if symbol.is_inverted:
        yield Finding("picture", "code-inverted", "", SHOULD, limits.contrast_percent.basis)
    contrast = symbol.contrast_percent
    if contrast is not None and contrast < limits.contrast_percent.value:
        yield _finding("code-contrast", f"{contrast} %", limits.contrast_percent)
    tilt = symbol.tilt_degrees
    if tilt is not None and tilt > limits.tilt_degrees.value:
        yield _finding("code-tilt", f"{tilt:g}°", limits.tilt_degrees)


def _finding(code: str, found: str, limit: Limit, **more: str) -> Finding:
    facts = (("limit", str(limit)), *more.items())
    return Finding("picture", code, found, limit.severity, limit.basis, "", facts)

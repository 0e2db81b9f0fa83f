"""PDF papers, set by typst: tagged, with every font inside, the same bytes for the same content."""

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import segno
import typst

FONTS: Final = Path(__file__).parent / "fonts"
"""Noto Sans with Vietnamese, and the Chinese of GB 2312; `scripts/refresh-label-fonts`."""
NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})


@lru_cache(maxsize=1)
def known_letters() -> frozenset[str]:
    """Return every letter that the fonts have: Latin, Greek, Cyrillic, GB 2312."""
    return frozenset((FONTS / "letters.txt").read_text(encoding="utf-8"))


def printable(text: str) -> str:
    r"""Return a text with ``?`` for each letter that the fonts lack, white space made plain.

    >>> printable("Trà\tngon 𠮷")
    'Trà ngon ?'
    """
    plain = (" " if each.isspace() and each != "\n" else each for each in text)
    return "".join(each if each in known_letters() or each == "\n" else "?" for each in plain)


def pdf(
    template: Path,
    content: dict[str, Any],
    *,
    made_at: datetime,
    pictures: Mapping[str, bytes] = NO_PICTURES,
) -> bytes:
    """Return the paper that a template makes of its content, which it reads from content.json.

    ``pictures`` lie beside the template, by file name.
    """
    return _compile(
        template, content, pictures, format="pdf", pdf_standards=["ua-1"],
        timestamp=made_at.replace(microsecond=0),  # typst takes whole seconds only
    )  # fmt: skip


def svg(
    template: Path, content: dict[str, Any], *, pictures: Mapping[str, bytes] = NO_PICTURES
) -> bytes:
    """Return a template of one page as an SVG drawing; its letters are outlines."""
    return _compile(template, content, pictures, format="svg")


def _compile(
    template: Path, content: dict[str, Any], pictures: Mapping[str, bytes], **options: Any
) -> bytes:
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        root = Path(folder)
        (root / template.name).write_bytes(template.read_bytes())
        text = json.dumps(_printable(content), ensure_ascii=False)
        (root / "content.json").write_text(text, encoding="utf-8")
        for name, picture in pictures.items():
            (root / name).write_bytes(picture)
        made: bytes = typst.compile(
            root / template.name, root=root, font_paths=[FONTS], ignore_system_fonts=True, **options
        )
    return made


def qr_svg(text: str) -> str:
    """Return a QR symbol as an SVG picture with its quiet zone, one unit a module."""
    symbol = segno.make_qr(text, error="m", boost_error=False)
    return str(symbol.svg_inline(border=4, omitsize=True))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.startswith(("<svg", "<?xml")) else printable(value)
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list | tuple) else value

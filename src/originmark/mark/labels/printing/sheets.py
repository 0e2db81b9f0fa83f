"""PDF sheets of labels, set by typst: tagged, with every font inside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from originmark.frame.web import typesetting
from originmark.mark.labels import serials
from originmark.mark.labels.printing import letters, qr
from originmark.mark.labels.printing.layouts import Layout

HERE = Path(__file__).parent
LABELS_PER_PDF = 2400  # typst holds a whole document in memory; bigger runs come in parts
TEST_SERIAL = "TEST" * 5
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Artwork:
    """What all labels of a run show."""

    title: str
    lang: str
    names: tuple[tuple[str, str], ...]  # (language, text), the leading one first
    facts: tuple[tuple[str, str], ...]  # (word, text), as ("Lot", "PK-1")
    url_prefix: str
    number_word: str
    note: str = ""
    logo: tuple[str, bytes] | None = None  # (file name, content), SVG or PNG or JPEG
    logo_alt: str = ""

    def require_letters(self) -> None:
        """Raise MissingLetters when the fonts lack a letter of any text."""
        texts = [text for _, text in self.names]
        texts += [part for fact in self.facts for part in fact]
        for text in [*texts, self.number_word, self.note]:
            letters.require(text)


def labels_per_part(layout: Layout) -> int:
    """Return how many labels one PDF holds at most: whole pages."""
    return LABELS_PER_PDF // layout.labels_per_page * layout.labels_per_page


def pdf(
    artwork: Artwork,
    layout: Layout,
    codes: NDArray[np.bytes_],
    *,
    numbers: Sequence[int],
    made_at: datetime,
    outlines: str = "none",
) -> bytes:
    """Return a PDF of the labels with these serials; ``numbers`` are those of the labels, from 1.

    Raises MissingLetters.
    """
    artwork.require_letters()
    content = _content(artwork, layout, codes, numbers) | {"outlines": outlines != "none"}
    pictures = dict([artwork.logo]) if artwork.logo else {}
    return typesetting.pdf(HERE / "sheet.typ", content, made_at=made_at, pictures=pictures)


def pdf_parts(
    artwork: Artwork,
    layout: Layout,
    codes: NDArray[np.bytes_],
    *,
    numbers: Sequence[int],
    made_at: datetime,
    report: Report,
) -> Iterator[bytes]:
    """Yield the PDF of a big run in parts of whole pages, saying how far it has come."""
    step = labels_per_part(layout)
    for start in range(0, len(codes), step):
        part = codes[start : start + step]
        numbered = numbers[start : start + step]
        yield pdf(artwork, layout, part, numbers=numbered, made_at=made_at)
        report(start + len(part), len(codes))


def test_sheet(artwork: Artwork, layout: Layout, *, note: str, made_at: datetime) -> bytes:
    """Return one page with outlines and codes that no shopper's phone will take for genuine."""
    codes = np.full(layout.labels_per_page, TEST_SERIAL.encode(), dtype=f"S{serials.LENGTH}")
    trial = replace(artwork, note=note)
    return pdf(
        trial, layout, codes, numbers=range(1, len(codes) + 1), made_at=made_at, outlines="all"
    )


def _content(
    artwork: Artwork, layout: Layout, codes: NDArray[np.bytes_], numbers: Sequence[int]
) -> dict[str, Any]:
    labels = [
        {
            "svg": qr.svg(symbol),
            "side": len(symbol) + 2 * qr.QUIET_ZONE,
            "url": artwork.url_prefix + code.decode(),
            "serial": serials.grouped(code.decode()).split(),
            "number": str(number),
        }
        for number, code, symbol in zip(
            numbers,
            codes.tolist(),
            qr.symbols(artwork.url_prefix, codes),
            strict=True,
        )
    ]
    step = layout.labels_per_page
    return {
        "title": artwork.title,
        "lang": artwork.lang.split("-")[0],
        "layout": asdict(replace(layout, title="")) | {"labels_per_page": step},
        "names": [{"lang": lang.split("-")[0], "text": text} for lang, text in artwork.names],
        "facts": [{"word": word, "text": text} for word, text in artwork.facts],
        "words": {"number": artwork.number_word},
        "note": artwork.note,
        "logo": artwork.logo[0] if artwork.logo else None,
        "logo_alt": artwork.logo_alt,
        "pages": [labels[start : start + step] for start in range(0, len(labels), step)],
    }

"""Letters as PDF, set by typst: tagged, with every font inside."""

import json
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import typst

import originmark

HERE: Final = Path(__file__).parent
FONTS: Final = Path(originmark.__file__).parent / "mark" / "labels" / "printing" / "fonts"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, in its own language."""

    title: str
    lang: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place_and_day: str
    subject: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    closing: tuple[str, ...] = ()


def pdf(letter: Letter, *, made_at: datetime) -> bytes:
    """Return the letter as an accessible PDF; the same letter gives the same bytes."""
    with tempfile.TemporaryDirectory(prefix="letter-") as folder:
        root = Path(folder)
        (root / "letter.typ").write_bytes((HERE / "letter.typ").read_bytes())
        content = json.dumps(asdict(letter), ensure_ascii=False)
        (root / "letter.json").write_text(content, encoding="utf-8")
        made: bytes = typst.compile(
            root / "letter.typ", root=root, format="pdf", font_paths=[FONTS],
            ignore_system_fonts=True, pdf_standards=["ua-1"],
            timestamp=made_at.replace(microsecond=0),
        )  # fmt: skip
    return made

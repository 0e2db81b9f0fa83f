"""Letters as PDF, set by typst: tagged, with every font inside."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from originmark.frame.web import typesetting

TEMPLATE: Final = Path(__file__).parent / "letter.typ"


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
    return typesetting.pdf(TEMPLATE, asdict(letter), made_at=made_at)

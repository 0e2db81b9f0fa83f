"""Letters as PDF, set by typst: tagged, with every font inside."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

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
    mark = _("DEMONSTRATION") if settings.IS_DEMONSTRATION else ""
    return typesetting.pdf(TEMPLATE, {**asdict(letter), "demonstration": mark}, made_at=made_at)

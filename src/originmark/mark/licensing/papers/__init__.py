"""The authorisation as a paper."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from originmark.frame.web import typesetting

TEMPLATE: Final = Path(__file__).parent / "authorisation.typ"


@dataclass(frozen=True, slots=True)
class Authorisation:
    """What the sheet says, in its reader's language."""

    title: str
    lang: str
    brand: str
    allows: str
    holder: str
    for_products: str
    products: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    note: str
    signatures: tuple[str, str]
    agreement_title: str = ""
    agreement: tuple[str, ...] = ()
    demonstration: str = ""


def pdf(sheet: Authorisation, *, made_at: datetime) -> bytes:
    """Return the sheet as an accessible PDF; the same sheet gives the same bytes."""
    return typesetting.pdf(TEMPLATE, asdict(sheet), made_at=made_at)

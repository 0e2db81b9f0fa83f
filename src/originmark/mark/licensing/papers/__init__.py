"""The authorisation as PDF, set by typst: tagged, with every font inside."""

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


def pdf(sheet: Authorisation, *, made_at: datetime) -> bytes:
    """Return the sheet as an accessible PDF; the same sheet gives the same bytes."""
    with tempfile.TemporaryDirectory(prefix="authorisation-") as folder:
        root = Path(folder)
        (root / "sheet.typ").write_bytes((HERE / "authorisation.typ").read_bytes())
        content = json.dumps(asdict(sheet), ensure_ascii=False)
        (root / "sheet.json").write_text(content, encoding="utf-8")
        made: bytes = typst.compile(
            root / "sheet.typ", root=root, format="pdf", font_paths=[FONTS],
            ignore_system_fonts=True, pdf_standards=["ua-1"],
            timestamp=made_at.replace(microsecond=0),
        )  # fmt: skip
    return made

"""Rulebooks that come with the program: the files beside this one, and how they are found."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
CRITERIA: Final = FOLDER / "criteria"


def rulebooks() -> list[Path]:
    """Return the files of rulebooks, versions of one code in their order."""
    return sorted(FOLDER.glob("*.toml"))


def product_sets() -> list[Path]:
    """Return the files of product sets, without those that they include."""
    return sorted(CRITERIA.glob("*.toml"))


def including(path: str) -> str | None:
    """Return the text of a file that a shipped product set includes, None where there is none."""
    file = (CRITERIA / path).resolve()
    if not file.is_relative_to(CRITERIA) or not file.is_file():
        return None
    return file.read_text(encoding="utf-8")

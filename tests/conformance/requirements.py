"""What the standards ask for, read from a file each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FILES = {"epcis": "requirements.toml", "resolver": "resolver.toml"}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the table; ``reason`` says why something is not offered, and is empty else."""

    id: str
    text: str
    section: str
    group: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The requirements of one standard: the page ``<name>-conformance.md`` shows them."""

    name: str
    title: str
    file: str
    requirements: tuple[Requirement, ...]


@cache
def books() -> tuple[Book, ...]:
    """Return the standards in their order."""
    return tuple(_book(name, file) for name, file in FILES.items())


def _book(name: str, file: str) -> Book:
    read = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    asked = [
        Requirement(key, text, group["section"], group["title"])
        for group in read["group"]
        for key, text in group["requirements"].items()
    ]
    left_out = [
        Requirement(each["id"], each["requirement"], each["section"], "Not offered", each["reason"])
        for each in read.get("not_offered", [])
    ]
    return Book(name, read["title"], file, (*asked, *left_out))


def requirements() -> tuple[Requirement, ...]:
    """Return all requirements of all standards, in the order of the files."""
    return tuple(each for book in books() for each in book.requirements)


def ids_to_show() -> frozenset[str]:
    """Return the ids that tests may carry."""
    return frozenset(each.id for each in requirements() if not each.reason)

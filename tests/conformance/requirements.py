"""What the standard asks for, read from ``requirements.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("requirements.toml")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the table; ``reason`` says why something is not offered, and is empty else."""

    id: str
    text: str
    section: str
    group: str
    reason: str = ""


@cache
def requirements() -> tuple[Requirement, ...]:
    """Return all requirements in the order of the file."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    asked = [
        Requirement(name, text, group["section"], group["title"])
        for group in read["group"]
        for name, text in group["requirements"].items()
    ]
    left_out = [
        Requirement(each["id"], each["requirement"], each["section"], "Not offered", each["reason"])
        for each in read["not_offered"]
    ]
    return (*asked, *left_out)


def ids_to_show() -> frozenset[str]:
    """Return the ids that tests may carry."""
    return frozenset(each.id for each in requirements() if not each.reason)

"""A refusal: what a rule of the programme does not allow, for programs and for people.

Imports no framework, so that every ``rules.py`` may raise one.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(eq=False)
class RuleViolation(Exception):
    """Something that the caller may not do.

    A subclass names its ``code`` (stable, for programs), its ``sentence`` (English source with
    ``%(name)s`` for each fact: what was found, what was expected, what to do) and, as dataclass
    fields, its facts. ``field`` names the form field or column that is at fault, if there is one.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "This is not allowed."
    status: ClassVar[int] = 422
    field: ClassVar[str | None] = None

    @property
    def facts(self) -> dict[str, Any]:
        """Return the typed facts, by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def __str__(self) -> str:
        return self.sentence % {name: plain(value) for name, value in self.facts.items()}


def plain(value: object) -> str:
    """Return a fact as a person reads it: numbers without trailing zeros, lists with commas."""
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(plain(each) for each in value)
    text = str(value)
    if hasattr(value, "normalize") and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


@dataclass(eq=False)
class SeveralRefusals(RuleViolation):
    """More than one thing is not allowed; each is told on its own."""

    code: ClassVar[str] = "several-refusals"
    sentence: ClassVar[str] = "%(refusals)s"

    refusals: tuple[RuleViolation, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """Return the refusals' own words, by code; their facts stay with them."""
        return {"refusals": [str(each) for each in self.refusals]}


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation where no framework may be imported."""
    return sentence

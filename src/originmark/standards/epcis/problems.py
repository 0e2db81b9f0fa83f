"""What is wrong with a document: where, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``pointer`` is a JSON pointer (RFC 6901) into the document; ``reason`` a sentence that says
    what was found and what was expected. ``is_advice``: the document is still taken, because
    published examples of the standard itself do the same. ``rule`` names the rule where it goes
    beyond the published JSON Schema (a key of ``beyond.BEYOND_SCHEMA``).
    """

    pointer: str
    reason: str
    is_advice: bool = False
    rule: str = ""


def step_into(pointer: str, key: str | int) -> str:
    """Return the pointer of a member.

    >>> step_into("/epcisBody", "a/b")
    '/epcisBody/a~1b'
    """
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def shown(value: object) -> str:
    """Return what was found, short enough for a sentence."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"

"""Kinds of rulebooks: what stands in each, when it adds up, and the values it gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_shape import Shape, Type, is_code
from originmark.mark.schemes.rulebook_text import Finding, Table

BALANCE, STAR_SCHEME, USE_RULES = "balance", "star-scheme", "use-rules"
GI_PROCEDURE = "gi-procedure"
CONFIDENCES: Final = ("official", "published", "derived", "unverified")

HEAD: Final = Shape(
    required={
        "code": Type.TEXT,
        "version": Type.WHOLE,
        "title": Type.TEXT,
        "legal_basis": Type.TEXTS,
        "valid_from": Type.DATE,
    },
    optional={
        "kind": Type.TEXT,
        "brand": Type.TEXT,
        "valid_until": Type.DATE,
        "supersedes": Type.WHOLE,
    },
    is_single=True,
)
TO_FILL_IN: Final = Shape({"key": Type.TEXT, "what": Type.TEXT})
SOURCE: Final = Shape({"text": Type.TEXT, "confidence": Type.TEXT})


@dataclass(frozen=True, slots=True)
class Edition:
    """A version that is loaded already; ``ends_on`` None is an open end."""

    version: int
    begins_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the checker asks the rest of the programme."""

    is_brand: Callable[[str], bool]
    is_product: Callable[[str], bool]
    editions: Callable[[str], tuple[Edition, ...]]


def codes_once(tables: tuple[Table, ...], key: str = "code") -> Iterator[Finding]:
    """Yield a finding for each code that is none, and for each that stands twice."""
    seen: dict[str, Table] = {}
    for table in tables:
        if not is_code(table[key]):
            yield table.at(key, NOT_A_CODE, found=table[key])
        if twin := seen.get(table[key]):
            yield table.at(key, SAID_TWICE, line=twin.line)
        seen.setdefault(table[key], table)


def known_confidence(table: Table) -> Iterator[Finding]:
    """Yield a finding when the mark of confidence is none."""
    found = table.get("confidence")
    if found is not None and found not in CONFIDENCES:
        yield table.at("confidence", UNKNOWN_CONFIDENCE, found=found, known=", ".join(CONFIDENCES))


def one_of(table: Table, key: str, known: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a finding when a key that is there has none of the known values."""
    found = table.get(key)
    if found is not None and found not in known:
        yield table.at(key, NOT_ONE_OF, key=key, found=found, known=", ".join(known))


NOT_A_CODE = gettext_noop(
    "%(found)s is no code. Use up to 60 letters, digits and hyphens, without blanks."
)
SAID_TWICE = gettext_noop("Line %(line)s rules the same already. Keep one of the two.")
UNKNOWN_CONFIDENCE = gettext_noop("There is no confidence mark %(found)s. Known are %(known)s.")
NOT_ONE_OF = gettext_noop("There is no %(key)s %(found)s. Known are %(known)s.")

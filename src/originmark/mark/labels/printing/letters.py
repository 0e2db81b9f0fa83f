"""Whether the label fonts have the letters of a text: a box on a label helps nobody."""

from functools import lru_cache
from pathlib import Path

from originmark.mark.labels.refusals import MissingLetters

_KNOWN = Path(__file__).parent / "fonts" / "letters.txt"


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Return every letter that the fonts have: Latin, Greek, Cyrillic, GB 2312."""
    return frozenset(_KNOWN.read_text(encoding="utf-8"))


def missing(text: str) -> tuple[str, ...]:
    """Return the letters that the fonts lack, in the order in which they appear.

    >>> missing("阳曲小米 – Kê Dương Khúc 500 g")
    ()
    >>> missing("曲㐀曲ก")
    ('㐀', 'ก')
    """
    return tuple(dict.fromkeys(each for each in text if each not in known()))


def require(text: str) -> None:
    """Raise MissingLetters when the fonts lack a letter of the text."""
    if lacking := missing(text):
        raise MissingLetters(letters=lacking, text=text)

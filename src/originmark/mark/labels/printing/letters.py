"""Whether the label fonts have the letters of a text: a box on a label helps nobody."""

from originmark.frame.web.typesetting import known_letters
from originmark.mark.labels.refusals import MissingLetters


def missing(text: str) -> tuple[str, ...]:
    """Return the letters that the fonts lack, in the order in which they appear.

    >>> missing("阳曲小米 – Kê Dương Khúc 500 g")
    ()
    >>> missing("曲㐀曲ก")
    ('㐀', 'ก')
    """
    return tuple(dict.fromkeys(each for each in text if each not in known_letters()))


def require(text: str) -> None:
    """Raise MissingLetters when the fonts lack a letter of the text."""
    if lacking := missing(text):
        raise MissingLetters(letters=lacking, text=text)

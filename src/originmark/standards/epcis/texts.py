"""The text of each event as it was sent, so that not even a digit of it changes."""

import json
import re
from collections.abc import Iterator

_decode = json.JSONDecoder().raw_decode
_BLANK = re.compile(r"[ \t\n\r]*")


def event_texts(text: str, pointer: str) -> list[str]:
    """Return the texts of the events that ``pointer`` leads to in a valid JSON text.

    Where a key stands twice the first is taken; whoever calls compares with what was parsed.

    >>> event_texts('{"epcisBody": {"list": [ {"a": 1.00},{"b":[]} ]}}', "/epcisBody/list")
    ['{"a": 1.00}', '{"b":[]}']
    """
    at = _skip(text, 0)
    for name in pointer.split("/")[1:]:
        found = _member(text, at, name)
        if found is None:
            return []
        at = found
    return list(_items(text, at)) if text[at] == "[" else [text[at : _decode(text, at)[1]]]


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _member(text: str, at: int, name: str) -> int | None:
    """Return where the value of a member of the object at ``at`` begins."""
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, at = _decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if key == name:
            return at
        at = _skip(text, _decode(text, at)[1])
        if text[at] == ",":
            at = _skip(text, at + 1)
    return None


def _items(text: str, at: int) -> Iterator[str]:
    at = _skip(text, at + 1)
    while text[at] != "]":
        end = _decode(text, at)[1]
        yield text[at:end]
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)

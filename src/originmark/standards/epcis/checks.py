"""Checks of single JSON values; each yields what is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv6Address
from typing import Any

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.problems import Problem, shown, step_into
from originmark.standards.epcis.times import OFFSET, is_moment
from originmark.standards.epcis.vocabulary import Vocabulary

Check = Callable[[Any, str], Iterator[Problem]]

# RFC 3986, appendix A. What stands in brackets is an IP address (see is_uri).
_FREE = r"A-Za-z0-9._~!$&'()*+,;=\-"


def _any_of(characters: str) -> str:
    """Return a pattern of characters and escapes that gives nothing back, so that it is fast."""
    return rf"(?:[{characters}]++|%[0-9A-Fa-f]{{2}})*+"


_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:"
    rf"(?://(?:{_any_of(_FREE + ':')}@)?(?:\[(?P<ip>[^\[\]]*)\]|{_any_of(_FREE)})(?::[0-9]*)?"
    rf"(?:/{_any_of(_FREE + ':@/')})?|(?!//){_any_of(_FREE + ':@/')})"
    rf"(?:\?{_any_of(_FREE + ':@/?')})?(?:\#{_any_of(_FREE + ':@/?')})?"
)
_FUTURE_IP = re.compile(rf"[vV][0-9A-Fa-f]+\.[{_FREE}:]+")
_UOM = re.compile(r"[A-Z0-9]{2,3}")
_HEX = re.compile(r"[A-Fa-f0-9]+")


def is_uri(value: object) -> bool:
    """Return whether a value is an absolute URI or a CURIE, as EPCIS takes both.

    >>> is_uri("urn:epc:id:sgtin:0614141.107346.2018"), is_uri("example:field"), is_uri("field")
    (True, True, False)
    """
    found = _URI.fullmatch(value) if isinstance(value, str) else None
    return found is not None and (found["ip"] is None or _is_ip(found["ip"]))


def _is_ip(text: str) -> bool:
    if _FUTURE_IP.fullmatch(text):
        return True
    try:
        return IPv6Address(text).scope_id is None
    except ValueError:
        return False


def uri(value: object, at: str) -> Iterator[Problem]:
    """Check an absolute URI or CURIE."""
    if not is_uri(value):
        yield Problem(at, f"found {shown(value)}, expected an absolute URI or prefix:name")


def text(value: object, at: str) -> Iterator[Problem]:
    """Check a text."""
    if not isinstance(value, str):
        yield Problem(at, f"found {shown(value)}, expected a text")


def number(value: object, at: str) -> Iterator[Problem]:
    """Check a number; ``true`` is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Problem(at, f"found {shown(value)}, expected a number without quotes")


def boolean(value: object, at: str) -> Iterator[Problem]:
    """Check true or false."""
    if not isinstance(value, bool):
        yield Problem(at, f"found {shown(value)}, expected true or false without quotes")


def moment(value: object, at: str) -> Iterator[Problem]:
    """Check a time with an offset."""
    if not is_moment(value):
        yield Problem(
            at,
            f"found {shown(value)}, expected a time with offset, as in 2026-09-22T07:15:00+08:00",
            rule="time-of-xsd",
        )


def _matching(pattern: re.Pattern[str], expected: str) -> Check:
    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or pattern.fullmatch(value) is None:
            yield Problem(at, f"found {shown(value)}, expected {expected}")

    return check


offset = _matching(OFFSET, "an offset from -14:00 to +14:00, as in +08:00")
uom = _matching(_UOM, "a UN/ECE unit code of two or three capitals or digits, as in KGM")
hexadecimal = _matching(_HEX, "hexadecimal digits")


def one_of(values: frozenset[str]) -> Check:
    """Return a check for a closed list of words."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in values:
            yield Problem(at, f"found {shown(value)}, expected one of {', '.join(sorted(values))}")

    return check


def word_of(vocab: Vocabulary) -> Check:
    """Return a check for a standard word or a URI of somebody's own."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if isinstance(value, str) and value in vocab.words:
            return
        if not is_uri(value):
            yield Problem(
                at,
                f"found {shown(value)}, expected a standard {vocab.name} or, "
                "for one of your own, an absolute URI",
            )
        elif str(value).startswith(_FORMAL):
            word = vocab.normalise(str(value)).rsplit(":", 1)[-1].rsplit("-", 1)[-1]
            yield Problem(at, f"found {shown(value)}, expected the bare word in JSON: {word}")

    return check


_FORMAL = ("urn:epcglobal:cbv", "https://ns.gs1.org/cbv/", "http://ns.gs1.org/cbv/")
_GS1_VOCABULARY = tuple(
    f"{scheme}://{host}/voc/" for scheme in ("https", "http") for host in ("gs1.org", "www.gs1.org")
)


def gs1_word(values: frozenset[str], name: str) -> Check:
    """Return a check for a word of the GS1 web vocabulary or a URI from elsewhere."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if isinstance(value, str) and value in values:
            return
        if not is_uri(value) or str(value).startswith(_GS1_VOCABULARY):
            yield Problem(
                at, f"found {shown(value)}, expected a standard {name} or a URI from elsewhere"
            )

    return check


def list_of(check: Check, *, at_least: int = 0) -> Check:
    """Return a check for a list."""

    def check_list(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, f"found {shown(value)}, expected a list")
            return
        if len(value) < at_least:
            yield Problem(at, f"found an empty list, expected at least {at_least}")
        for index, each in enumerate(value):
            yield from check(each, f"{at}/{index}")

    return check_list


def all_different(check: Check) -> Check:
    """Return a check for a list of texts without repetition."""

    def check_set(value: object, at: str) -> Iterator[Problem]:
        yield from check(value, at)
        if not isinstance(value, list):
            return
        seen: set[str] = set()
        for index, each in enumerate(value):
            if isinstance(each, str) and each in seen:
                yield Problem(f"{at}/{index}", f"found {shown(each)} for the second time")
            seen.add(str(each))

    return check_set


def record(
    fields: Mapping[str, Check],
    *,
    required: str = "",
    extensible: bool = False,
    is_open: bool = False,
) -> Check:
    """Return a check for an object with these fields.

    ``extensible`` ones take ``prefix:name`` too, ``is_open`` ones fields of any name.
    """
    needed = required.split()

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, f"found {shown(value)}, expected an object")
            return
        for name in needed:
            if name not in value:
                yield Problem(at, f"{name} is missing")
        for name, member in value.items():
            own = fields.get(name)
            if own is not None:
                yield from own(member, step_into(at, name))
            elif not is_open and not (extensible and is_uri(name)):
                yield unknown_field(name, at)

    return check


def unknown_field(name: str, at: str) -> Problem:
    """Return the problem of a field that EPCIS does not know here."""
    return Problem(
        step_into(at, name),
        f"{name} is no field of EPCIS here; one of your own needs a prefix, as in example:{name}",
    )


disposition = word_of(vocabulary.DISPOSITION)

"""How the event hash writes single values, objects, and what the standard does not know.

Source: CBV 2.0, section 8.9.2; docs/algorithms/event-hash.md tells where text and implementations
differ.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from originmark.standards.epcis.fingerprint import namespaces as declared_in
from originmark.standards.epcis.hash_identifiers import LONGEST_REMEMBERED, remembered
from originmark.standards.epcis.hash_values import (
    GS1_MEASUREMENTS,
    Names,
    decimal_text,
    gs1_word,
    moment,
    number,
    web_uris,
    words_of,
)
from originmark.standards.epcis.vocabulary import Vocabulary

Json = Mapping[str, Any]
Whole = Callable[[str, Any, Names], str]
Quick = Callable[[str], str | None]
Leaf = Callable[[Names, str], str]


def _no_text(_: str) -> None:
    return None


class Writer(NamedTuple):
    """How a field is written: ``whole`` writes any value; ``quick`` does for most texts.

    Half of all values are a text that means the same in every document, and the quick way knows
    how the hash spells it. It says nothing where it does not know.
    """

    whole: Whole
    quick: Quick = _no_text


Plan = tuple[tuple[str, Writer], ...]


def by_plan(value: Json, plan: Plan, names: Names) -> list[str]:
    parts = []
    for name, (whole, quick) in plan:
        found = value[name]
        if isinstance(found, str) and len(found) <= LONGEST_REMEMBERED and (text := quick(found)):
            parts.append(f"{name}={text}")
        else:
            parts.append(whole(name, found, names))
    return parts


def _plain(_: Names, text: str) -> str:
    return text.strip()


def _time(_: Names, text: str) -> str:
    return moment(text.strip())


@lru_cache(maxsize=1 << 12)
def _usual_time(text: str) -> str:
    return moment(text.strip())


def _number(_: Names, text: str) -> str:
    return number(text)


def _field(write: Leaf) -> Whole:
    """Return the writer of a field that has one value; ``write`` is for texts.

    A list of values is sorted; no value is no field.
    """

    def field(name: str, value: Any, names: Names) -> str:
        if isinstance(value, str):
            text = write(names, value)
        elif isinstance(value, list):
            return "".join(sorted([field(name, each, names) for each in value]))
        elif isinstance(value, dict):
            return "".join(extension(name, value, names))
        else:
            text = "" if value is None else number(value)
        return f"{name}={text}" if text else ""

    return field


def listed(value: Any) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


def words(vocabulary: Vocabulary) -> Writer:
    return Writer(_field(words_of(vocabulary)), web_uris(vocabulary).get)


def usual_text(value: object) -> str | None:
    """Return a text as the hash spells it in every document; None for any other value."""
    if isinstance(value, str) and len(value) <= LONGEST_REMEMBERED:
        return remembered(value)
    return None


PLAIN = Writer(_field(_plain), str.strip)
TEXT = Writer(_field(Names.text), remembered)
TIME = Writer(_field(_time), _usual_time)
_any_figure = _field(_number)


def _one_figure(name: str, value: Any, names: Names) -> str:
    is_number = type(value) is float or type(value) is int  # and not a bool, which is an int
    return f"{name}={number(value)}" if is_number else _any_figure(name, value, names)


FIGURE = Writer(_one_figure)
MEASURED = Writer(_field(gs1_word), GS1_MEASUREMENTS.get)


class Record:
    """The writer of an object: its fields in the order of the standard, then what was added."""

    __slots__ = ("fields", "in_order", "known")

    def __init__(self, **fields: Writer) -> None:
        self.fields = tuple(fields.items())
        self.known = frozenset(fields)
        self.in_order = lru_cache(maxsize=64)(self._in_order)

    def _in_order(self, present: Collection[str]) -> Plan:
        return tuple((name, write) for name, write in self.fields if name in present)

    def inside(self, value: Any, names: Names) -> str:
        """Return what the object holds, without its name."""
        if not isinstance(value, dict):
            return "".join(extension("", value, names))
        if self.known.issuperset(value):
            return "".join(by_plan(value, self.in_order(tuple(value)), names))
        parts = by_plan(value, self._in_order(value), names)
        return "".join(parts + sorted(extensions(value, names, self.known)))

    def __call__(self, name: str, value: Any, names: Names) -> str:
        """Return the object, or a list of objects sorted, each under its name."""
        if isinstance(value, dict):
            found = self.inside(value, names)
            return name + found if found else ""
        inside = [self.inside(each, names) for each in listed(value)]
        return "".join(sorted([name + each for each in inside if each]))


def list_of(record: Record, element: str) -> Writer:
    """Return the writer of a list: its name once, then its elements, sorted."""

    def write(name: str, value: Any, names: Names) -> str:
        inside = record(element, value, names)
        return name + inside if inside else ""

    return Writer(write)


def extension(name: str, value: Any, names: Names) -> Iterator[str]:
    """Yield a field that the standard does not know, once for each of its values.

    An empty object says that the field is there; an empty list says nothing.
    """
    if isinstance(value, list):
        for each in value:
            if isinstance(each, list):
                yield name + "".join(sorted(extension("", each, names)))
            else:
                yield from extension(name, each, names)
    elif isinstance(value, dict):
        yield name + _inside(value, names)
    else:
        text = _leaf(value, names)
        yield f"{name}={text}" if text else name


def _leaf(value: Any, names: Names) -> str:
    if isinstance(value, str):
        return decimal_text(names.text(value))
    return "" if value is None else number(value)


def _inside(value: Json, names: Names) -> str:
    """Return what an object of an extension holds: its own text, then its fields, sorted."""
    own = value.get("#text")
    text = _leaf(own, names)
    inside = "".join(sorted(extensions(value, names)))
    return f"={text}{inside}" if text else inside


def extensions(
    value: Json, names: Names, known: frozenset[str] = frozenset({"#text"})
) -> list[str]:
    """Return the fields of an object that are not in ``known``, each written, not yet sorted."""
    added = [name for name in value if name not in known]
    return added_fields(value, added, names) if added else added


def added_fields(value: Json, added: Iterable[str], names: Names) -> list[str]:
    names = _declaring(value, added, names)
    found: list[str] = []
    for name in added:
        each = value[name]
        if not (key := names.key(name)):
            continue
        if isinstance(each, str):
            text = _leaf(each, names)
            found.append(f"{key}={text}" if text else key)
        else:
            found.extend(extension(key, each, names))
    return found


def _declaring(value: Json, added: Iterable[str], names: Names) -> Names:
    """Return the names inside an object: those around it and those that it declares."""
    special = [name for name in added if name[:1] == "@"]
    if not special:
        return names
    declared = declared_in(value.get("@context"))
    for name in special:
        uri = value[name]
        if name.startswith("@xmlns") and isinstance(uri, str):
            declared[name.removeprefix("@xmlns").removeprefix(":")] = uri
    return names.within(declared) if declared else names

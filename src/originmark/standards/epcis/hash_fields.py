"""The pre-hash string of CBV 2.0: which field comes when, and how each is written.

Source: CBV 2.0, section 8.9.2, in the order in which the published vectors have it;
docs/algorithms/event-hash.md tells where text and implementations differ.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from originmark.standards.epcis import vocabulary
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


class TooDeep(ValueError):
    """An event is nested deeper than anything sensible, so it has no hash."""


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


def _by_plan(value: Json, plan: Plan, names: Names) -> list[str]:
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


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


def _words(vocabulary: Vocabulary) -> Writer:
    return Writer(_field(words_of(vocabulary)), web_uris(vocabulary).get)


_plain_text = Writer(_field(_plain), str.strip)
_text = Writer(_field(Names.text), remembered)
_when = Writer(_field(_time), _usual_time)
_any_figure = _field(_number)


def _one_figure(name: str, value: Any, names: Names) -> str:
    is_number = type(value) is float or type(value) is int  # and not a bool, which is an int
    return f"{name}={number(value)}" if is_number else _any_figure(name, value, names)


_figure = Writer(_one_figure)
_measured = Writer(_field(gs1_word), GS1_MEASUREMENTS.get)


def _one_epc(epc: Any, names: Names) -> str:
    if isinstance(epc, str) and len(epc) <= LONGEST_REMEMBERED and (text := remembered(epc)):
        return f"epc={text}"
    return _text.whole("epc", epc, names)


def _listed_epcs(name: str, value: Any, names: Names) -> str:
    found = "".join(sorted([_one_epc(epc, names) for epc in _listed(value)]))
    return name + found if found else ""


_epcs = Writer(_listed_epcs)


class _Record:
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
            return "".join(_by_plan(value, self.in_order(tuple(value)), names))
        parts = _by_plan(value, self._in_order(value), names)
        return "".join(parts + sorted(_extensions(value, names, self.known)))

    def __call__(self, name: str, value: Any, names: Names) -> str:
        """Return the object, or a list of objects sorted, each under its name."""
        if isinstance(value, dict):
            found = self.inside(value, names)
            return name + found if found else ""
        inside = [self.inside(each, names) for each in _listed(value)]
        return "".join(sorted([name + each for each in inside if each]))


def _list_of(record: _Record, element: str) -> Writer:
    """Return the writer of a list: its name once, then its elements, sorted."""

    def write(name: str, value: Any, names: Names) -> str:
        inside = record(element, value, names)
        return name + inside if inside else ""

    return Writer(write)


_quantities = _list_of(
    _Record(epcClass=_text, quantity=_figure, uom=_plain_text), "quantityElement"
)
_any_place = _Record(id=_text)


def _usual_place(name: str, value: Any, names: Names) -> str:
    """Write a place, which hardly ever says more than what it is called."""
    if isinstance(value, dict) and len(value) == 1:
        found = value.get("id")
        if isinstance(found, str) and len(found) <= LONGEST_REMEMBERED:
            text = remembered(found)
            if text:
                return f"{name}id={text}"
    return _any_place(name, value, names)


_place = Writer(_usual_place)
_device = {"deviceID": _text, "deviceMetadata": _text, "rawData": _text}
_sensor_elements = _list_of(
    _Record(
        sensorMetadata=Writer(
            _Record(
                time=_when,
                startTime=_when,
                endTime=_when,
                **_device,
                dataProcessingMethod=_text,
                bizRules=_text,
            )
        ),
        sensorReport=Writer(
            _Record(
                type=_measured,
                exception=_measured,
                **_device,
                dataProcessingMethod=_text,
                time=_when,
                microorganism=_text,
                chemicalSubstance=_text,
                value=_figure,
                component=_words(vocabulary.COMPONENT),
                stringValue=_plain_text,
                booleanValue=_text,
                hexBinaryValue=_plain_text,
                uriValue=_text,
                minValue=_figure,
                maxValue=_figure,
                meanValue=_figure,
                sDev=_figure,
                percRank=_figure,
                percValue=_figure,
                uom=_plain_text,
                coordinateReferenceSystem=_text,
            )
        ),
    ),
    "sensorElement",
)


def _typed(words: Vocabulary, name: str) -> Writer:
    """Return the writer of a list whose objects have a type, which comes first."""
    record = _Record(**{"type": _words(words), name: _text})

    def write(list_name: str, value: Any, names: Names) -> str:
        inside = "".join(sorted([record.inside(each, names) for each in _listed(value)]))
        return list_name + inside if inside else ""

    return Writer(write)


def _ilmd(name: str, value: Any, names: Names) -> str:
    inside = sorted(_extensions(value, names)) if isinstance(value, dict) else []
    return name + "".join(inside) if inside else ""


_disposition = _words(vocabulary.DISPOSITION)
_IN_ORDER: dict[str, Writer] = {
    "eventTime": _when,
    "eventTimeZoneOffset": _plain_text,
    "certificationInfo": _text,
    "epcList": _epcs,
    "parentID": _text,
    "inputEPCList": _epcs,
    "childEPCs": _epcs,
    "quantityList": _quantities,
    "childQuantityList": _quantities,
    "inputQuantityList": _quantities,
    "outputEPCList": _epcs,
    "outputQuantityList": _quantities,
    "action": _plain_text,
    "transformationID": _text,
    "bizStep": _words(vocabulary.BIZ_STEP),
    "disposition": _disposition,
    "persistentDisposition": Writer(_Record(set=_disposition, unset=_disposition)),
    "readPoint": _place,
    "bizLocation": _place,
    "sensorElementList": _sensor_elements,
}
# These are sorted by their names, together with the extensions.
_BY_NAME: dict[str, Writer] = {
    "bizTransactionList": _typed(vocabulary.TRANSACTION_TYPE, "bizTransaction"),
    "destinationList": _typed(vocabulary.PARTY_TYPE, "destination"),
    "ilmd": Writer(_ilmd),
    "sourceList": _typed(vocabulary.PARTY_TYPE, "source"),
}
_LEFT_OUT = ("type", "recordTime", "eventID", "errorDeclaration", "@context")
_FIELDS_REMEMBERED = 64
_KNOWN = frozenset([*_IN_ORDER, *_BY_NAME, *_LEFT_OUT])


def prehash(event: Json, names: Names) -> str:
    """Return the string that the hash is taken of. Raises TooDeep."""
    kind = event.get("type")
    fields = tuple(event)
    plan = _remembered_plan if len(fields) <= _FIELDS_REMEMBERED else _plan
    in_order, by_name, added = plan(fields)
    parts = [f"eventType={names.key(kind) if isinstance(kind, str) else ''}"]
    try:
        parts += _by_plan(event, in_order, names)
        rest = _by_plan(event, by_name, names)
        if added:
            rest += _added(event, added, names)
    except RecursionError as reason:
        raise TooDeep("the event is nested too deeply to be hashed") from reason
    rest.sort()
    return "".join(parts + rest)


def _plan(fields: tuple[str, ...]) -> tuple[Plan, Plan, tuple[str, ...]]:
    """Return, for events of these fields, what is written in order, what by name, what is added."""
    there = set(fields)
    return (
        tuple((name, write) for name, write in _IN_ORDER.items() if name in there),
        tuple((name, write) for name, write in _BY_NAME.items() if name in there),
        tuple(name for name in fields if name not in _KNOWN),
    )


_remembered_plan = lru_cache(maxsize=256)(_plan)


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
    inside = "".join(sorted(_extensions(value, names)))
    return f"={text}{inside}" if text else inside


def _extensions(
    value: Json, names: Names, known: frozenset[str] = frozenset({"#text"})
) -> list[str]:
    """Return the fields of an object that are not in ``known``, each written, not yet sorted."""
    added = [name for name in value if name not in known]
    return _added(value, added, names) if added else added


def _added(value: Json, added: Iterable[str], names: Names) -> list[str]:
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

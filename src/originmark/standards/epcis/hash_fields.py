"""The pre-hash string of CBV 2.0: which field comes when, and how each is written.

Source: CBV 2.0, section 8.9.2, in the order in which the published vectors have it;
docs/algorithms/event-hash.md tells where text and implementations differ.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.fingerprint import namespaces as declared_in
from originmark.standards.epcis.hash_values import (
    Names,
    decimal_text,
    gs1_word,
    moment,
    number,
    word,
)
from originmark.standards.epcis.vocabulary import Vocabulary

Json = Mapping[str, Any]
Writer = Callable[[str, Any, Names], str]
Leaf = Callable[[Any, Names], str]


class TooDeep(ValueError):
    """An event is nested deeper than anything sensible, so it has no hash."""


def leaf(value: Any, names: Names) -> str:
    """Return a value of a field of the standard as text, empty where there is none."""
    if isinstance(value, str):
        return names.text(value)
    return "" if value is None else number(value)


def _time(value: Any, names: Names) -> str:
    return moment(value.strip()) if isinstance(value, str) else leaf(value, names)


def _number(value: Any, _: Names) -> str:
    return "" if value is None else number(value)


def _plain(value: Any, names: Names) -> str:
    return value.strip() if isinstance(value, str) else leaf(value, names)


def _word_of(words: Vocabulary) -> Leaf:
    def write(value: Any, names: Names) -> str:
        return word(words, names.text(value)) if isinstance(value, str) else leaf(value, names)

    return write


def _gs1_word(value: Any, names: Names) -> str:
    return gs1_word(names.text(value)) if isinstance(value, str) else leaf(value, names)


def _field(write: Leaf) -> Writer:
    """Return the writer of a field that has one value; a list of values is sorted."""

    def field(name: str, value: Any, names: Names) -> str:
        if isinstance(value, list):
            return "".join(sorted(field(name, each, names) for each in value))
        if isinstance(value, Mapping):
            return "".join(extension(name, value, names))
        text = write(value, names)
        return f"{name}={text}" if text else ""

    return field


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


def _epcs(name: str, value: Any, names: Names) -> str:
    text = names.text
    found = sorted(
        [f"epc={text(epc) if isinstance(epc, str) else leaf(epc, names)}" for epc in _listed(value)]
    )
    if "epc=" in found:
        found = [each for each in found if each != "epc="]
    return name + "".join(found) if found else ""


class _Record:
    """The writer of an object: its fields in the order of the standard, then what was added."""

    __slots__ = ("fields", "known")

    def __init__(self, **fields: Writer) -> None:
        self.fields = tuple(fields.items())
        self.known = frozenset(fields)

    def inside(self, value: Any, names: Names) -> str:
        """Return what the object holds, without its name."""
        if not isinstance(value, Mapping):
            return "".join(extension("", value, names))
        parts = [
            write(name, found, names)
            for name, write in self.fields
            if (found := value.get(name)) is not None
        ]
        if len(parts) < len(value):
            parts += sorted(_extensions(value, names, self.known))
        return "".join(parts)

    def __call__(self, name: str, value: Any, names: Names) -> str:
        """Return the object, or a list of objects sorted, each under its name."""
        inside = [self.inside(each, names) for each in _listed(value)]
        return "".join(sorted([name + each for each in inside if each]))


def _list_of(record: _Record, element: str) -> Writer:
    """Return the writer of a list: its name once, then its elements, sorted."""

    def write(name: str, value: Any, names: Names) -> str:
        inside = record(element, value, names)
        return name + inside if inside else ""

    return write


_text, _when, _figure = _field(leaf), _field(_time), _field(_number)
_quantities = _list_of(
    _Record(epcClass=_text, quantity=_figure, uom=_field(_plain)), "quantityElement"
)
_place = _Record(id=_text)
_device = {"deviceID": _text, "deviceMetadata": _text, "rawData": _text}
_sensor_elements = _list_of(
    _Record(
        sensorMetadata=_Record(
            time=_when,
            startTime=_when,
            endTime=_when,
            **_device,
            dataProcessingMethod=_text,
            bizRules=_text,
        ),
        sensorReport=_Record(
            type=_field(_gs1_word),
            exception=_field(_gs1_word),
            **_device,
            dataProcessingMethod=_text,
            time=_when,
            microorganism=_text,
            chemicalSubstance=_text,
            value=_figure,
            component=_field(_word_of(vocabulary.COMPONENT)),
            stringValue=_field(_plain),
            booleanValue=_text,
            hexBinaryValue=_field(_plain),
            uriValue=_text,
            minValue=_figure,
            maxValue=_figure,
            meanValue=_figure,
            sDev=_figure,
            percRank=_figure,
            percValue=_figure,
            uom=_field(_plain),
            coordinateReferenceSystem=_text,
        ),
    ),
    "sensorElement",
)


def _typed(words: Vocabulary, name: str) -> Writer:
    """Return the writer of a list whose objects have a type, which comes first."""
    return _list_of(_Record(**{"type": _field(_word_of(words)), name: _text}), "")


def _ilmd(name: str, value: Any, names: Names) -> str:
    inside = sorted(_extensions(value, names)) if isinstance(value, Mapping) else []
    return name + "".join(inside) if inside else ""


_disposition = _field(_word_of(vocabulary.DISPOSITION))
_IN_ORDER: dict[str, Writer] = {
    "eventTime": _when,
    "eventTimeZoneOffset": _field(_plain),
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
    "action": _field(_plain),
    "transformationID": _text,
    "bizStep": _field(_word_of(vocabulary.BIZ_STEP)),
    "disposition": _disposition,
    "persistentDisposition": _Record(set=_disposition, unset=_disposition),
    "readPoint": _place,
    "bizLocation": _place,
    "sensorElementList": _sensor_elements,
}
# These are sorted by their names, together with the extensions.
_BY_NAME: dict[str, Writer] = {
    "bizTransactionList": _typed(vocabulary.TRANSACTION_TYPE, "bizTransaction"),
    "destinationList": _typed(vocabulary.PARTY_TYPE, "destination"),
    "ilmd": _ilmd,
    "sourceList": _typed(vocabulary.PARTY_TYPE, "source"),
}
_LEFT_OUT = ("type", "recordTime", "eventID", "errorDeclaration", "@context")
_FIELDS = tuple(_IN_ORDER.items())
_KNOWN = frozenset([*_IN_ORDER, *_BY_NAME, *_LEFT_OUT])
_SORTED = tuple(_BY_NAME.items())


def prehash(event: Json, names: Names) -> str:
    """Return the string that the hash is taken of. Raises TooDeep."""
    kind = event.get("type")
    first = f"eventType={names.key(kind) if isinstance(kind, str) else ''}"
    try:
        parts = [
            write(name, found, names)
            for name, write in _FIELDS
            if (found := event.get(name)) is not None
        ]
        rest = [
            write(name, found, names)
            for name, write in _SORTED
            if (found := event.get(name)) is not None
        ]
        rest += _extensions(event, names, _KNOWN)
    except RecursionError as reason:
        raise TooDeep("the event is nested too deeply to be hashed") from reason
    return "".join((first, *parts, *sorted(rest)))


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
    elif isinstance(value, Mapping):
        yield name + _inside(value, names)
    else:
        text = decimal_text(leaf(value, names))
        yield f"{name}={text}" if text else name


def _inside(value: Json, names: Names) -> str:
    """Return what an object of an extension holds: its own text, then its fields, sorted."""
    own = value.get("#text")
    text = decimal_text(leaf(own, names)) if own is not None else ""
    inside = "".join(sorted(_extensions(value, names)))
    return f"={text}{inside}" if text else inside


def _extensions(
    value: Json, names: Names, known: frozenset[str] = frozenset({"#text"})
) -> list[str]:
    """Return the fields of an object that are not in ``known``, each written, not yet sorted."""
    names = _declaring(value, names)
    found: list[str] = []
    for name, each in value.items():
        if name not in known and (key := names.key(name)):
            found.extend(extension(key, each, names))
    return found


def _declaring(value: Json, names: Names) -> Names:
    """Return the names inside an object: those around it and those that it declares."""
    declared = {
        name.removeprefix("@xmlns").removeprefix(":"): uri
        for name, uri in value.items()
        if name.startswith("@xmlns") and isinstance(uri, str)
    }
    if "@context" in value:
        declared = declared_in(value["@context"]) | declared
    return names.within(declared) if declared else names

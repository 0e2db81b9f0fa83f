"""One event: from JSON to XML, its fields in the order of the published schema."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, Literal

from lxml import etree

from originmark.standards.epcis import fields, vocabulary
from originmark.standards.epcis.vocabulary import Vocabulary
from originmark.standards.epcis.xml_names import XSI
from originmark.standards.epcis.xml_sensors import WORDS
from originmark.standards.epcis.xml_values import Element
from originmark.standards.epcis.xml_write_names import Names
from originmark.standards.epcis.xml_write_values import as_json, fits, hint, put, put_as_json

Json = Mapping[str, Any]
CbvFormat = Literal["Always_URN", "Always_Web_URI", "No_Preference", "Never_Translates"]


@dataclass(frozen=True, slots=True)
class Writing:
    """How to write: the prefixes in force, and how to spell standard vocabulary values."""

    names: Names
    contexts: tuple[Any, ...]
    cbv_format: CbvFormat

    def within(self, event: Json) -> "Writing":
        """Return how to write an event that may have a context of its own."""
        own = event.get("@context")
        if own is None:
            return self
        contexts = (*self.contexts, own)
        return replace(self, names=Names(*contexts), contexts=contexts)

    def word(self, vocab: Vocabulary, value: str) -> str:
        """Return a standard value as URN or Web URI; a bare word never stays bare.

        ``Never_Translates`` keeps what somebody wrote as a URI, and makes URNs of bare words.
        """
        if self.cbv_format == "Never_Translates" and value not in vocab.words:
            return value
        bare = vocab.normalise(value)
        return vocab.web_uri(bare) if self.cbv_format == "Always_Web_URI" else vocab.urn(bare)


Write = Callable[[Writing, Element, str, Any], None]
_BASE: Final = (
    "eventTime",
    "recordTime",
    "eventTimeZoneOffset",
    "eventID",
    "errorDeclaration",
    "certificationInfo",
)
_WHY_WHERE: Final = ("bizStep", "disposition", "readPoint", "bizLocation")
_TRANSFER: Final = ("sourceList", "destinationList", "sensorElementList", "persistentDisposition")
_TRANSFORMED: Final = (
    "inputEPCList",
    "inputQuantityList",
    "outputEPCList",
    "outputQuantityList",
    "transformationID",
)
ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "ObjectEvent": (
        *_BASE,
        *("epcList", "action"),
        *_WHY_WHERE,
        *("bizTransactionList", "quantityList"),
        *_TRANSFER,
        "ilmd",
    ),
    "AggregationEvent": (
        *_BASE,
        *("parentID", "childEPCs", "action"),
        *_WHY_WHERE,
        *("bizTransactionList", "childQuantityList"),
        *_TRANSFER,
    ),
    "AssociationEvent": (
        *_BASE,
        *("parentID", "childEPCs", "childQuantityList", "action"),
        *_WHY_WHERE,
        "bizTransactionList",
        *_TRANSFER,
    ),
    "TransactionEvent": (
        *_BASE,
        *("bizTransactionList", "parentID", "epcList", "action"),
        *_WHY_WHERE,
        "quantityList",
        *_TRANSFER,
    ),
    "TransformationEvent": (
        *_BASE,
        *_TRANSFORMED,
        *_WHY_WHERE,
        "bizTransactionList",
        *_TRANSFER,
        "ilmd",
    ),
}
_NOT_FIELDS: Final = frozenset({"@context", "type"})


def write_event(writing: Writing, parent: Element, event: Json) -> None:
    """Append the element of an event; one of somebody's own is folded into ``extension``."""
    kind = event["type"]
    order = ORDER.get(kind)
    outer, writing = writing.names.declared, writing.within(event)
    declares = {
        prefix: namespace
        for prefix, namespace in writing.names.declared.items()
        if outer.get(prefix) != namespace
    }
    if order is None:
        fold = etree.SubElement(parent, "extension", nsmap=declares)
        element = writing.names.child(fold, kind)
        hint(element, writing.names.hints(kind))
        known = _write_freely(writing, element, event)
    else:
        element = etree.SubElement(parent, kind, nsmap=declares)
        known = _write_fields(writing, element, order, event)
    for key, value in event.items():
        if key not in known and key not in _NOT_FIELDS:
            put(writing.names, element, key, value)


def _write_fields(
    writing: Writing, element: Element, order: Iterable[str], holder: Json
) -> frozenset[str]:
    for name in order:
        if name in holder:
            _WRITERS[name](writing, element, name, holder[name])
    return frozenset(order)


def _write_freely(writing: Writing, element: Element, event: Json) -> frozenset[str]:
    """Write an event whose names may mean anything: what has not the standard's form is JSON."""
    for name in FREE_ORDER:
        if name not in event:
            continue
        if event[name] == [] or any(True for _ in fields.STANDARD[name](event[name], "")):
            put_as_json(element, name, event[name])
        else:
            _WRITERS[name](writing, element, name, event[name])
    return frozenset(FREE_ORDER)


def _text(_writing: Writing, parent: Element, name: str, value: str) -> None:
    etree.SubElement(parent, name).text = value


def _word(vocab: Vocabulary) -> Write:
    def write(writing: Writing, parent: Element, name: str, value: str) -> None:
        _text(writing, parent, name, writing.word(vocab, value))

    return write


def _list_of(item: str, write: Write, *, at_least: int = 0) -> Write:
    def write_list(writing: Writing, parent: Element, name: str, values: list[Any]) -> None:
        if len(values) < at_least:
            return  # the schema wants one or no list at all, and an empty list says nothing
        element = etree.SubElement(parent, name)
        for each in values:
            write(writing, element, item, each)

    return write_list


def _certificates(writing: Writing, parent: Element, name: str, value: str | list[str]) -> None:
    values = [value] if isinstance(value, str) else value
    for each in values:
        _text(writing, parent, name, each)
    if isinstance(value, list) and len(values) == 1:
        hint(parent[-1], ["list"])


def _quantity(writing: Writing, parent: Element, name: str, value: Json) -> None:
    element = etree.SubElement(parent, name)
    _text(writing, element, "epcClass", value["epcClass"])
    if "quantity" in value:
        _text(writing, element, "quantity", _decimal(value["quantity"]))
    elif "uom" in value:  # the schema has no unit without a quantity, but it has an empty quantity
        etree.SubElement(element, "quantity").set(f"{{{XSI}}}nil", "true")
    if "uom" in value:
        _text(writing, element, "uom", value["uom"])


def _decimal(value: float) -> str:
    """Return a number without an exponent, as ``xsd:decimal`` wants it."""
    return format(Decimal(value if value == int(value) else str(value)), "f")


def _place(writing: Writing, parent: Element, name: str, value: Json) -> None:
    element = etree.SubElement(parent, name)
    _text(writing, element, "id", value["id"])
    _own(writing, element, value, frozenset({"id"}))


def _own(writing: Writing, element: Element, holder: Json, known: frozenset[str]) -> None:
    for key, value in holder.items():
        if key not in known:
            put(writing.names, element, key, value)


def _ilmd(writing: Writing, parent: Element, name: str, value: Json) -> None:
    _own(writing, etree.SubElement(parent, name), value, frozenset())


def _named(key: str, vocab: Vocabulary) -> Write:
    def write(writing: Writing, parent: Element, name: str, value: Json) -> None:
        _text(writing, parent, name, value[key])
        if "type" in value:
            parent[-1].set("type", writing.word(vocab, value["type"]))

    return write


def _persistent(writing: Writing, parent: Element, name: str, value: Json) -> None:
    element = etree.SubElement(parent, name)
    for part in ("unset", "set"):
        for each in value.get(part, ()):
            _text(writing, element, part, writing.word(vocabulary.DISPOSITION, each))


def _error(writing: Writing, parent: Element, name: str, value: Json) -> None:
    element = etree.SubElement(parent, name)
    known = _write_fields(writing, element, _ERROR_ORDER, value)
    _own(writing, element, value, known)


def _sensor(writing: Writing, parent: Element, name: str, value: Json) -> None:
    element = etree.SubElement(parent, name)
    if "sensorMetadata" in value:
        _attributes(writing, element, "sensorMetadata", value["sensorMetadata"])
    for report in value["sensorReport"]:
        _attributes(writing, element, "sensorReport", report)
    _own(writing, element, value, frozenset({"sensorMetadata", "sensorReport"}))


def _attributes(writing: Writing, parent: Element, name: str, values: Json) -> None:
    element = etree.SubElement(parent, name)
    words = []
    for key, value in values.items():
        is_own = ":" in key
        attribute = writing.names.tag(key) if is_own else key
        text = value if is_own else _sensed(writing, key, value)
        is_text = isinstance(text, str) and fits(text)
        element.set(attribute, text if is_text else as_json(value))
        if not is_text:
            words.append(attribute)
        words += writing.names.hints(key, f"{attribute}=") if is_own else []
    hint(element, words)


def _sensed(writing: Writing, key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return writing.word(WORDS[key], value) if key in WORDS else str(value)


_ERROR_ORDER: Final = ("declarationTime", "reason", "correctiveEventIDs")
_WRITERS: Final[Mapping[str, Write]] = {
    **dict.fromkeys(
        [
            "eventTime",
            "recordTime",
            "eventTimeZoneOffset",
            "eventID",
            "action",
            "parentID",
            "transformationID",
            "declarationTime",
        ],
        _text,
    ),
    "certificationInfo": _certificates,
    "errorDeclaration": _error,
    "reason": _word(vocabulary.ERROR_REASON),
    "correctiveEventIDs": _list_of("correctiveEventID", _text),
    **dict.fromkeys(
        ["epcList", "childEPCs", "inputEPCList", "outputEPCList"], _list_of("epc", _text)
    ),
    **dict.fromkeys(
        ["quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"],
        _list_of("quantityElement", _quantity),
    ),
    "bizStep": _word(vocabulary.BIZ_STEP),
    "disposition": _word(vocabulary.DISPOSITION),
    "persistentDisposition": _persistent,
    "readPoint": _place,
    "bizLocation": _place,
    "bizTransactionList": _list_of(
        "bizTransaction", _named("bizTransaction", vocabulary.TRANSACTION_TYPE), at_least=1
    ),
    "sourceList": _list_of("source", _named("source", vocabulary.PARTY_TYPE), at_least=1),
    "destinationList": _list_of(
        "destination", _named("destination", vocabulary.PARTY_TYPE), at_least=1
    ),
    "sensorElementList": _list_of("sensorElement", _sensor, at_least=1),
    "ilmd": _ilmd,
}
FREE_ORDER: Final = tuple(name for name in _WRITERS if name in fields.STANDARD)

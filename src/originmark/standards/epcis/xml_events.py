"""One event: from XML, 2.0 or 1.x, to the JSON that says the same."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.problems import Problem, shown
from originmark.standards.epcis.vocabulary import Vocabulary
from originmark.standards.epcis.xml_names import XSI, split
from originmark.standards.epcis.xml_sensors import read_attributes
from originmark.standards.epcis.xml_values import (
    WRAPPERS,
    Element,
    Members,
    Reading,
    add_own,
    children,
    hints,
    is_standard,
    own_attributes,
    own_name,
    read_value,
    text_of,
)
from originmark.standards.epcis.xml_words import number, plain_text, word

Read = Callable[[Reading, Element], Any]
Fields = Mapping[str, Read]
STANDARD_EVENTS: Final = frozenset(
    [
        "ObjectEvent",
        "AggregationEvent",
        "AssociationEvent",
        "TransactionEvent",
        "TransformationEvent",
    ]
)


def read_event(reading: Reading, element: Element) -> dict[str, Any]:
    """Return the JSON event of an event element.

    A QuantityEvent of EPCIS 1.0 becomes the ObjectEvent that 1.1 put in its place.
    """
    namespace, local = split(element.tag)
    standard = is_standard(namespace)
    if standard and local == "QuantityEvent":
        return _quantity_event(reading, element)
    if standard and local not in STANDARD_EVENTS:
        expected = ", ".join(sorted(STANDARD_EVENTS))
        reading.refuse(element, f"found {local}, expected {expected} or an event of your own")
    kind = local if standard else own_name(reading, element, hints(element))
    return {"type": kind} | read_members(reading, element, FIELDS, is_open=not standard)


def try_event(reading: Reading, element: Element) -> tuple[dict[str, Any], list[Problem]]:
    """Return an event and nothing, or what is known of one that cannot be read, and why not."""
    before = len(reading.problems)
    try:
        event = read_event(reading, element)
    except DocumentInvalid:  # too much is wrong
        event = {"type": split(element.tag)[1]}
    problems = reading.problems[before:]
    if problems:
        del reading.problems[before:]
        event = {name: event[name] for name in ("type", "eventID") if name in event}
    return event, problems


def read_members(
    reading: Reading, element: Element, fields: Fields, *, is_open: bool = False
) -> dict[str, Any]:
    """Return the fields of the standard and those of somebody's own in one object.

    ``extension`` and ``baseExtension``, around which EPCIS 1.x folds what came later, are opened.
    ``is_open``: names without a namespace are anybody's, as in an event of somebody's own.
    """
    known: dict[str, Any] = {}
    own = Members()
    _gather(reading, element, fields, known, own, is_open)
    settled = own.settled()
    if element.attrib:
        settled = dict(own_attributes(reading, element)) | settled
    return known | settled


def _gather(
    reading: Reading,
    element: Element,
    fields: Fields,
    known: dict[str, Any],
    own: Members,
    is_open: bool,  # noqa: FBT001 (passed down from read_members)
) -> None:
    for child in children(element):
        namespace, local = split(child.tag)
        if not is_standard(namespace):
            add_own(reading, own, child)
        elif local in fields:
            _keep(reading, child, fields[local], local, known)
        elif local in WRAPPERS:
            _gather(reading, child, fields, known, own, is_open)
        elif is_open:
            add_own(reading, own, child)
        elif local == "comment":
            own.add("rdfs:comment", text_of(child))
        else:
            reading.refuse(
                child,
                f"found {local}, expected a field of EPCIS 2.0 here, or an element with a "
                "namespace of your own",
            )


def _keep(reading: Reading, element: Element, read: Read, name: str, known: dict[str, Any]) -> None:
    words = hints(element) if len(element) else frozenset()
    if "value" in words:  # only in events of somebody's own, where a name may mean anything
        value = read_value(reading, element, words=words, depth=0)
    else:
        value = read(reading, element)
    if name == "sensorReport":
        known.setdefault(name, []).append(value)
    elif name not in known:
        known[name] = value
    elif name == "certificationInfo":
        if not isinstance(known[name], list):
            known[name] = [known[name]]
        known[name].append(value)
    else:
        reading.refuse(element, f"found {name} for the second time, expected it once")


def _quantity_event(reading: Reading, element: Element) -> dict[str, Any]:
    body = read_members(reading, element, FIELDS | _QUANTITY)
    stock = {name: body.pop(name) for name in _QUANTITY if name in body}
    return {"type": "ObjectEvent", "action": "OBSERVE"} | body | {"quantityList": [stock]}


def _certificate(reading: Reading, element: Element) -> Any:
    text = plain_text(reading, element)
    return [text] if "list" in hints(element) else text


def _word_of(vocab: Vocabulary) -> Read:
    def read(reading: Reading, element: Element) -> str:
        return word(reading, element, plain_text(reading, element), vocab)

    return read


def _list_of(item: str, read: Read) -> Read:
    def read_list(reading: Reading, element: Element) -> list[Any]:
        found = []
        for child in children(element):
            namespace, local = split(child.tag)
            if is_standard(namespace) and local == item:
                found.append(read(reading, child))
            elif not (local == "extension" and not len(child)):
                reading.refuse(child, f"found {local}, expected {item}")
        if text_of(element):
            reading.refuse(element, f"found {shown(text_of(element))}, expected {item} elements")
        return found

    return read_list


def _set_of(item: str, read: Read) -> Read:
    """Return how to read a list in which nothing counts twice."""
    read_list = _list_of(item, read)

    def read_set(reading: Reading, element: Element) -> list[Any]:
        return list(dict.fromkeys(read_list(reading, element)))

    return read_set


def _quantity(reading: Reading, element: Element) -> dict[str, Any]:
    body = read_members(reading, element, _QUANTITY)
    return {name: value for name, value in body.items() if value is not None}


def _amount(reading: Reading, element: Element) -> int | float | None:
    if element.get(f"{{{XSI}}}nil", "").strip() in ("true", "1"):
        return None
    return number(reading, element, text_of(element), name="quantity")


def _place(reading: Reading, element: Element) -> dict[str, Any]:
    return read_members(reading, element, {"id": plain_text})


def _named(key: str, vocab: Vocabulary) -> Read:
    """Return how to read a text with an attribute ``type``."""

    def read(reading: Reading, element: Element) -> dict[str, Any]:
        kind = element.get("type")
        body = {} if kind is None else {"type": word(reading, element, kind.strip(), vocab)}
        return body | {key: plain_text(reading, element, takes=frozenset({"type"}))}

    return read


def _persistent(reading: Reading, element: Element) -> dict[str, Any]:
    read = _word_of(vocabulary.DISPOSITION)
    found: dict[str, list[str]] = {}
    for child in children(element):
        local = split(child.tag)[1]
        if local in ("set", "unset"):
            found.setdefault(local, []).append(read(reading, child))
        else:
            reading.refuse(child, f"found {local}, expected set or unset")
    return found


def _error(reading: Reading, element: Element) -> dict[str, Any]:
    return read_members(reading, element, _ERROR)


def _ilmd(reading: Reading, element: Element) -> dict[str, Any]:
    return read_members(reading, element, {})


def _sensor(reading: Reading, element: Element) -> dict[str, Any]:
    return read_members(
        reading, element, {"sensorMetadata": read_attributes, "sensorReport": read_attributes}
    )


_ERROR: Final[Fields] = {
    "declarationTime": plain_text,
    "reason": _word_of(vocabulary.ERROR_REASON),
    "correctiveEventIDs": _list_of("correctiveEventID", plain_text),
}
_QUANTITY: Final[dict[str, Read]] = {"epcClass": plain_text, "quantity": _amount, "uom": plain_text}
_EPCS = _set_of("epc", plain_text)
_QUANTITIES = _list_of("quantityElement", _quantity)
FIELDS: Final[dict[str, Read]] = {
    **dict.fromkeys(
        [
            "eventTime",
            "recordTime",
            "eventTimeZoneOffset",
            "eventID",
            "action",
            "parentID",
            "transformationID",
        ],
        plain_text,
    ),
    "certificationInfo": _certificate,
    "errorDeclaration": _error,
    **dict.fromkeys(["epcList", "childEPCs", "inputEPCList", "outputEPCList"], _EPCS),
    **dict.fromkeys(
        ["quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"],
        _QUANTITIES,
    ),
    "bizStep": _word_of(vocabulary.BIZ_STEP),
    "disposition": _word_of(vocabulary.DISPOSITION),
    "persistentDisposition": _persistent,
    "readPoint": _place,
    "bizLocation": _place,
    "bizTransactionList": _list_of(
        "bizTransaction", _named("bizTransaction", vocabulary.TRANSACTION_TYPE)
    ),
    "sourceList": _list_of("source", _named("source", vocabulary.PARTY_TYPE)),
    "destinationList": _list_of("destination", _named("destination", vocabulary.PARTY_TYPE)),
    "sensorElementList": _list_of("sensorElement", _sensor),
    "ilmd": _ilmd,
}

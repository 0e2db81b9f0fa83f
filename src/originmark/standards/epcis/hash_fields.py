"""The pre-hash string of CBV 2.0: which field comes when, and how each is written.

Source: CBV 2.0, section 8.9.2, in the order in which the published vectors have it;
docs/algorithms/event-hash.md tells where text and implementations differ.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.hash_values import Names, web_uris
from originmark.standards.epcis.hash_writers import (
    FIGURE,
    MEASURED,
    PLAIN,
    TEXT,
    TIME,
    Plan,
    Record,
    Writer,
    added_fields,
    by_plan,
    extensions,
    list_of,
    listed,
    usual_text,
    words,
)
from originmark.standards.epcis.vocabulary import Vocabulary

Json = Mapping[str, Any]


class TooDeep(ValueError):
    """An event is nested deeper than anything sensible, so it has no hash."""


def _one_epc(epc: Any, names: Names) -> str:
    text = usual_text(epc)
    return f"epc={text}" if text else TEXT.whole("epc", epc, names)


def _listed_epcs(name: str, value: Any, names: Names) -> str:
    found = "".join(sorted([_one_epc(epc, names) for epc in listed(value)]))
    return name + found if found else ""


_epcs = Writer(_listed_epcs)


_quantities = list_of(Record(epcClass=TEXT, quantity=FIGURE, uom=PLAIN), "quantityElement")
_any_place = Record(id=TEXT)


def _usual_place(name: str, value: Any, names: Names) -> str:
    """Write a place, which hardly ever says more than what it is called."""
    if isinstance(value, dict) and len(value) == 1:
        text = usual_text(value.get("id"))
        if text:
            return f"{name}id={text}"
    return _any_place(name, value, names)


_place = Writer(_usual_place)
_device = {"deviceID": TEXT, "deviceMetadata": TEXT, "rawData": TEXT}
_sensor_elements = list_of(
    Record(
        sensorMetadata=Writer(
            Record(
                time=TIME,
                startTime=TIME,
                endTime=TIME,
                **_device,
                dataProcessingMethod=TEXT,
                bizRules=TEXT,
            )
        ),
        sensorReport=Writer(
            Record(
                type=MEASURED,
                exception=MEASURED,
                **_device,
                dataProcessingMethod=TEXT,
                time=TIME,
                microorganism=TEXT,
                chemicalSubstance=TEXT,
                value=FIGURE,
                component=words(vocabulary.COMPONENT),
                stringValue=PLAIN,
                booleanValue=TEXT,
                hexBinaryValue=PLAIN,
                uriValue=TEXT,
                minValue=FIGURE,
                maxValue=FIGURE,
                meanValue=FIGURE,
                sDev=FIGURE,
                percRank=FIGURE,
                percValue=FIGURE,
                uom=PLAIN,
                coordinateReferenceSystem=TEXT,
            )
        ),
    ),
    "sensorElement",
)


def _typed(kinds: Vocabulary, name: str) -> Writer:
    """Return the writer of a list whose objects have a type, which comes first."""
    record, uris = Record(**{"type": words(kinds), name: TEXT}), web_uris(kinds)

    def element(value: Any, names: Names) -> str:
        if isinstance(value, dict) and len(value) == 2:
            kind, said = value.get("type"), value.get(name)
            text = usual_text(said)
            if text and isinstance(kind, str) and kind in uris:
                return f"type={uris[kind]}{name}={text}"
        return record.inside(value, names)

    def write(list_name: str, value: Any, names: Names) -> str:
        inside = "".join(sorted([element(each, names) for each in listed(value)]))
        return list_name + inside if inside else ""

    return Writer(write)


def _ilmd(name: str, value: Any, names: Names) -> str:
    inside = sorted(extensions(value, names)) if isinstance(value, dict) else []
    return name + "".join(inside) if inside else ""


_disposition = words(vocabulary.DISPOSITION)
_IN_ORDER: dict[str, Writer] = {
    "eventTime": TIME,
    "eventTimeZoneOffset": PLAIN,
    "certificationInfo": TEXT,
    "epcList": _epcs,
    "parentID": TEXT,
    "inputEPCList": _epcs,
    "childEPCs": _epcs,
    "quantityList": _quantities,
    "childQuantityList": _quantities,
    "inputQuantityList": _quantities,
    "outputEPCList": _epcs,
    "outputQuantityList": _quantities,
    "action": PLAIN,
    "transformationID": TEXT,
    "bizStep": words(vocabulary.BIZ_STEP),
    "disposition": _disposition,
    "persistentDisposition": Writer(Record(set=_disposition, unset=_disposition)),
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
        parts += by_plan(event, in_order, names)
        rest = by_plan(event, by_name, names)
        if added:
            rest += added_fields(event, added, names)
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

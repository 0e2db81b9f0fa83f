"""A JSON Schema for EPCIS 2.0 object events, as somebody would write it for the usual pipeline."""

from typing import Any

from originmark.standards.epcis import vocabulary

URI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$"}
MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}


def _word(words: frozenset[str]) -> dict[str, Any]:
    return {"anyOf": [{"enum": sorted(words)}, URI]}


def _listed(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _party(name: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"type": _word(vocabulary.PARTY_TYPE.words), name: URI},
        "required": ["type", name],
        "additionalProperties": False,
    }


PLACE = {"type": "object", "properties": {"id": URI}, "required": ["id"]}
QUANTITY = {
    "type": "object",
    "properties": {
        "epcClass": URI,
        "quantity": {"type": "number"},
        "uom": {"type": "string", "pattern": "^[A-Z0-9]{2,3}$"},
    },
    "required": ["epcClass"],
    "additionalProperties": False,
}
TRANSACTION = {
    "type": "object",
    "properties": {"type": _word(vocabulary.TRANSACTION_TYPE.words), "bizTransaction": URI},
    "required": ["bizTransaction"],
    "additionalProperties": False,
}
EVENT = {
    "type": "object",
    "properties": {
        "type": {"enum": ["ObjectEvent"]},
        "eventID": URI,
        "eventTime": MOMENT,
        "eventTimeZoneOffset": {
            "type": "string",
            "pattern": "^([+]|[-])((0[0-9]|1[0-3]):([0-5][0-9])|14:00)$",
        },
        "action": {"enum": sorted(vocabulary.ACTIONS)},
        "bizStep": _word(vocabulary.BIZ_STEP.words),
        "disposition": _word(vocabulary.DISPOSITION.words),
        "epcList": {**_listed(URI), "uniqueItems": True},
        "quantityList": _listed(QUANTITY),
        "readPoint": PLACE,
        "bizLocation": PLACE,
        "bizTransactionList": _listed(TRANSACTION),
        "sourceList": _listed(_party("source")),
        "destinationList": _listed(_party("destination")),
    },
    "required": ["type", "eventTime", "eventTimeZoneOffset", "action"],
    "anyOf": [{"required": ["epcList"]}, {"required": ["quantityList"]}],
    "additionalProperties": False,
}
DOCUMENT = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "type": {"enum": ["EPCISDocument"]},
        "creationDate": MOMENT,
        "epcisBody": {
            "type": "object",
            "properties": {"eventList": _listed(EVENT)},
            "required": ["eventList"],
        },
    },
    "required": ["@context", "type", "schemaVersion", "creationDate", "epcisBody"],
}

"""The parameters whose names are fixed: how their values are read, and what they ask.

GS1's artefacts contradict each other in places; both readings are taken:
``GE_errorDeclarationTime`` (OpenAPI) and ``GE_errorDeclaration_Time`` (query schema),
``EXISTS_…`` as boolean, as integer and as null, ``EQ_quantity`` as one number and as a list.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.decode import STANDARD_FIELDS
from originmark.standards.epcis.query import conditions
from originmark.standards.epcis.query.conditions import Condition, Test, Values
from originmark.standards.epcis.query.fieldnames import expanded
from originmark.standards.epcis.query.invalid import QueryInvalid
from originmark.standards.epcis.query.subject import CLASS_FIELDS, EPC_FIELDS, Subject
from originmark.standards.epcis.query.values import Reader
from originmark.standards.epcis.vocabulary import Vocabulary
from originmark.standards.gs1 import epc_patterns

Namespaces = Mapping[str, str]
Read = Callable[[Reader, Namespaces], Values]


@dataclass(frozen=True, slots=True)
class Fixed:
    """One parameter: how to read its values, and the test."""

    read: Read
    test: Test

    def condition(self, name: str, reader: Reader, namespaces: Namespaces) -> Condition:
        """Return what the parameter asks. Raises QueryInvalid."""
        return Condition(name, self.read(reader, namespaces), self.test)


def keys(reader: Reader, namespaces: Namespaces) -> Values:
    """Read identifiers as keys, which all spellings have in common."""
    return tuple(epc_patterns.key(expanded(each, namespaces)) for each in reader.uris())


def patterns(reader: Reader, namespaces: Namespaces) -> Values:
    """Read identifiers and patterns."""
    try:
        return tuple(epc_patterns.parse(expanded(each, namespaces)) for each in reader.uris())
    except epc_patterns.InvalidPattern as wrong:
        raise QueryInvalid(reader.name, str(wrong), "an EPC, its Digital Link or a pattern") from (
            wrong
        )


def words(vocab: Vocabulary) -> Read:
    """Read standard words, and URIs of somebody's own in full."""
    return lambda reader, namespaces: tuple(
        expanded(each, namespaces) for each in reader.words(vocab)
    )


def _event_types(reader: Reader, namespaces: Namespaces) -> Values:
    known = frozenset(STANDARD_FIELDS)
    return tuple(expanded(each, namespaces) for each in reader.one_of(known, or_uri=True))


def _measurements(reader: Reader, namespaces: Namespaces) -> Values:
    words = (conditions.measurement(each) for each in reader.one_of(_MEASURED, or_uri=True))
    return tuple(expanded(each, namespaces) for each in words)


def _hexadecimal(reader: Reader, _namespaces: Namespaces) -> Values:
    return tuple(each.upper() for each in reader.texts())


def _uris(reader: Reader, namespaces: Namespaces) -> Values:
    return tuple(expanded(each, namespaces) for each in reader.uris())


def _texts(reader: Reader, _namespaces: Namespaces) -> Values:
    return reader.texts()


def _time(reader: Reader, _namespaces: Namespaces) -> Values:
    return reader.time()


def _figure(reader: Reader, _namespaces: Namespaces) -> Values:
    return reader.figure()


def _figures(reader: Reader, _namespaces: Namespaces) -> Values:
    return reader.figures()


def _flag(reader: Reader, _namespaces: Namespaces) -> Values:
    return reader.flag()


def _actions(reader: Reader, _namespaces: Namespaces) -> Values:
    return reader.one_of(vocabulary.ACTIONS)


def _one_word(name: str) -> Callable[[Subject], Iterator[str]]:
    return lambda subject: subject.texts(name)


_MEASURED = frozenset(vocabulary.MEASUREMENT_TYPE)
_STEP = conditions.any_word(vocabulary.BIZ_STEP, _one_word("bizStep"))
_DISPOSITION = conditions.any_word(vocabulary.DISPOSITION, _one_word("disposition"))
_SET = conditions.any_word(vocabulary.DISPOSITION, conditions.persistent("set"))
_UNSET = conditions.any_word(vocabulary.DISPOSITION, conditions.persistent("unset"))
_REASON = conditions.any_word(vocabulary.ERROR_REASON, conditions.error_reason)
_DISPOSITIONS = words(vocabulary.DISPOSITION)

FIXED: Final[dict[str, Fixed]] = {
    "eventType": Fixed(_event_types, conditions.event_type),
    **{
        f"{each}_{name}": Fixed(_time, conditions.time_of(name, each))
        for each in ("GE", "LT")
        for name in ("eventTime", "recordTime")
    },
    "EQ_action": Fixed(_actions, conditions.any_text("action")),
    "EQ_bizStep": Fixed(words(vocabulary.BIZ_STEP), _STEP),
    "EQ_disposition": Fixed(_DISPOSITIONS, _DISPOSITION),
    "EQ_persistentDisposition_set": Fixed(_DISPOSITIONS, _SET),
    "EQ_persistentDisposition_unset": Fixed(_DISPOSITIONS, _UNSET),
    **{
        f"{each}_{name}": Fixed(keys, conditions.place(name))
        for each in ("EQ", "WD")
        for name in ("readPoint", "bizLocation")
    },
    "EQ_transformationID": Fixed(keys, conditions.any_identifier("transformationID")),
    **{name: Fixed(patterns, conditions.epcs(name)) for name in EPC_FIELDS},
    **{name: Fixed(patterns, conditions.classes(name)) for name in CLASS_FIELDS},
    "EQ_quantity": Fixed(_figures, conditions.amount("EQ")),
    **{
        f"{each}_quantity": Fixed(_figure, conditions.amount(each))
        for each in ("GT", "GE", "LT", "LE")
    },
    "EQ_eventID": Fixed(_uris, conditions.event_id),
    "EXISTS_errorDeclaration": Fixed(_flag, conditions.has("errorDeclaration")),
    **{
        f"{each}_errorDeclarationTime": Fixed(_time, conditions.error_time(each))
        for each in ("GE", "LT")
    },
    "EQ_errorReason": Fixed(words(vocabulary.ERROR_REASON), _REASON),
    "EQ_correctiveEventID": Fixed(_uris, conditions.corrective),
    "EXISTS_sensorElementList": Fixed(_flag, conditions.has("sensorElementList")),
    **{
        f"{each}_{name}": Fixed(_time, conditions.sensed_time(name, each))
        for each in ("GE", "LT")
        for name in ("time", "startTime", "endTime")
    },
    "EQ_type": Fixed(_measurements, conditions.sensed_type),
    **{
        f"EQ_{name}": Fixed(keys, conditions.sensed_uri(name))
        for name in (
            "deviceID", "dataProcessingMethod", "microorganism", "chemicalSubstance", "bizRules",
            "uriValue",
        )
    },
    "EQ_stringValue": Fixed(_texts, conditions.sensed_text("stringValue")),
    "EQ_booleanValue": Fixed(_flag, conditions.sensed_flag),
    "EQ_hexBinaryValue": Fixed(_hexadecimal, conditions.sensed_hexadecimal),
    **{
        f"{each}_percRank": Fixed(_figure, conditions.sensed_number("percRank", each))
        for each in ("GE", "LT", "GT", "LE")
    },
}  # fmt: skip
OTHER_SPELLINGS: Final = {
    "GE_errorDeclaration_Time": "GE_errorDeclarationTime",
    "LT_errorDeclaration_Time": "LT_errorDeclarationTime",
}
CONTROLS: Final = ("orderBy", "orderDirection", "eventCountLimit", "maxEventCount")

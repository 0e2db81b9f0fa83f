"""The parameters whose names hold a type, a field or a unit."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.checks import is_uri
from originmark.standards.epcis.query import conditions
from originmark.standards.epcis.query.conditions import Condition, Test, Values
from originmark.standards.epcis.query.fieldnames import (
    FieldName,
    at_the_top,
    expanded,
    field_name,
    within,
)
from originmark.standards.epcis.query.fixed import Namespaces, keys
from originmark.standards.epcis.query.invalid import QueryInvalid
from originmark.standards.epcis.query.subject import Subject
from originmark.standards.epcis.query.values import COMPARISONS, Reader, limit, scalar
from originmark.standards.rec20 import Measure

Build = Callable[[re.Match[str], Reader, Namespaces], Condition]

_TYPED: Final = {
    "bizTransaction": ("bizTransactionList", "bizTransaction", vocabulary.TRANSACTION_TYPE),
    "source": ("sourceList", "source", vocabulary.PARTY_TYPE),
    "destination": ("destinationList", "destination", vocabulary.PARTY_TYPE),
}
# Where an extension may stand: what is looked through for it.
_HOLDERS: Final[dict[str, Callable[[Subject], Iterator[Any]]]] = {
    "": lambda subject: iter([subject.body]),
    "ILMD_": lambda subject: iter([subject.part("ilmd")]),
    "ERROR_DECLARATION_": lambda subject: iter([subject.part("errorDeclaration")]),
    "SENSORELEMENT_": lambda subject: subject.elements(),
    "SENSORMETADATA_": lambda subject: subject.metadata(),
    "SENSORREPORT_": lambda subject: subject.reports(),
    "readPoint_": lambda subject: iter([subject.part("readPoint")]),
    "bizLocation_": lambda subject: iter([subject.part("bizLocation")]),
}
_MASTER_FIELDS: Final[dict[str, Callable[[Subject], Iterator[str]]]] = {
    "readPoint": lambda subject: _present(subject.place("readPoint")),
    "bizLocation": lambda subject: _present(subject.place("bizLocation")),
    "bizStep": lambda subject: subject.texts("bizStep"),
    "disposition": lambda subject: subject.texts("disposition"),
    "epcClass": lambda subject: (each["epcClass"] for each in subject.quantities()),
    "bizTransaction": lambda subject: _parties(subject, "bizTransactionList", "bizTransaction"),
    "source": lambda subject: _parties(subject, "sourceList", "source"),
    "destination": lambda subject: _parties(subject, "destinationList", "destination"),
}
_CBV_MASTER_DATA = "urn:epcglobal:cbv:mda"


def condition(reader: Reader, namespaces: Namespaces) -> Condition | None:
    """Return what a parameter of one of the families asks; None for any other name.

    Raises QueryInvalid for a value that it cannot have.
    """
    for pattern, build in _FAMILIES:
        match = pattern.fullmatch(reader.name)
        if match is not None:
            return build(match, reader, namespaces)
    return None


def _present(value: str | None) -> Iterator[str]:
    if value is not None:
        yield value


def _parties(subject: Subject, listed: str, member: str) -> Iterator[str]:
    return (each for _type, each in subject.typed(listed, member))


def _typed(match: re.Match[str], reader: Reader, namespaces: Namespaces) -> Condition:
    what, given = match.groups()
    listed, member, vocab = _TYPED[what]
    word = vocab.normalise(given)
    if word not in vocab.words and not is_uri(word):
        raise QueryInvalid(reader.name, given, f"a standard {vocab.name} or a URI behind {what}_")
    kind = word if word in vocab.words else expanded(word, namespaces)
    test = conditions.typed(listed, member, vocab, kind)
    return Condition(f"EQ_{what}_{kind}", keys(reader, namespaces), test)


def _measure(match: re.Match[str], reader: Reader, _namespaces: Namespaces) -> Condition:
    comparison, name, uom = match.groups()
    figures = reader.figures() if comparison == "EQ" else reader.figure()
    if name == "quantity":
        amounts = tuple(Measure(each, uom) for each in figures)
        return Condition(reader.name, amounts, conditions.amount_in(comparison))
    measures = tuple(conditions.measure(each, uom, name) for each in figures)
    return Condition(reader.name, measures, conditions.sensed_measure(name, comparison))


def _extension(match: re.Match[str], reader: Reader, namespaces: Namespaces) -> Condition:
    comparison, inner, holder, given = match.groups()
    name = field_name(given, namespaces)
    values: Values
    if comparison == "EXISTS":
        values = reader.flag()
    else:
        values = reader.scalars() if comparison == "EQ" else reader.boundary()
    find = within if inner else at_the_top
    read = _read(_HOLDERS[holder or ""], find, name)
    test = _EXTENSION_TESTS[comparison](read)
    return Condition(f"{comparison}_{inner or ''}{holder or ''}{name.identity}", values, test)


Find = Callable[[Any, FieldName, Namespaces], Iterator[Any]]
ReadValues = Callable[[Subject], Iterator[Any]]


def _read(holders: Callable[[Subject], Iterator[Any]], find: Find, name: FieldName) -> ReadValues:
    return lambda subject: (
        value for holder in holders(subject) for value in find(holder, name, subject.namespaces)
    )


def _exists(read: ReadValues) -> Test:
    return lambda subject, values: not values[0] or any(True for _ in read(subject))


def _equals(read: ReadValues) -> Test:
    return lambda subject, values: any(
        scalar(found).equals(each)
        for found in read(subject)
        if not isinstance(found, dict)
        for each in values
    )


def _stands(comparison: str) -> Callable[[ReadValues], Test]:
    compare = COMPARISONS[comparison]
    return lambda read: (
        lambda subject, values: any(
            limit(found).stands(compare, values[0]) for found in read(subject)
        )
    )


_EXTENSION_TESTS: Final[dict[str, Callable[[ReadValues], Test]]] = {
    "EXISTS": _exists,
    "EQ": _equals,
    **{each: _stands(each) for each in COMPARISONS},
}


def _has_attribute(match: re.Match[str], reader: Reader, namespaces: Namespaces) -> Condition:
    read = _master_reader(match.group(1), namespaces)
    names = tuple(attribute_name(each, namespaces) for each in reader.texts())

    def test(subject: Subject, values: Values) -> bool:
        return any(
            attribute_name(name, namespaces) in values
            for each in read(subject)
            for name in subject.facts.attributes(each)
        )

    return Condition(reader.name, names, test)


def _attribute(match: re.Match[str], reader: Reader, namespaces: Namespaces) -> Condition:
    splits = list(_splits(match.group(1)))
    if not splits:
        raise QueryInvalid(reader.name, match.group(1), "FIELD_ATTRIBUTE behind EQ_ATTR_")
    wanted = [
        (_master_reader(field, namespaces), attribute_name(attribute, namespaces))
        for field, attribute in splits
    ]

    def test(subject: Subject, values: Values) -> bool:
        return any(
            scalar(found).equals(each)
            for read, attribute in wanted
            for identifier in read(subject)
            for found in _attribute_values(subject, identifier, attribute, namespaces)
            for each in values
        )

    return Condition(reader.name, reader.scalars(), test)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield field and attribute, parted at any underscore that makes sense."""
    for place, character in enumerate(text):
        field, attribute = text[:place], text[place + 1 :]
        if character == "_" and attribute and (field in _MASTER_FIELDS or ":" in field):
            yield field, attribute


def _attribute_values(
    subject: Subject, identifier: str, attribute: str, namespaces: Namespaces
) -> Iterator[Any]:
    for name, values in subject.facts.attributes(identifier).items():
        if attribute_name(name, namespaces) == attribute:
            yield from values


def _master_reader(given: str, namespaces: Namespaces) -> Callable[[Subject], Iterator[str]]:
    if given in _MASTER_FIELDS:
        return _MASTER_FIELDS[given]
    name = field_name(given, namespaces)
    return lambda subject: (
        each for each in at_the_top(subject.body, name, subject.namespaces) if isinstance(each, str)
    )


def attribute_name(text: str, namespaces: Namespaces) -> str:
    """Return the name of a master data attribute in full.

    >>> attribute_name("cbvmda:site", {}), attribute_name("urn:epcglobal:cbv:mda#site", {})
    ('urn:epcglobal:cbv:mda:site', 'urn:epcglobal:cbv:mda:site')
    """
    known = {"cbvmda": f"{_CBV_MASTER_DATA}:", **namespaces}
    full = expanded(text, known)
    return full.replace(f"{_CBV_MASTER_DATA}#", f"{_CBV_MASTER_DATA}:")


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(words)


_UOM = r"[A-Z0-9]{2,4}"
_FIELD = r"([^_\s][^\s]*:[^\s]+|[^\s]+#[^\s]+)"
_FAMILIES: Final[tuple[tuple[re.Pattern[str], Build], ...]] = (
    (re.compile(rf"EQ_({_alternatives(list(_TYPED))})_(.+)"), _typed),
    (
        re.compile(
            rf"(EQ|GT|GE|LT|LE)_(quantity|value|minValue|maxValue|meanValue|sDev|percValue)_({_UOM})"
        ),
        _measure,
    ),
    (re.compile(r"HASATTR_(.+)"), _has_attribute),
    (re.compile(r"EQ_ATTR_(.+)"), _attribute),
    (
        re.compile(
            r"(EXISTS|EQ|GT|GE|LT|LE)_(INNER_)?"
            rf"({_alternatives(list(filter(None, _HOLDERS)))})?{_FIELD}"
        ),
        _extension,
    ),
)

"""What single parameters ask of an event."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.query.fieldnames import expanded
from originmark.standards.epcis.query.subject import CLASS_FIELDS, EPC_FIELDS, Subject
from originmark.standards.epcis.query.values import COMPARISONS, moment, number
from originmark.standards.epcis.vocabulary import Vocabulary
from originmark.standards.gs1.epc_patterns import Pattern, key
from originmark.standards.rec20 import Measure

Values = tuple[Any, ...]
Test = Callable[[Subject, Values], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """One parameter of a query: it holds when any of its values is found.

    ``name`` is the same for both spellings of a parameter and for any prefix of a field.
    """

    name: str
    values: Values
    test: Test = field(compare=False, repr=False)

    def holds(self, subject: Subject) -> bool:
        """Return whether an event is as asked."""
        return self.test(subject, self.values)


def event_type(subject: Subject, values: Values) -> bool:
    """Compare the type, a CURIE in full."""
    return expanded(subject.body["type"], subject.namespaces) in values


def time_of(name: str, comparison: str) -> Test:
    """Return a test of one of the event's own times."""
    compare = COMPARISONS[comparison]

    def test(subject: Subject, values: Values) -> bool:
        found = subject.record_time if name == "recordTime" else subject.moment(name)
        return found is not None and compare(found, values[0])

    return test


def any_text(*names: str) -> Test:
    """Return a test of texts that are compared letter by letter."""
    return lambda subject, values: any(each in values for each in subject.texts(*names))


def any_word(vocab: Vocabulary, read: Callable[[Subject], Iterator[str]]) -> Test:
    """Return a test of words of a vocabulary in any spelling."""

    def test(subject: Subject, values: Values) -> bool:
        return any(word_of(vocab, each, subject) in values for each in read(subject))

    return test


def word_of(vocab: Vocabulary, text: str, subject: Subject) -> str:
    """Return the bare word of a standard value, or the full URI of another."""
    word = vocab.normalise(text)
    return word if word in vocab.words else expanded(word, subject.namespaces)


def persistent(member: str) -> Callable[[Subject], Iterator[str]]:
    """Return how to read the dispositions that are set or unset."""
    return lambda subject: iter(subject.part("persistentDisposition").get(member) or ())


def event_id(subject: Subject, values: Values) -> bool:
    """Compare the event's name."""
    return subject.event_id in values


def place(name: str) -> Test:
    """Return a test of a location in any spelling; the values are keys."""

    def test(subject: Subject, values: Values) -> bool:
        found = subject.place(name)
        return found is not None and key(found) in values

    return test


def any_identifier(name: str) -> Test:
    """Return a test of an identifier in any spelling; the values are keys."""
    return lambda subject, values: any(key(each) in values for each in subject.texts(name))


def epcs(name: str) -> Test:
    """Return the test of a MATCH parameter over lists of EPCs."""

    def test(subject: Subject, values: tuple[Pattern, ...]) -> bool:
        found = list(subject.texts(*EPC_FIELDS[name]))
        return any(pattern.matches(each) for pattern in values for each in found)

    return test


def classes(name: str) -> Test:
    """Return the test of a MATCH parameter over quantity lists."""

    def test(subject: Subject, values: tuple[Pattern, ...]) -> bool:
        found = [each["epcClass"] for each in subject.quantities(*CLASS_FIELDS[name])]
        return any(pattern.matches(each) for pattern in values for each in found)

    return test


def typed(listed: str, member: str, vocab: Vocabulary, kind: str) -> Test:
    """Return a test of transactions, sources or destinations of one type."""

    def test(subject: Subject, values: Values) -> bool:
        return any(
            type_ is not None and word_of(vocab, type_, subject) == kind and key(each) in values
            for type_, each in subject.typed(listed, member)
        )

    return test


def error_time(comparison: str) -> Test:
    """Return a test of when an error was declared."""
    compare = COMPARISONS[comparison]

    def test(subject: Subject, values: Values) -> bool:
        found = moment(subject.part("errorDeclaration").get("declarationTime"))
        return found is not None and compare(found, values[0])

    return test


def error_reason(subject: Subject) -> Iterator[str]:
    """Yield why an error was declared."""
    reason = subject.part("errorDeclaration").get("reason")
    if reason is not None:
        yield reason


def corrective(subject: Subject, values: Values) -> bool:
    """Compare the events that correct this one."""
    listed = subject.part("errorDeclaration").get("correctiveEventIDs") or ()
    return any(each in values for each in listed)


def has(name: str) -> Test:
    """Return a test that a field is there; asked with false, it asks nothing."""
    return lambda subject, values: not values[0] or bool(subject.get(name))


def amount(comparison: str) -> Test:
    """Return a test of quantities, whatever their unit."""
    return lambda subject, values: any(
        compares(comparison, found, values) for found, _uom in subject.amounts()
    )


def compares(comparison: str, found: Any, values: Values) -> bool:
    """Return whether something found equals any of the values, or stands so to the only one."""
    if comparison == "EQ":
        return found in values
    return COMPARISONS[comparison](found, values[0])


def measured(comparison: str, found: Measure, values: tuple[Measure, ...]) -> bool:
    """Return the same for measures, which compare with their kind alone."""
    alike = tuple(each for each in values if found.is_comparable(each))
    return bool(alike) and compares(comparison, found, alike)


def amount_in(comparison: str) -> Test:
    """Return a test of quantities in a unit; a quantity without one is a plain count."""
    return lambda subject, values: any(
        uom is not None and measured(comparison, Measure(found, uom), values)
        for found, uom in subject.amounts()
    )


def sensed_time(name: str, comparison: str) -> Test:
    """Return a test of the times of sensor elements."""
    compare = COMPARISONS[comparison]

    def test(subject: Subject, values: Values) -> bool:
        found = [moment(each) for each in subject.sensed(name)]
        return any(each is not None and compare(each, values[0]) for each in found)

    return test


def sensed_uri(name: str) -> Test:
    """Return a test of URIs in sensor elements, EPCs in any spelling; the values are keys."""
    return lambda subject, values: any(
        isinstance(each, str) and key(expanded(each, subject.namespaces)) in values
        for each in subject.sensed(name)
    )


def sensed_text(name: str) -> Test:
    """Return a test of what sensor elements say, letter by letter."""
    return lambda subject, values: any(each in values for each in subject.sensed(name))


def sensed_hexadecimal(subject: Subject, values: Values) -> bool:
    """Compare hexadecimal digits, whose case says nothing."""
    return any(str(each).upper() in values for each in subject.sensed("hexBinaryValue"))


def sensed_flag(subject: Subject, values: Values) -> bool:
    """Compare true and false."""
    return any(each is values[0] for each in subject.sensed("booleanValue"))


def sensed_type(subject: Subject, values: Values) -> bool:
    """Compare what was measured: a bare word of the GS1 vocabulary or a URI."""
    found = (each["type"] for each in subject.reports() if "type" in each)
    return any(measurement(str(each), subject) in values for each in found)


def measurement(text: str, subject: Subject | None = None) -> str:
    """Return the bare word of a standard measurement type; else the full URI."""
    for start in ("gs1:", "https://gs1.org/voc/", "https://www.gs1.org/voc/"):
        word = text.removeprefix(start)
        if word in vocabulary.MEASUREMENT_TYPE:
            return word
    return text if subject is None else expanded(text, subject.namespaces)


def sensed_number(name: str, comparison: str) -> Test:
    """Return a test of figures without a unit in sensor reports."""
    return lambda subject, values: any(
        found is not None and compares(comparison, found, values)
        for found in (number(each.get(name)) for each in subject.reports())
    )


def sensed_measure(name: str, comparison: str) -> Test:
    """Return a test of figures with a unit in sensor reports."""

    def test(subject: Subject, values: tuple[Measure, ...]) -> bool:
        return any(measured(comparison, each, values) for each in _measures(subject, name))

    return test


def _measures(subject: Subject, name: str) -> Iterator[Measure]:
    for each in subject.reports():
        value, uom = number(each.get(name)), each.get("uom")
        if value is not None and isinstance(uom, str):
            yield measure(value, uom, name)


def measure(value: Decimal, uom: str, name: str) -> Measure:
    """Return a figure of a sensor report in its unit; a deviation has no zero."""
    return Measure(value, uom, is_difference=name == "sDev")

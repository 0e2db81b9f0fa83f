"""Elements of somebody's own: from XML to JSON, at any level.

========================================  ====================================================
in XML                                    in JSON
========================================  ====================================================
``<ex:farm>Yen</ex:farm>``                ``"ex:farm": "Yen"``, a text, whatever ``xsi:type``
several ``<ex:farm>`` in one parent       a list
``<ex:farm><ex:ha>2</ex:ha></ex:farm>``   ``"ex:farm": {"ex:ha": "2"}``
``<ex:farm ex:ha="2"/>``                  the same, as in published twins
``<ex:farm unit="ha">2</ex:farm>``        ``"ex:farm": {"@unit": "ha", "#text": "2"}``
``<part>1</part>`` (no namespace)         ``"part": "1"``
``xsi:nil="true"``                        ``null``
``xml:space="preserve"``                  blanks at both ends are kept
``<ex:ha>2<?json value?></ex:ha>``        ``"ex:ha": 2``: the text is JSON (``true``, ``[]`` …)
``<ex:farm>Yen<?json list?></ex:farm>``   ``"ex:farm": ["Yen"]``: a list of one
``<a:b>Yen<?json key=http://x/b?></a:b>``  ``"http://x/b": "Yen"``: a key without a prefix
========================================  ====================================================

The processing instructions are what our own writer leaves for our own reader; every other
program passes over them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

import orjson
from lxml import etree

from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.problems import Problem, shown
from originmark.standards.epcis.xml_names import (
    EPCIS_NAMESPACES,
    XML,
    XSD,
    XSI,
    Prefixes,
    split,
    unspell,
)
from originmark.standards.epcis.xml_safely import DEEPEST

Element: TypeAlias = Any
"""An element of lxml, which comes without types."""
HINT: Final = "json"
TEXT: Final = "#text"
MOST_PROBLEMS: Final = 100
MOST_NAMESPACES: Final = 1_000
WRAPPERS: Final = frozenset({"extension", "baseExtension"})
_NIL, _TYPE = f"{{{XSI}}}nil", f"{{{XSI}}}type"
_SPACE, _LANGUAGE = f"{{{XML}}}space", f"{{{XML}}}lang"
_BLANK = " \t\r\n"


@dataclass(slots=True)
class Reading:
    """What one reading of a document has gathered so far.

    ``events_before``: how many events a stream has already let go of. ``numbers``: which of
    its kind each element is, counted once for each parent; nothing where elements come and go.
    ``unreadable``: what is wrong with events, by their place; None where one ends the reading.
    """

    prefixes: Prefixes = field(default_factory=Prefixes)
    problems: list[Problem] = field(default_factory=list)
    events_before: int = 0
    numbers: dict[tuple[Element, str], dict[Element, int]] | None = field(default_factory=dict)
    unreadable: dict[int, list[Problem]] | None = None

    def refuse(self, element: Element, reason: str) -> None:
        """Note what is wrong with an element; enough is enough after ``MOST_PROBLEMS``."""
        self.problems.append(Problem(self.pointer(element), reason))
        if len(self.problems) >= MOST_PROBLEMS:
            self.stop_if_wrong()

    def pointer(self, element: Element) -> str:
        """Return where an element stands, as in ``/line:12/EPCISBody/EventList/ObjectEvent[1]``."""
        steps: list[str] = []
        place: Element | None = element
        while place is not None:
            parent = place.getparent()
            steps.append(self._step(place, parent))
            place = parent
        inside = steps[:-1] or steps
        return f"/line:{element.sourceline}/" + "/".join(reversed(inside))

    def carry(self, element: Element) -> None:
        """Take up the namespaces in force at an element."""
        bindings = element.nsmap
        if len(bindings) > MOST_NAMESPACES:
            self.refuse(element, f"found {len(bindings)} namespaces, expected fewer")
            self.stop_if_wrong()
        self.prefixes.carry(bindings)

    def _step(self, element: Element, parent: Element | None) -> str:
        name = split(element.tag)[1]
        if parent is None:
            return name
        alike = self._counted(parent, element.tag)
        is_event = split(parent.tag)[1] == "EventList"
        number = alike[element] + (self.events_before if is_event else 0)
        return f"{name}[{number}]" if len(alike) > 1 or is_event else name

    def _counted(self, parent: Element, tag: str) -> dict[Element, int]:
        known = None if self.numbers is None else self.numbers.get((parent, tag))
        if known is None:
            known = {child: at for at, child in enumerate(parent.iterchildren(tag), start=1)}
            if self.numbers is not None:
                self.numbers[parent, tag] = known
        return known

    def stop_if_wrong(self) -> None:
        """Raise DocumentInvalid when something was refused."""
        if self.problems:
            raise DocumentInvalid(self.problems)


class Members:
    """The members of an object of somebody's own, with what repeats as a list."""

    def __init__(self) -> None:
        self._values: dict[str, list[Any]] = {}
        self._lists: set[str] = set()

    def add(self, key: str, value: Any, *, words: frozenset[str] = frozenset()) -> None:
        """Take up a value; ``words`` are the hints that came with it."""
        self._values.setdefault(key, []).append(value)
        if "list" in words:
            self._lists.add(key)

    def settled(self) -> dict[str, Any]:
        """Return the object."""
        return {
            key: values[0] if len(values) == 1 and key not in self._lists else values
            for key, values in self._values.items()
        }


def hints(element: Element) -> frozenset[str]:
    """Return the words that our writer left in an element."""
    return frozenset(
        word
        for child in element.iterchildren(etree.ProcessingInstruction)
        if child.target == HINT
        for word in (child.text or "").split()
    )


def text_of(element: Element) -> str:
    """Return the text of an element without the blanks around it."""
    text = _all_text(element) if len(element) else element.text or ""
    return text.strip(_BLANK)


def _all_text(element: Element) -> str:
    return "".join([element.text or "", *(child.tail or "" for child in element)])


def children(element: Element) -> Iterator[Element]:
    """Yield the elements inside, without processing instructions."""
    yield from element.iterchildren("*")


def add_own(reading: Reading, members: Members, element: Element, *, depth: int = 0) -> None:
    """Add an element of somebody's own to the members of its parent."""
    words = hints(element) if len(element) else frozenset()
    value = read_value(reading, element, words=words, depth=depth)
    members.add(own_name(reading, element, words), value, words=words)


def own_name(reading: Reading, element: Element, words: frozenset[str]) -> str:
    """Return the JSON key of an element: ``prefix:name``, or the name alone without namespace."""
    if words and (key := whole_key(words)):
        return key
    namespace, local = split(element.tag)
    if not namespace:
        return unspell(local)
    return f"{reading.prefixes.of(namespace, element.prefix)}:{unspell(local)}"


def whole_key(words: frozenset[str], start: str = "key=") -> str | None:
    """Return the JSON key that a hint spells out, or nothing."""
    return next((unquote(word[len(start) :]) for word in words if word.startswith(start)), None)


def read_value(reading: Reading, element: Element, *, words: frozenset[str], depth: int) -> Any:
    """Return the JSON value of an element of somebody's own."""
    if not len(element) and not element.attrib:
        return text_of(element)
    if depth >= DEEPEST:
        reading.refuse(element, f"this is nested deeper than {DEEPEST} levels")
        reading.stop_if_wrong()
    if "value" in words:
        return literal(reading, element, _all_text(element))
    if element.get(_NIL, "").strip() in ("true", "1"):
        return None
    members = Members()
    add_attributes(reading, members, element)
    for child in children(element):
        add_own(reading, members, child, depth=depth + 1)
    return _with_text(members.settled(), _whole_text(element))


def _with_text(settled: dict[str, Any], text: str) -> Any:
    if not settled:
        return text
    return settled | {TEXT: text} if text else settled


def _whole_text(element: Element) -> str:
    text = _all_text(element)
    return text if element.get(_SPACE) == "preserve" else text.strip(_BLANK)


def literal(reading: Reading, element: Element, text: str) -> Any:
    """Return the value of a text that is said to be JSON."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        reading.refuse(element, f"found {shown(text)}, expected JSON, as <?json value?> says")
        return None
    if _depth(value) > DEEPEST:
        reading.refuse(element, f"this is nested deeper than {DEEPEST} levels")
        return None
    return _renamed(reading, element.nsmap, value) if isinstance(value, list | dict) else value


def _renamed(reading: Reading, bindings: Mapping[str | None, str], value: Any) -> Any:
    """Return JSON with the prefixes that its namespaces have in the whole document."""
    if isinstance(value, list):
        return [_renamed(reading, bindings, each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for key, each in value.items():
        prefix, colon, local = key.partition(":")
        namespace = bindings.get(prefix) if colon and not local.startswith("//") else None
        name = f"{reading.prefixes.of(namespace, prefix)}:{local}" if namespace else key
        found[name] = _renamed(reading, bindings, each)
    return found


def _depth(value: object) -> int:
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            inner
            for each in level
            for inner in (
                each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
            )
        ]
    return depth


def add_attributes(reading: Reading, members: Members, element: Element) -> None:
    """Add the attributes of an element of somebody's own."""
    for name, value in element.attrib.items():
        namespace, local = split(str(name))
        if name == _TYPE:
            _add_type(members, element, str(value))
        elif name == _LANGUAGE:
            members.add("@xml:lang", str(value))
        elif not namespace:
            members.add(f"@{unspell(local)}", str(value))
        elif namespace not in (XSI, XML):
            key = attribute_key(reading, element, namespace, local)
            members.add(key, str(value))


def attribute_key(reading: Reading, element: Element, namespace: str, local: str) -> str:
    """Return the JSON key of an attribute that has a namespace."""
    known = (prefix for prefix, uri in element.nsmap.items() if uri == namespace and prefix)
    return f"{reading.prefixes.of(namespace, next(known, None))}:{unspell(local)}"


def _add_type(members: Members, element: Element, value: str) -> None:
    """Keep a type of somebody's own; one of XML Schema says nothing that the text does not."""
    prefix = value.strip().rpartition(":")[0] or None
    if element.nsmap.get(prefix) != XSD:
        members.add("@xsi:type", value)


def own_attributes(reading: Reading, element: Element) -> Mapping[str, Any]:
    """Return the attributes with a namespace that stand on an element of the standard."""
    members = Members()
    for name, value in element.attrib.items():
        namespace, local = split(str(name))
        if namespace and namespace not in (XSI, XML):
            members.add(attribute_key(reading, element, namespace, local), str(value))
        elif not namespace:
            reading.refuse(element, f"found the attribute {local}, expected none by this name")
    return members.settled()


def is_standard(namespace: str) -> bool:
    """Return whether a namespace is that of EPCIS (or none, as the standard writes it)."""
    return namespace in EPCIS_NAMESPACES

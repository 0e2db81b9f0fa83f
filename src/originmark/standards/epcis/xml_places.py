"""Where in the XML a problem stands that was found in the JSON made of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from originmark.standards.epcis.problems import Problem
from originmark.standards.epcis.xml_events import FIELDS
from originmark.standards.epcis.xml_names import split
from originmark.standards.epcis.xml_reader import event_elements
from originmark.standards.epcis.xml_safely import parse
from originmark.standards.epcis.xml_values import (
    WRAPPERS,
    Element,
    Reading,
    children,
    hints,
    is_standard,
    own_name,
)

MOST_EXACT: Final = 1_000
_LISTS: Final = frozenset(name for name in FIELDS if name.endswith(("List", "childEPCs"))) | {
    "correctiveEventIDs"
}


def in_xml(data: bytes, problems: Iterable[Problem]) -> list[Problem]:
    """Return problems of ``document_from_xml(data)`` with pointers into the XML.

    ``/epcisBody/eventList/0/action`` becomes
    ``/line:12/EPCISBody/EventList/ObjectEvent[1]/action``. Where something is missing, the
    pointer is that of the nearest element that is there; after ``MOST_EXACT`` problems, that of
    the event. A pointer that leads into the XML already is left as it is.
    """
    reading = Reading()
    root = parse(data)
    bodies = list(root.iter("{*}EPCISBody", "{*}resultsBody"))
    events = [event for body in bodies for event in event_elements(reading, body)]
    return [
        replace(
            each,
            pointer=_pointer(reading, root, events, each.pointer, is_exact=number < MOST_EXACT),
        )
        for number, each in enumerate(problems)
    ]


def _pointer(
    reading: Reading, root: Element, events: Sequence[Element], pointer: str, *, is_exact: bool
) -> str:
    if pointer.startswith("/line:"):
        return pointer
    _, found, rest = pointer.partition("eventList/")
    steps = [step.replace("~1", "/").replace("~0", "~") for step in rest.split("/")]
    if not found or not steps[0].isdigit() or int(steps[0]) >= len(events):
        return reading.pointer(root)
    place, attribute = _walk(reading, events[int(steps[0])], steps[1:] if is_exact else [])
    return reading.pointer(place) + attribute


def _walk(reading: Reading, place: Element, steps: Sequence[str]) -> tuple[Element, str]:
    """Return the element that is reached, and ``/@name`` where an attribute is meant."""
    alike = [place]
    for step in steps:
        if step.isdigit():
            inside = list(children(place)) if split(place.tag)[1] in _LISTS else alike
            alike = inside[int(step) :][:1]
        else:
            alike = [each for each in _unwrapped(place) if _key(reading, each) == step]
        if not alike:
            return place, f"/@{step}" if step in place.attrib else ""
        place = alike[0]
    return place, ""


def _unwrapped(element: Element) -> Iterable[Element]:
    for child in children(element):
        namespace, local = split(child.tag)
        if is_standard(namespace) and local in WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _key(reading: Reading, element: Element) -> str:
    namespace, local = split(element.tag)
    return local if is_standard(namespace) else own_name(reading, element, hints(element))

"""Sensor elements: in XML their values are attributes."""

from typing import Any, Final

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.problems import shown
from originmark.standards.epcis.xml_names import XML, XSI, split
from originmark.standards.epcis.xml_values import (
    Element,
    Members,
    Reading,
    add_own,
    attribute_key,
    children,
    hints,
    literal,
    text_of,
    whole_key,
)
from originmark.standards.epcis.xml_words import boolean, number, word

TIMES_AND_DEVICE: Final = (
    "time",
    "deviceID",
    "deviceMetadata",
    "rawData",
    "startTime",
    "endTime",
    "bizRules",
    "dataProcessingMethod",
)
NUMBERS: Final = frozenset(
    ["value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"]
)
_TEXTS: Final = frozenset(
    [
        *TIMES_AND_DEVICE,
        "microorganism",
        "chemicalSubstance",
        "coordinateReferenceSystem",
        "hexBinaryValue",
        "uriValue",
    ]
)
_STRINGS: Final = frozenset({"stringValue", "uom"})
WORDS: Final = {
    "type": vocabulary.MEASUREMENT,
    "exception": vocabulary.ALERT,
    "component": vocabulary.COMPONENT,
}


def read_attributes(reading: Reading, element: Element) -> dict[str, Any]:
    """Return a sensorReport or sensorMetadata."""
    members = Members()
    json_names = hints(element) if len(element) else frozenset()
    for name, value in element.attrib.items():
        namespace, local = split(str(name))
        if namespace in (XSI, XML):
            continue
        key = attribute_key(reading, element, namespace, local) if namespace else local
        key = whole_key(json_names, f"{name}=") or key
        if name in json_names:
            members.add(key, literal(reading, element, str(value)))
        else:
            text = str(value)
            members.add(key, text if namespace else _standard(reading, element, local, text))
    for child in children(element):
        add_own(reading, members, child)
    if text_of(element):
        reading.refuse(element, f"found {shown(text_of(element))}, expected attributes alone")
    return members.settled()


def _standard(reading: Reading, element: Element, name: str, value: str) -> Any:
    if name in _STRINGS:
        return value
    text = value.strip()
    if name in NUMBERS:
        return number(reading, element, text, name=name)
    if name == "booleanValue":
        return boolean(reading, element, text, name=name)
    if name in WORDS:
        return word(reading, element, text, WORDS[name])
    if name not in _TEXTS:
        reading.refuse(
            element, f"found the attribute {name}, expected one of EPCIS 2.0 or of your own"
        )
    return text

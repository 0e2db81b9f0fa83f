"""Values of somebody's own: from JSON to XML, so that ``xml_values`` reads the same again."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from originmark.standards.epcis.xml_names import XML, XSD, XSI, spell
from originmark.standards.epcis.xml_values import HINT, TEXT, WRAPPERS, Element
from originmark.standards.epcis.xml_write_names import Names

Json = Mapping[str, Any]
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANK: Final = " \t\r\n"


def put(names: Names, parent: Element, key: str, value: Any) -> None:
    """Append a value under its JSON key; a list becomes one element for each item."""
    if isinstance(value, list) and value and not any(isinstance(each, list) for each in value):
        for each in value:
            _put_one(names, parent, key, each, ["list"] if len(value) == 1 else [])
    else:
        _put_one(names, parent, key, value, [])


def put_as_json(parent: Element, name: str, value: Any) -> None:
    """Append an element without namespace whose text is JSON."""
    element = etree.SubElement(parent, name)
    element.text = as_json(value)
    hint(element, ["value"])


def _put_one(names: Names, parent: Element, key: str, value: Any, words: list[str]) -> None:
    if key in WRAPPERS:  # the name alone would be taken for a fold of EPCIS 1.x
        element = etree.SubElement(parent, f"_x{ord(key[0]):04X}_{key[1:]}")
    else:
        element = names.child(parent, key)
        words = [*words, *names.hints(key)]
    hint(element, [*fill(names, element, value), *words])


def hint(element: Element, words: list[str]) -> None:
    """Leave words for our own reader; every other program passes over them."""
    if words:
        element.append(etree.ProcessingInstruction(HINT, " ".join(words)))


def fill(names: Names, element: Element, value: Any) -> list[str]:
    """Write a value into an element; return the hints that reading it back takes."""
    if isinstance(value, str) and fits(value):
        _write_text(element, value)
    elif value is None:
        element.set(f"{{{XSI}}}nil", "true")
    elif isinstance(value, dict) and value.keys() - {TEXT}:
        for key, each in value.items():
            _write_member(names, element, key, each)
    else:
        element.text = as_json(value)
        return ["value"]
    return []


def fits(text: str) -> bool:
    """Return whether XML can hold all the characters of a text."""
    return _NOT_IN_XML.search(text) is None


def as_json(value: Any) -> str:
    """Return a value as JSON, with escapes for what XML cannot hold."""
    text = json.dumps(value, ensure_ascii=False)
    return text if fits(text) else json.dumps(value)


def _write_text(element: Element, text: str) -> None:
    if text != text.strip(_BLANK):
        element.set(f"{{{XML}}}space", "preserve")
    element.text = text


def _write_member(names: Names, element: Element, key: str, value: Any) -> None:
    is_text = isinstance(value, str) and fits(value)
    if key == TEXT and is_text and value:
        _write_text(element, value)
    elif key.startswith("@") and is_text and (name := _attribute(names, key, value)):
        element.set(name, value)
    elif key == TEXT or key.startswith("@"):
        hinted = etree.SubElement(element, spell(key))
        hint(hinted, fill(names, hinted, value))
    else:
        put(names, element, key, value)


def _attribute(names: Names, key: str, value: str) -> str | None:
    """Return the name of the attribute, or nothing where it would read as something else."""
    if key == "@xml:lang":
        return f"{{{XML}}}lang"
    if key != "@xsi:type":
        return spell(key[1:])
    namespace = names.declared.get(value.partition(":")[0])
    return None if namespace in (None, XSD) else f"{{{XSI}}}type"

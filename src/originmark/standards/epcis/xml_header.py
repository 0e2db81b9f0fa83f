"""The header of a document: who sends it to whom, and master data."""

from collections.abc import Mapping
from typing import Any, Final

from originmark.standards.epcis.xml_names import SBDH, split
from originmark.standards.epcis.xml_values import (
    WRAPPERS,
    Element,
    Members,
    Reading,
    add_own,
    children,
    hints,
    is_standard,
    read_value,
    text_of,
)

STANDARD_HEADER: Final = "StandardBusinessDocumentHeader"
PLACES: Final = {
    "sender": "Sender/Identifier",
    "receiver": "Receiver/Identifier",
    "instanceIdentifier": "DocumentIdentification/InstanceIdentifier",
}


def plain_header(document: Mapping[str, Any]) -> list[tuple[str, str]] | None:
    """Return the least standard business header that says who sends what to whom.

    Nothing where JSON does not say enough for it. What stands there besides is what GS1's
    examples of EPCIS 1 put there.
    """
    if any(name not in document for name in (*PLACES, "creationDate")):
        return None
    about = "DocumentIdentification"
    return [
        ("HeaderVersion", "1.0"),
        (PLACES["sender"], document["sender"]),
        (PLACES["receiver"], document["receiver"]),
        (f"{about}/Standard", "EPCglobal"),
        (f"{about}/TypeVersion", "1.0"),
        (PLACES["instanceIdentifier"], document["instanceIdentifier"]),
        (f"{about}/Type", "Events"),
        (f"{about}/CreationDateAndTime", document["creationDate"]),
    ]


def read_header(reading: Reading, element: Element) -> dict[str, Any]:
    """Return what a header says: ``sender``, ``receiver`` …, and ``epcisHeader``."""
    parts: dict[str, Any] = {}
    header: dict[str, Any] = {}
    _gather(reading, element, parts, header)
    return parts | ({"epcisHeader": header} if header else {})


def _gather(
    reading: Reading, element: Element, parts: dict[str, Any], header: dict[str, Any]
) -> None:
    own = Members()
    for child in children(element):
        namespace, local = split(child.tag)
        if namespace == SBDH and local == STANDARD_HEADER:
            parts |= _parties(child)
            if not _is_plain(child, parts):
                add_own(reading, own, child)
        elif not is_standard(namespace):
            add_own(reading, own, child)
        elif local == "EPCISMasterData":
            header["epcisMasterData"] = {"vocabularyList": _master_data(reading, child)}
        elif local in WRAPPERS:
            _gather(reading, child, parts, header)
        else:
            reading.refuse(child, f"found {local}, expected EPCISMasterData")
    header |= own.settled()


def _parties(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, path in PLACES.items():
        place = element.find("/".join(f"{{{SBDH}}}{step}" for step in path.split("/")))
        if place is not None and text_of(place):
            found[name] = text_of(place)
    return found


def _is_plain(element: Element, parts: dict[str, Any]) -> bool:
    """Return whether a header says no more than JSON does, and so need not be kept whole."""
    root = element.getroottree().getroot()
    plain = plain_header(parts | {"creationDate": (root.get("creationDate") or "").strip()})
    leaves = [
        ("/".join([*_outside(leaf, element), split(leaf.tag)[1]]), text_of(leaf))
        for leaf in element.iterdescendants("*")
        if not len(leaf)
    ]
    return leaves == plain and not any(each.attrib for each in element.iter("*"))


def _outside(leaf: Element, element: Element) -> list[str]:
    between = []
    for each in leaf.iterancestors():
        if each is element:
            break
        between.append(split(each.tag)[1])
    return between[::-1]


def _master_data(reading: Reading, element: Element) -> list[Any]:
    found: list[Any] = []
    for child in children(element):
        local = split(child.tag)[1]
        if local == "VocabularyList":
            found += read_vocabularies(reading, child)
        elif len(child) or local not in WRAPPERS:
            reading.refuse(child, f"found {local}, expected VocabularyList")
    return found


def read_vocabularies(reading: Reading, element: Element) -> list[Any]:
    """Return the vocabularies of a VocabularyList."""
    return [
        {"type": child.get("type", "").strip(), "vocabularyElementList": _elements(reading, child)}
        for child in children(element)
        if _is(reading, child, "Vocabulary")
    ]


def _elements(reading: Reading, vocabulary: Element) -> list[Any]:
    return [
        _element(reading, child)
        for listed in children(vocabulary)
        if _is(reading, listed, "VocabularyElementList")
        for child in children(listed)
        if _is(reading, child, "VocabularyElement")
    ]


def _is(reading: Reading, element: Element, name: str) -> bool:
    namespace, local = split(element.tag)
    if is_standard(namespace) and local == name:
        return True
    if len(element) or local not in WRAPPERS:
        reading.refuse(element, f"found {local}, expected {name}")
    return False


def _element(reading: Reading, element: Element) -> dict[str, Any]:
    attributes: list[Any] = []
    inside: list[str] = []
    own = Members()
    _sort(reading, element, attributes, inside, own)
    found: dict[str, Any] = {"id": element.get("id", "").strip()}
    if attributes:
        found["attributes"] = attributes
    if inside:
        found["children"] = inside
    return found | own.settled()


def _sort(
    reading: Reading, element: Element, attributes: list[Any], inside: list[str], own: Members
) -> None:
    for child in children(element):
        namespace, local = split(child.tag)
        if not is_standard(namespace):
            add_own(reading, own, child)
        elif local == "attribute":
            attributes.append(_attribute(reading, child))
        elif local == "children":
            inside += [text_of(each) for each in children(child)]
        elif local in WRAPPERS:
            _sort(reading, child, attributes, inside, own)
        else:
            reading.refuse(child, f"found {local}, expected attribute or children")


def _attribute(reading: Reading, element: Element) -> dict[str, Any]:
    words = hints(element) if len(element) else frozenset()
    value = read_value(reading, element, words=words, depth=0)
    if isinstance(value, list):
        [value] = value
    elif isinstance(value, dict) and "@id" in value:
        members = {key: each for key, each in value.items() if key != "@id"}
        value = members.get("#text", "") if set(members) <= {"#text"} else members
    return {"id": element.get("id", "").strip(), "attribute": value}

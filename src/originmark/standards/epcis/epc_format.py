"""Identifiers of an event as EPC URNs or as Digital Links, as the reader wants them.

A URN becomes a link without loss. A link becomes a URN only where the length of the company
prefix is known, from a prefix that somebody registered or from GS1's published list; otherwise it
stays as it is: nothing is guessed. What is none of GS1's is never touched.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from originmark.standards.gs1 import digital_link, epc_patterns, epc_urn
from originmark.standards.gs1.digital_link import InvalidDigitalLink

NO_PREFERENCE: Final = "No_Preference"
DIGITAL_LINK: Final = "Always_GS1_Digital_Link"
EPC_URN: Final = "Always_EPC_URN"
AS_RECEIVED: Final = "Never_Translates"
FORMATS: Final = (NO_PREFERENCE, DIGITAL_LINK, EPC_URN, AS_RECEIVED)

Json = Mapping[str, Any]
Spell = Callable[[str], str]

_SINGLE = ("parentID", "transformationID")
_LISTS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
_QUANTITIES = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
_PLACES = ("readPoint", "bizLocation")
_PARTIES = {
    "bizTransactionList": "bizTransaction",
    "sourceList": "source",
    "destinationList": "destination",
}
# Keys whose first digit is no part of the company prefix.
_LEADING_DIGIT = {"00", "01", "8003", "8006"}


def translate(event: Json, wanted: str, company_prefixes: Collection[str] = ()) -> Json:
    """Return an event with every identifier in the wanted format (one of FORMATS).

    >>> event = {"type": "ObjectEvent", "epcList": ["urn:epc:id:sscc:0614141.1234567890"]}
    >>> translate(event, DIGITAL_LINK)["epcList"]
    ['https://id.gs1.org/00/106141412345678908']

    The event itself is not changed.
    """
    if wanted not in {DIGITAL_LINK, EPC_URN}:
        return event
    return _translated(event, speller(wanted, company_prefixes))


def speller(wanted: str, company_prefixes: Collection[str] = ()) -> Spell:
    """Return the function that puts one identifier into the wanted format."""
    if wanted == DIGITAL_LINK:
        return _as_link
    if wanted == EPC_URN:
        return lambda identifier: _as_urn(identifier, company_prefixes)
    return lambda identifier: identifier


def _as_link(identifier: str) -> str:
    return epc_patterns.key(identifier) if identifier.startswith("urn:epc:") else identifier


def _as_urn(identifier: str, company_prefixes: Collection[str]) -> str:
    if not identifier.startswith(("http:", "https:")):
        return identifier
    try:
        link = epc_urn.finest(digital_link.parse(identifier))
    except InvalidDigitalLink:
        return identifier
    body = link.value[1:] if link.key in _LEADING_DIGIT else link.value
    known = [each for each in company_prefixes if body.startswith(each)]
    return epc_urn.to_urn(identifier, len(known[0]) if len(known) == 1 else None)


def _translated(event: Json, spell: Spell) -> dict[str, Any]:
    changed = dict(event)
    for name, value in event.items():
        if name in _SINGLE and isinstance(value, str):
            changed[name] = spell(value)
        elif name in _LISTS:
            changed[name] = [spell(each) for each in value]
        elif name in _PLACES:
            changed[name] = _with(value, "id", spell)
        elif name in _QUANTITIES:
            changed[name] = [_with(each, "epcClass", spell) for each in value]
        elif name in _PARTIES:
            changed[name] = [_with(each, _PARTIES[name], spell) for each in value]
        elif name == "sensorElementList":
            changed[name] = [_element(each, spell) for each in value]
    return changed


def _with(value: Json, member: str, spell: Spell) -> dict[str, Any]:
    changed = dict(value)
    if isinstance(changed.get(member), str):
        changed[member] = spell(changed[member])
    return changed


def _element(element: Json, spell: Spell) -> dict[str, Any]:
    changed = dict(element)
    if "sensorMetadata" in changed:
        changed["sensorMetadata"] = _with(changed["sensorMetadata"], "deviceID", spell)
    changed["sensorReport"] = [_with(each, "deviceID", spell) for each in element["sensorReport"]]
    return changed

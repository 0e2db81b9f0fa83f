"""From the identifiers in an event to what the registers know."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote

from django.conf import settings

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.selectors import Organisation
from originmark.origin.places import selectors as places
from originmark.origin.places.selectors import AreaFacts, FacilityFacts
from originmark.origin.products import selectors as products
from originmark.origin.products.selectors import ProductFacts
from originmark.standards.gs1 import digital_link
from originmark.standards.gs1.digital_link import DigitalLink, InvalidDigitalLink
from originmark.trace.lots.record_refusals import UnknownPlace
from originmark.trace.lots.rules import check_lot_code

Found = TypeVar("Found")


def own_code(uri: str | None, kind: str) -> str | None:
    """Return the code in one of the programme's own identifiers; None for any other URI."""
    start = f"{settings.IDENTIFIER_BASE}{kind}:"
    return unquote(uri.removeprefix(start)) if uri and uri.startswith(start) else None


def lot_code(epc: str) -> str | None:
    """Return the lot code in the identifier of a lot; None when it names no lot at all."""
    link = _link(epc)
    code = link.qualifier("10") if link else own_code(epc, "lot")
    return None if code is None else check_lot_code(code)


def product(epc: str, stated_uri: str | None) -> ProductFacts | None:
    """Return the product of a lot: by the GTIN in its identifier, else as the event states."""
    for uri in (epc, stated_uri):
        link = _link(uri)
        if link and link.key == "01":
            return _known(products.product_by_gtin, link.value)
        if code := own_code(uri, "product"):
            return _known(products.product, code)
    return None


def organisation(uri: str | None) -> Organisation | None:
    """Return the organisation that a party identifier names, if it is registered."""
    if code := own_code(uri, "party"):
        return parties.find_organisation(code)
    link = _link(uri)
    if link is None or link.key != "417":
        return None
    found = parties.search_organisations(link.value)
    return next((each for each in found if each.gln == link.value), None)


def organisation_by_id(organisation_id: int) -> Organisation:
    """Return the organisation of a row in another room."""
    return parties.organisation_by_id(organisation_id)


def area(uri: str | None) -> AreaFacts | None:
    """Return the growing area that an identifier names, if it is registered."""
    return places.growing_area_by_uri(uri) if uri else None


def facility(uri: str | None) -> FacilityFacts | None:
    """Return the facility that an identifier names, if it is registered."""
    return places.facility_by_uri(uri) if uri else None


def must(found: Found | None, kind: str, given: str | None) -> Found:
    """Return what was found; raise UnknownPlace where nothing was."""
    if found is None:
        raise UnknownPlace(kind=kind, given=given or "—")
    return found


def _known(find: Callable[[str], Found], code: str) -> Found | None:
    try:
        return find(code)
    except RuleViolation:
        return None


def _link(uri: str | None) -> DigitalLink | None:
    try:
        return digital_link.parse(uri) if uri else None
    except InvalidDigitalLink:
        return None

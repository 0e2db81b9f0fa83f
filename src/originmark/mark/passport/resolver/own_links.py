"""The links that need nobody to enter them: the passport and what stands behind it."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from originmark.mark.labels import selectors as labels
from originmark.mark.passport.sockets import Anchor
from originmark.origin.certificates import selectors as certificates
from originmark.origin.products import selectors as products
from originmark.standards.gs1.link_types import VOCABULARY
from originmark.standards.gs1.linksets import LinkValue
from originmark.trace.lots import selectors as lots

SSCC = "00"
PAGE, JSON, VC = "text/html", "application/json", "application/vc+jwt"


def find(anchor: Anchor) -> list[LinkValue]:
    """Return the links that follow from what is known about a product, a lot or a pack."""
    if anchor.key == SSCC:
        return list(_of_box(anchor))
    if not anchor.product_code:
        return []
    if anchor.serial:
        return list(_of_pack(anchor))
    if anchor.lot_code:
        return list(_of_lot(anchor))
    if anchor.path.count("/") == 2:
        return [_page(anchor, _("About this product"), is_default=False)]
    return []


def page_url(anchor: Anchor) -> str:
    """Return the address of the page of a product, a lot or a pack, which is its own."""
    address = settings.PUBLIC_URL + reverse("passport:product", args=[anchor.product_code])
    if anchor.lot_code:
        address += f"/10/{quote(anchor.lot_code, safe='')}"
    return address + (f"/21/{quote(anchor.serial, safe='')}" if anchor.serial else "")


def _page(anchor: Anchor, title: str, *, is_default: bool) -> LinkValue:
    return LinkValue(VOCABULARY + "pip", page_url(anchor), title, PAGE, is_default=is_default)


def _of_box(anchor: Anchor) -> Iterator[LinkValue]:
    try:
        found = labels.box(anchor.value)
    except labels.UnknownBox:
        return
    address, title = settings.PUBLIC_URL + found.url, _("What is in this box")
    yield LinkValue(VOCABULARY + "pip", address, title, PAGE, is_default=True)


def _of_pack(anchor: Anchor) -> Iterator[LinkValue]:
    yield _page(anchor, _("Is this pack genuine?"), is_default=True)
    yield from _passport(anchor)


def _of_lot(anchor: Anchor) -> Iterator[LinkValue]:
    yield _page(anchor, _("The passport of this lot"), is_default=True)
    yield from _passport(anchor)
    title = _("From field to shelf")
    yield LinkValue(VOCABULARY + "traceability", page_url(anchor), title, PAGE)
    lot = lots.lot(anchor.lot_code)
    query = urlencode({"MATCH_anyEPCClass": lot.epc})
    address = f"{settings.PUBLIC_URL}{reverse('epcis:events')}?{query}"
    title = _("The events behind this lot (EPCIS 2.0)")
    yield LinkValue(VOCABULARY + "epcis", address, title, JSON, passes_query=False)
    yield from _certificates(anchor, lot)


def _passport(anchor: Anchor) -> Iterator[LinkValue]:
    title = _("The passport for programs")
    yield LinkValue(VOCABULARY + "dpp", f"{page_url(anchor)}?format=json", title, JSON)
    name, of = "passport:credential_of_lot", anchor.lot_code
    if anchor.serial:
        name, of = "passport:credential_of_pack", anchor.serial
    title = _("The signed passport, for any verifier")
    yield LinkValue(VOCABULARY + "dpp", settings.PUBLIC_URL + reverse(name, args=[of]), title, VC)


def _certificates(anchor: Anchor, lot: lots.LotFacts) -> Iterator[LinkValue]:
    if anchor.now is None:
        return
    areas = lots.source_areas(lot.code)
    product = products.product_by_id(lot.product_id)
    today = localdate(anchor.now)
    for paper in certificates.certificates_for([lot.organisation_id], [product.id], areas, today):
        title = f"{paper.type_name} {paper.number}"
        address = settings.PUBLIC_URL + paper.url
        yield LinkValue(VOCABULARY + "certificationInfo", address, title, PAGE)

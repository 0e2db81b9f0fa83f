"""The label of a box or pallet: QR for everybody, GS1-128 with the SSCC for carriers."""

from datetime import datetime
from pathlib import Path

import segno
import zxingcpp
from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from originmark.frame.web import typesetting
from originmark.mark.labels.box_models import Box
from originmark.mark.labels.box_selectors import Content, contents
from originmark.mark.labels.printing import letters

MOST_LINES = 6


def url(box: Box) -> str:
    """Return the address that the QR code holds: a GS1 Digital Link where there is an SSCC."""
    path = f"00/{box.sscc}" if box.sscc else f"labels/boxes/{box.code}/look/"
    return f"{settings.PUBLIC_URL}/{path}"


def pdf(box: Box, *, made_at: datetime) -> bytes:
    """Return the label as a PDF of A6; raises MissingLetters."""
    found = contents(box)
    lines = [{"name": each.product_name, "facts": _facts(each)} for each in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines.append({"name": "…", "facts": _("%(count)s lots") % {"count": len(found)}})
    content = {
        "title": f"{box.get_kind_display()} {box.code}",
        "lang": (get_language() or "en").split("-")[0],
        "kind": str(box.get_kind_display()),
        "organisation": box.organisation.name,
        "code": box.code,
        "shown": f"(00) {box.sscc}" if box.sscc else box.code,
        "lines": lines,
        "qr": segno.make_qr(url(box), error="m").svg_inline(scale=4, border=4),
        "qr_url": url(box),
        "bars": _bars(box.sscc) if box.sscc else "",
        "note": _("DEMONSTRATION") if settings.IS_DEMONSTRATION else "",
    }
    for text in (box.organisation.name, *(part for line in lines for part in line.values())):
        letters.require(text)
    return typesetting.pdf(Path(__file__).parent / "box.typ", content, made_at=made_at)


def _facts(content: Content) -> str:
    packs = ngettext("%(count)s pack", "%(count)s packs", content.packs) % {"count": content.packs}
    return f"{_('Lot')} {content.lot_code} · {packs}"


def _bars(sscc: str) -> str:
    """Return the SSCC as a GS1-128 symbol (SVG)."""
    symbol = zxingcpp.create_barcode(f"(00){sscc}", zxingcpp.BarcodeFormat.Code128, gs1=True)
    return str(zxingcpp.write_barcode_to_svg(symbol))

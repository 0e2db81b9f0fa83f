"""A commitment certificate on paper, A5, with the address at which it can be checked."""

from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from originmark.frame.web import typesetting
from originmark.mark.labels.commitment_models import Commitment
from originmark.mark.labels.printing import letters


def url(commitment: Commitment) -> str:
    """Return the public address of a certificate."""
    return settings.PUBLIC_URL + reverse("labels:commitment", args=[commitment.number])


def facts(commitment: Commitment) -> list[tuple[str, str]]:
    """Return what a certificate says, as words and texts."""
    return [
        (_("Product"), commitment.product_name),
        (_("Weight"), f"{commitment.kg.normalize():f} kg"),
        (_("Lot"), commitment.lot_code),
        (_("Producer"), commitment.producer_name),
        (_("Place"), commitment.place),
        (_("Contact"), commitment.contact),
        (_("Issued"), date_format(commitment.issued_on, "DATE_FORMAT")),
        (_("To be kept until"), date_format(commitment.keep_until, "DATE_FORMAT")),
    ]


def tests(commitment: Commitment) -> str:
    """Return how the goods were tested; nothing where they were not."""
    if not commitment.tested:
        return ""
    return ": ".join(filter(None, [str(commitment.get_tested_display()), commitment.test_result]))


def pdf(commitment: Commitment) -> bytes:
    """Return the paper; the same certificate gives the same bytes. Raises MissingLetters."""
    content = {
        "title": f"{_('Commitment certificate')} {commitment.number}",
        "lang": (get_language() or "en").split("-")[0],
        "heading": _("Commitment compliance certificate"),
        "number": commitment.number,
        "facts": facts(commitment),
        "statement": commitment.statement,
        "tests": tests(commitment),
        "qr": segno.make_qr(url(commitment), error="m").svg_inline(scale=4, border=4),
        "qr_url": url(commitment),
        "note": _("DEMONSTRATION") if settings.IS_DEMONSTRATION else "",
    }
    for text in (commitment.statement, tests(commitment), *dict(facts(commitment)).values()):
        letters.require(text)
    return typesetting.pdf(Path(__file__).parent / "commitment.typ", content, made_at=commitment.at)

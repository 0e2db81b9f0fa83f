"""Whether a product's label passed the rules in force on the day its labels are issued."""

from datetime import date

from django.conf import settings

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels.artwork import refusals, rulesets
from originmark.mark.labels.artwork.models import Artwork
from originmark.origin.products.selectors import ProductFacts


def is_used() -> bool:
    """Return whether the programme records artwork at all. One query."""
    return Artwork.objects.exists()


def against(product: ProductFacts, on: date) -> RuleViolation | None:
    """Return what speaks against a product's labels on a day: no artwork, or one of older rules.

    A market is one for which artwork was approved; where there are several, the first with older
    rules is named. One query.
    """
    approved = Artwork.objects.filter(product_id=product.id, status=Artwork.Status.APPROVED)
    rows = list(approved.order_by("market"))
    if not rows:
        return refusals.NoArtworkPassed(product.name)
    return next((said for row in rows if (said := _outdated(row, product.name, on))), None)


def passed(row: Artwork) -> tuple[str, ...]:
    """Return the rule sets, with their versions, that approved artwork passed."""
    return tuple(row.decided_on.get("rulesets", ()))


def _outdated(row: Artwork, product: str, on: date) -> RuleViolation | None:
    known = rulesets.known(settings.LABEL_RULES)
    in_force = rulesets.applying(known, row.market, row.category, on)
    lacking = tuple(each.edition for each in in_force if each.edition not in passed(row))
    if not lacking:
        return None
    return refusals.ArtworkOfOlderRules(product, row.number, row.get_market_display(), lacking)

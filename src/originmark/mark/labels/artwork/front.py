"""What artwork adds to the page of a product."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from originmark.mark.labels.artwork import selectors
from originmark.mark.labels.artwork.tables import badge
from originmark.origin.parties import access
from originmark.origin.products import selectors as products

SHOWN = 5


def product_panel(product_id: int, request: HttpRequest) -> SafeString | None:
    """Return the labels of a product, for whoever may read or write them. Some four queries."""
    by = access.actor_of(request)
    product = products.product_by_id(product_id)
    if product.organisation_id is None:
        return None
    may_write = access.allows(by, "labels.artwork", organisation_id=product.organisation_id)
    rows = list(selectors.artworks(by).filter(product=product_id)[:SHOWN])
    if not rows and not may_write:
        return None
    context = {
        "product_code": product.code,
        "rows": [(row, badge(row)) for row in rows],
        "may_write": may_write,
    }
    return render_to_string("labels/_product_panel.html", context, request)

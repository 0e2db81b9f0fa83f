"""Licences for tests: name only what matters."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from builders.parties import an_organisation
from builders.schemes import a_brand

from originmark.mark.licensing import services
from originmark.mark.licensing.models import Licence
from originmark.mark.schemes.models import Brand
from originmark.origin.parties import access
from originmark.origin.parties.models import Organisation

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)


def a_licence(
    organisation: Organisation | None = None,
    brand: Brand | None = None,
    *,
    products: Iterable[str] | None = None,
    **more: Any,
) -> Licence:
    """A licence for all of a brand's products, from 1 January 2026 to the end of 2027."""
    brand = brand or a_brand()
    covered = [each.product_code for each in brand.products.all()]
    facts = {"valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31), **more}
    grant = services.Grant(
        brand_code=brand.code,
        organisation_id=(organisation or an_organisation()).pk,
        products=tuple(covered if products is None else products),
        **facts,
    )
    return services.grant_licence(grant, by=access.SYSTEM, now=NOON)

"""Label runs for tests, made through the services: name only what matters."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from builders.licensing import a_licence
from builders.lots import a_harvested_lot, a_milled_lot, a_packed_lot, allowing_bounds
from builders.parties import an_organisation
from builders.places import a_boundary, a_growing_area, a_square
from builders.products import a_trade_item
from builders.schemes import a_brand, a_right

from originmark.mark.labels import services
from originmark.mark.labels.models import LabelRun
from originmark.mark.licensing.models import Licence
from originmark.mark.schemes.models import Brand
from originmark.origin.parties.access import SYSTEM
from originmark.origin.parties.models import Organisation
from originmark.trace.lots.models import Lot

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)


@dataclass
class Labelled:
    """A packed lot that meets every condition of law 3, and what stands behind it."""

    organisation: Organisation
    brand: Brand
    licence: Licence
    lot: Lot

    def issue(self, count: int = 10, **more: Any) -> LabelRun:
        """Issue labels of the brand for the lot, by the system at noon."""
        facts = {"by": SYSTEM, "now": NOON, **more}
        return services.issue(self.lot.code, self.brand.code, count, **facts)


def a_labelled_lot(packs: int = 1000, **more: Any) -> Labelled:
    """A lot of packs of Yangqu millet, ready for labels.

    ``organisation``, ``product`` and ``area`` may be given as rows, ``outline`` and ``boundary``
    as geometries; the rest goes to ``a_packed_lot``.
    """
    organisation = more.pop("organisation", None) or an_organisation()
    product = more.pop("product", None) or a_trade_item(organisation=organisation)
    area = more.pop("area", None) or a_growing_area(
        organisation=organisation, geometry=more.pop("outline", None) or a_square()
    )
    boundary = a_boundary(outline=more.pop("boundary", None) or a_square(112.2, 37.6, 1.0))
    with allowing_bounds():
        grain = a_harvested_lot(2000, organisation=organisation, area=area)
        milled = a_milled_lot(1400, source=grain)
        facts = {"best_before": date(2027, 10, 1), **more}
        lot = a_packed_lot(packs, source=milled, product=product, **facts)
    brand = a_brand(products=[product.code], boundary_code=boundary.code)
    a_right(brand)
    return Labelled(organisation, brand, a_licence(organisation, brand), lot)


def a_label_run(count: int = 10, **more: Any) -> LabelRun:
    """A run of labels, none of them activated yet."""
    return a_labelled_lot(**more).issue(count)


@contextmanager
def serial_secrets(settings: Any, secrets: str) -> Iterator[None]:
    """Let other serial keys be in force for a while."""
    before = settings.SERIAL_KEY
    settings.SERIAL_KEY = secrets
    yield
    settings.SERIAL_KEY = before

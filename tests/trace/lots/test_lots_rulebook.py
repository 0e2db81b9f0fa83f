"""A brand's rulebook, once loaded, binds harvests and mills without any wiring by hand."""

from decimal import Decimal

import pytest
from builders.lots import a_harvested_lot, a_milled_lot
from builders.places import a_growing_area
from builders.products import a_crop, a_material
from builders.schemes import a_brand, a_rulebook

from originmark.origin.products.models import Product
from originmark.trace.lots import refusals

pytestmark = pytest.mark.django_db


def test_a_loaded_rulebook_caps_the_land_and_bounds_the_mill() -> None:
    a_rulebook(a_brand("yangqu"))
    grain = Product.objects.filter(code="millet-grain").first() or a_crop(code="millet-grain")
    millet = Product.objects.filter(code="millet").first() or a_material(code="millet")
    area = a_growing_area(declared="1 ha")

    lot = a_harvested_lot(4500, area=area, product=grain)
    assert lot.origin_complete is True
    with pytest.raises(refusals.HarvestBeyondCap) as refused:
        a_harvested_lot(1, area=area, product=grain)
    assert refused.value.source == "yangqu v1: A made-up figure for tests"
    with pytest.raises(refusals.OutputExceedsBound):
        a_milled_lot("800.001", source=lot, product=millet, kg=Decimal(1000))
    assert a_milled_lot(800, source=lot, product=millet, kg=Decimal(1000)).origin_complete is True

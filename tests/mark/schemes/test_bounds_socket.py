"""The rooms below learn of the rulebooks' bounds through their socket."""

from decimal import Decimal

import pytest
from builders.schemes import a_brand, a_rulebook

from originmark.trace.lots import sockets

pytestmark = pytest.mark.django_db


def test_lots_ask_the_rulebook() -> None:
    a_rulebook(a_brand("yangqu"))

    harvest = sockets.bounds("millet-grain", None, 2026, "harvest")
    milling = sockets.bounds("millet", None, 2026, "milling")

    assert harvest is not None
    assert milling is not None
    assert harvest.yield_cap_kg_per_ha == Decimal(4500)
    assert (milling.ratio_low, milling.ratio_high) == (Decimal("0.7"), Decimal("0.8"))
    assert sockets.bounds("millet", None, 2026, "packing") is None

"""Law 2 over random histories: whatever people try, no lot and no land gives more than it has.

Each example is a history of up to a dozen steps against the database, refused ones included.
The number of examples is printed at the end of the run (``pytest -s``).
"""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from builders.lots import NOON, a_harvested_lot, allowing_bounds, at_noon
from builders.parties import an_organisation
from builders.places import a_growing_area
from builders.products import a_crop, a_material, a_trade_item
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties.access import SYSTEM
from originmark.trace.lots import services
from originmark.trace.lots.models import AreaInput, AreaSeason, Lot, LotInput, LotOutput, LotRecord
from originmark.trace.lots.services import Part

EXAMPLES = 20
VERBS = ("harvest", "dry", "mill", "blend", "split", "pack", "ship", "dispose", "withdraw")
MILLING_HIGH, CAP_KG = Decimal("0.8"), Decimal(3000)
steps = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(0, 9),
        st.decimals(min_value="0.001", max_value=1500, places=3),
        st.decimals(min_value="0.1", max_value="1.2", places=2),
    ),
    min_size=3,
    max_size=10,
)
tried = {"examples": 0, "done": 0, "refused": 0}


@pytest.fixture(scope="module", autouse=True)
def _count() -> Iterator[None]:
    """Say how much was tried."""
    yield
    print("law 2:", ", ".join(f"{count} {name}" for name, count in tried.items()))  # noqa: T201


@pytest.mark.slow
@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=steps)
def test_no_history_breaks_the_balance(history: list[tuple[str, int, Decimal, Decimal]]) -> None:
    tried["examples"] += 1
    with (
        transaction.atomic(),
        allowing_bounds(yield_cap_kg_per_ha=300, ratios={"milling": ("0.7", str(MILLING_HIGH))}),
    ):
        world = World()
        for verb, which, kg, share in history:
            try:
                with transaction.atomic():
                    world.step(verb, which, kg, share)
            except RuleViolation:
                tried["refused"] += 1
            else:
                tried["done"] += 1
            check_the_law()
        transaction.set_rollback(True)


class World:
    """Ten hectares under a cap, one organisation, and whatever lots there are."""

    def __init__(self) -> None:
        self.coop, self.crop, self.millet = an_organisation(), a_crop(), a_material()
        self.area = a_growing_area(organisation=self.coop)
        self.item = a_trade_item(organisation=self.coop)
        a_harvested_lot(1000, area=self.area, product=self.crop)

    def step(self, verb: str, which: int, kg: Decimal, share: Decimal) -> None:
        lots = list(Lot.objects.order_by("pk"))
        lot = lots[which % len(lots)]
        taken = min(kg, lot.received_kg - lot.released_kg) if which % 3 else kg
        made = (taken * share).quantize(Decimal("0.001"))
        getattr(self, verb)(lot, lots[(which + 1) % len(lots)], taken, made)

    def harvest(self, _lot: Lot, _other: Lot, taken: Decimal, _made: Decimal) -> None:
        a_harvested_lot(taken, area=self.area, product=self.crop)

    def dry(self, lot: Lot, _other: Lot, taken: Decimal, made: Decimal) -> None:
        services.dry(lot_code=lot.code, kg=taken, out_kg=made, **at_noon())

    def mill(self, lot: Lot, _other: Lot, taken: Decimal, made: Decimal) -> None:
        rest = services.Product(self.millet.code, max(taken - made, Decimal("0.001")))
        facts = {"product_code": self.millet.code, "by_products": [rest], **at_noon()}
        services.mill(lot_code=lot.code, kg=taken, out_kg=made, **facts)

    def blend(self, lot: Lot, other: Lot, taken: Decimal, _made: Decimal) -> None:
        parts = [Part(lot.code, taken), Part(other.code)]
        services.blend(parts=parts, product_code=self.crop.code, **at_noon())

    def split(self, lot: Lot, _other: Lot, taken: Decimal, made: Decimal) -> None:
        services.split(lot_code=lot.code, parts_kg=[taken, made], **at_noon())

    def pack(self, lot: Lot, _other: Lot, _taken: Decimal, made: Decimal) -> None:
        facts = {"product_code": self.item.code, "count": max(1, int(made)), **at_noon()}
        services.pack(lot_code=lot.code, **facts)

    def ship(self, lot: Lot, _other: Lot, taken: Decimal, _made: Decimal) -> None:
        services.ship(lot_code=lot.code, to_organisation_code=self.coop.code, **at_noon())
        services.receive(lot_code=lot.code, kg=max(taken, Decimal("0.001")), **at_noon())

    def dispose(self, lot: Lot, _other: Lot, taken: Decimal, _made: Decimal) -> None:
        services.dispose(lot_code=lot.code, kg=taken, reason="test", **at_noon())

    def withdraw(self, lot: Lot, _other: Lot, _taken: Decimal, _made: Decimal) -> None:
        record = lot.records.filter(withdrawn_at=None).order_by("-pk").first()
        if record is not None:
            services.withdraw_record(event_id=record.event_uri, by=SYSTEM, now=NOON)


def check_the_law() -> None:
    """Hold every row against the law, and the balances against the links."""
    for lot in Lot.objects.all():
        assert 0 <= lot.released_kg <= lot.received_kg
        taken = lot.inputs.aggregate(kg=Sum("kg"))["kg"] or 0
        assert taken == lot.released_kg
        if lot.pack_count is not None:
            assert 0 <= lot.packs_released <= lot.pack_count
    into = LotInput.objects.values_list("event_id").annotate(kg=Sum("kg"))
    land = AreaInput.objects.values_list("event_id").annotate(kg=Sum("kg"))
    went_in = dict(into) | dict(land)
    milled = set(LotRecord.objects.filter(step="milling").values_list("event_id", flat=True))
    for event_id, came_out in LotOutput.objects.values_list("event_id").annotate(kg=Sum("kg")):
        assert came_out <= went_in[event_id]
        if event_id in milled:
            main = LotOutput.objects.filter(event_id=event_id).order_by("pk").first()
            assert main is not None
            assert main.kg <= went_in[event_id] * MILLING_HIGH
    for season in AreaSeason.objects.all():
        given_kg = AreaInput.objects.filter(area_id=season.area_id).aggregate(kg=Sum("kg"))["kg"]
        assert (given_kg or 0) == season.harvested_kg <= CAP_KG

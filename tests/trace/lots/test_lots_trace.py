"""Genealogy back and forward, the timeline, and what they cost."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from builders.lots import a_harvested_lot, a_milled_lot, a_packed_lot, allowing_bounds, at_noon
from builders.parties import an_actor, an_inspector, an_organisation
from builders.places import a_growing_area
from builders.products import a_crop
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from originmark.frame.web.refusals import RuleViolation
from originmark.trace.lots import record_refusals, selectors, services
from originmark.trace.lots.models import Lot

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> dict[str, Lot]:
    """Two harvests, blended, milled in two runs, one of them packed twice."""
    coop, crop = an_organisation(), a_crop()
    first = a_harvested_lot(600, organisation=coop, product=crop)
    second = a_harvested_lot(400, organisation=coop, product=crop)
    blend = services.blend(
        parts=[services.Part(first.code), services.Part(second.code)], product_code=crop.code,
        **at_noon(),
    )  # fmt: skip
    milled = a_milled_lot(300, source=blend, kg=Decimal(400))
    other = a_milled_lot(400, source=blend, kg=Decimal(500))
    packs = a_packed_lot(200, source=milled)
    more = a_packed_lot(100, source=milled)
    return {
        "first": first, "second": second, "blend": blend, "milled": milled, "other": other,
        "packs": packs, "more": more,
    }  # fmt: skip


def codes(graph: selectors.Graph, kind: str = "lot") -> set[str]:
    return {node.code for node in graph.of_kind(kind)}


def test_back_finds_all_ancestors_and_their_land_and_nobody_else(family: dict[str, Lot]) -> None:
    graph = selectors.trace_back(family["packs"].code)
    wanted = ("packs", "milled", "blend", "first", "second")
    assert codes(graph) == {family[name].code for name in wanted}
    assert len(graph.of_kind("area")) == len(selectors.source_areas(family["packs"].code)) == 2
    levels = {node.code: node.level for node in graph.nodes}
    assert levels[family["first"].code] < levels[family["blend"].code]
    assert levels[family["blend"].code] < levels[family["milled"].code]
    assert min(levels.values()) == 0


def test_forward_from_land_finds_every_pack(family: dict[str, Lot]) -> None:
    area = family["first"].records.get(step="harvest").area
    assert area is not None
    graph = selectors.trace_forward(area.code)
    assert codes(graph) == {lot.code for name, lot in family.items() if name != "second"}
    assert codes(selectors.trace_forward(family["milled"].code)) == {
        family[name].code for name in ("milled", "packs", "more")
    }


def test_edges_carry_the_masses(family: dict[str, Lot]) -> None:
    graph = selectors.trace_back(family["packs"].code)
    into_blend = [edge.kg for edge in graph.edges if edge.source == f"lot:{family['first'].pk}"]
    assert into_blend == [600]


def test_a_walk_costs_the_same_however_wide_it_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    source = a_harvested_lot(1000)
    a_milled_lot(1, source=source, kg=Decimal(10))
    with django_assert_num_queries(6):
        selectors.trace_forward(source.code)
    for _ in range(5):
        a_milled_lot(1, source=source, kg=Decimal(10))
    with django_assert_num_queries(6):
        selectors.trace_forward(source.code)


def test_back_costs_three_queries_a_level(
    family: dict[str, Lot], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1 + 4 * 3 + 3):
        selectors.trace_back(family["packs"].code)


def test_a_lot_costs_one_query(
    family: dict[str, Lot], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        selectors.lot(family["packs"].code)


def test_a_timeline_tells_the_way_of_this_lot_only(family: dict[str, Lot]) -> None:
    services.dispose(lot_code=family["other"].code, kg=Decimal(1), reason="dust", **at_noon())
    entries = selectors.timeline(family["packs"].code)
    assert [entry.step for entry in entries] == [
        "harvest", "harvest", "blending", "milling", "packing",
    ]  # fmt: skip
    assert entries[-1].kg == 100


def test_rows_are_shown_to_their_holders_and_the_office(family: dict[str, Lot]) -> None:
    lot = family["packs"]
    assert selectors.visible_lot(lot.code, an_actor(lot.organisation, "viewer")).id == lot.pk
    assert selectors.lots(an_inspector()).count() == len(family)
    stranger = an_actor(an_organisation())
    assert selectors.lots(stranger).exists() is False
    with pytest.raises(record_refusals.UnknownLot):
        selectors.visible_lot(lot.code, stranger)


def test_stock_is_what_can_still_be_used(family: dict[str, Lot]) -> None:
    by = an_actor(family["packs"].organisation)
    held = {lot.code for lot in selectors.stock(by)}
    assert held == {family[name].code for name in ("blend", "milled", "other", "packs", "more")}


def test_the_command_prints_both_ways_as_a_tree(family: dict[str, Lot]) -> None:
    out = StringIO()
    call_command("trace", family["milled"].code, stdout=out)
    text = out.getvalue()
    back, forward = text.split("Made from it")
    assert family["first"].code in back
    assert family["packs"].code in forward


def test_the_command_speaks_json_and_knows_areas() -> None:
    area = a_growing_area()
    with allowing_bounds():
        lot = a_harvested_lot(100, area=area)
    out = StringIO()
    call_command("trace", area.code, "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert lot.code in {node["code"] for node in answer["forward"]["nodes"]}
    assert answer["back"] is None


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(CommandError):
        call_command("trace", "no-such-code")
    with pytest.raises(RuleViolation):
        selectors.trace_back("no-such-code")

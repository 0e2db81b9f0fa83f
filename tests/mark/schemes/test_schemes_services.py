"""Brands and rulebooks: recording, loading, asking."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from builders.parties import an_actor, an_officer, an_organisation
from builders.schemes import (
    a_brand,
    a_right,
    a_right_draft,
    a_rulebook,
    a_rulebook_text,
    known_products,
)

from originmark.mark.schemes import rules, selectors, services
from originmark.mark.schemes.models import Brand, Right, Rulebook, YieldCap
from originmark.origin.parties.access import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)


def test_a_brand_holds_rights_of_several_authorities() -> None:
    brand = a_brand("yangqu-millet")
    a_right(brand, number="AGI00123", register="MARA")
    a_right(
        brand,
        kind="certification_mark",
        number="59000001",
        register="CNIPA trade marks",
        registered_on=date(2023, 3, 27),
    )
    a_right(brand, number="AGI00999", status="applied", registered_on=None)

    found = selectors.rights_in_force("yangqu-millet", TODAY)

    assert [each.number for each in found] == ["AGI00123", "59000001"]


def test_a_right_is_in_force_from_registration_to_its_last_day() -> None:
    brand = a_brand()
    a_right(brand, registered_on=date(2020, 1, 1), valid_until=date(2026, 10, 15))

    def counted(day: date) -> int:
        return len(selectors.rights_in_force(brand.code, day))

    days = [date(2019, 12, 31), date(2020, 1, 1), TODAY, date(2026, 10, 16)]
    assert [counted(day) for day in days] == [0, 1, 1, 0]


def test_two_brands_cannot_share_a_code() -> None:
    a_brand("yangqu")

    with pytest.raises(rules.BrandCodeTaken):
        a_brand("yangqu")

    assert Brand.objects.count() == 1


def test_one_number_stands_once_in_a_register() -> None:
    a_right(register="MARA", number="1")
    a_right(register="CNIPA", number="1")

    with pytest.raises(rules.RightTaken) as refused:
        a_right(register="MARA", number="1")

    assert refused.value.facts == {"register": "MARA", "number": "1"}
    assert Right.objects.count() == 2


def test_a_registered_right_needs_its_day() -> None:
    with pytest.raises(rules.RegisteredWithoutDate):
        a_right(registered_on=None)


def test_a_right_does_not_end_before_it_begins() -> None:
    with pytest.raises(rules.DatesReversed):
        a_right(registered_on=date(2020, 1, 2), valid_until=date(2020, 1, 1))


@pytest.mark.parametrize("role", ["manager", "recorder"])
def test_an_officer_records_brands(role: str, noon: datetime) -> None:
    draft = services.BrandDraft("yangqu", "Yangqu millet", "gi_mark", an_organisation().pk)

    brand = services.record_brand(draft, by=an_officer(role), now=noon)

    assert brand.name == "Yangqu millet"


@pytest.mark.parametrize("role", ["inspector", "viewer"])
def test_whoever_only_reads_records_nothing(role: str, noon: datetime) -> None:
    draft = services.BrandDraft("yangqu", "Yangqu millet", "gi_mark", an_organisation().pk)

    with pytest.raises(NotAllowed):
        services.record_brand(draft, by=an_officer(role), now=noon)

    assert not Brand.objects.exists()


def test_a_cooperative_writes_no_brand_right_or_rulebook(noon: datetime) -> None:
    manager, brand = an_actor(an_organisation(), "manager"), a_brand()
    draft = services.BrandDraft("x", "X", "gi_mark", an_organisation().pk)

    with pytest.raises(NotAllowed):
        services.change_brand(brand.code, draft, by=manager, now=noon)
    with pytest.raises(NotAllowed):
        services.record_right(a_right_draft(), by=manager, now=noon)
    with pytest.raises(NotAllowed):
        services.import_rights([a_right_draft()], source="file", by=manager, now=noon)
    with pytest.raises(NotAllowed):
        services.load_rulebook(a_rulebook_text(brand.code), by=manager, now=noon)

    assert not Right.objects.exists()
    assert not Rulebook.objects.exists()


def test_changing_a_brand_changes_its_products(noon: datetime) -> None:
    brand = a_brand("yangqu", products=["millet", "porridge"])
    known_products(["flour"])
    draft = services.BrandDraft(
        "yangqu", "New name", "county", brand.owner_id, products=("millet", "flour")
    )

    services.change_brand("yangqu", draft, by=an_officer(), now=noon)

    assert selectors.brand("yangqu").name == "New name"
    assert selectors.brand_products("yangqu") == ["flour", "millet"]
    assert selectors.brand_covers("yangqu", "flour")
    assert not selectors.brand_covers("yangqu", "porridge")


def test_a_brand_covers_registered_products_only(noon: datetime) -> None:
    draft = services.BrandDraft(
        "yangqu", "Yangqu", "gi_mark", an_organisation().pk, products=("made-up",)
    )

    with pytest.raises(rules.UnknownProducts) as refused:
        services.record_brand(draft, by=an_officer(), now=noon)

    assert refused.value.products == ("made-up",)
    assert not Brand.objects.exists()


def test_a_rulebook_becomes_bounds() -> None:
    a_rulebook(a_brand("yangqu"))

    harvest = selectors.season_bounds("millet-grain", 2026, "harvest")
    milling = selectors.season_bounds("millet", 2026, "milling")

    assert harvest is not None
    assert milling is not None
    assert harvest.yield_cap_kg_per_ha == Decimal(4500)
    assert (milling.ratio_low, milling.ratio_high) == (Decimal("0.7"), Decimal("0.8"))
    assert harvest.source == "yangqu v1: A made-up figure for tests"
    assert selectors.season_bounds("millet-grain", 2027, "harvest") is None
    assert selectors.season_bounds("millet", 2026, "roasting") is None


def test_a_refused_rulebook_leaves_nothing_behind() -> None:
    brand = a_brand()

    with pytest.raises(rules.RulebookDoesNotAddUp) as refused:
        a_rulebook(brand, caps=[("millet-grain", 2026, 0)])

    assert refused.value.count == 1
    assert not Rulebook.objects.exists()
    assert not YieldCap.objects.exists()


def test_loading_the_same_text_twice_changes_nothing() -> None:
    brand = a_brand()

    assert a_rulebook(brand) == a_rulebook(brand)
    assert Rulebook.objects.count() == 1


def test_a_newer_version_ends_the_one_it_supersedes_and_rules_the_season() -> None:
    brand = a_brand("yangqu")
    a_rulebook(brand)
    a_rulebook(
        brand,
        version=2,
        supersedes=1,
        valid_from="2026-07-01",
        caps=[("millet-grain", 2026, 200)],
    )

    first = selectors.rulebook("yangqu", 1)
    bounds = selectors.season_bounds("millet-grain", 2026, "harvest")

    assert (first.valid_until, first.superseded_by) == (date(2026, 6, 30), 2)
    assert selectors.rulebook("yangqu").version == 2
    assert bounds is not None
    assert bounds.yield_cap_kg_per_ha == Decimal(3000)
    in_force = [selectors.rulebook_in_force("yangqu", day) for day in (date(2026, 6, 30), TODAY)]
    assert [each and each.version for each in in_force] == [1, 2]


def test_of_two_brands_the_lower_cap_holds() -> None:
    a_rulebook(a_brand("yangqu"), caps=[("millet-grain", 2026, 300)])
    a_rulebook(a_brand("shanxi"), caps=[("millet-grain", 2026, 250)])

    bounds = selectors.season_bounds("millet-grain", 2026, "harvest")

    assert bounds is not None
    assert bounds.yield_cap_kg_per_ha == Decimal(3750)
    assert bounds.source.startswith("shanxi v1")

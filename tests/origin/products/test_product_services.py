from datetime import datetime
from typing import Any

import pytest
from builders.products import a_crop, a_draft, a_group, a_gtin, a_product, a_trade_item

from originmark.origin.parties.access import NOBODY, SYSTEM, Actor, NotAllowed
from originmark.origin.parties.models import Organisation
from originmark.origin.products import selectors, services
from originmark.origin.products.models import Product, ProductGroup
from originmark.origin.products.rules import (
    CodeRefused,
    CodeTaken,
    GtinTaken,
    UnknownGroup,
    UnknownProduct,
)

pytestmark = pytest.mark.django_db

OFFICER = Actor(name="Officer", person_id=1, office_role="recorder")


@pytest.fixture
def mill() -> Organisation:
    return Organisation.objects.create(code="mill", kind="enterprise", name="Mill")


def member(organisation: Organisation, role: str) -> Actor:
    return Actor(name=role, person_id=2, roles=((organisation.pk, role),))


@pytest.mark.parametrize("role", ["manager", "recorder"])
def test_whoever_records_for_the_producer_registers(
    role: str, mill: Organisation, noon: datetime
) -> None:
    draft = a_draft(kind="trade_item", organisation_id=mill.pk, gtin=a_gtin())
    product = services.register_product(draft, by=member(mill, role), now=noon)
    assert selectors.product(draft.code).id == product.pk
    assert product.created_at == noon


@pytest.mark.parametrize("role", ["viewer", "inspector"])
def test_whoever_only_looks_does_not(role: str, mill: Organisation, noon: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.register_product(a_draft(organisation_id=mill.pk), by=member(mill, role), now=noon)
    assert not Product.objects.exists()


def test_a_stranger_changes_nothing(mill: Organisation) -> None:
    other = Organisation.objects.create(code="other", kind="enterprise", name="Other")
    product = a_trade_item(organisation=mill)
    for by in (member(other, "manager"), NOBODY):
        with pytest.raises(NotAllowed):
            services.change_product(product.code, a_draft(), by=by)
        with pytest.raises(NotAllowed):
            services.archive_product(product.code, by=by)
        with pytest.raises(UnknownProduct):
            selectors.row(product.code, by)
    product.refresh_from_db()
    assert product.is_active


def test_the_catalogue_is_for_the_office(mill: Organisation, noon: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.register_product(a_draft(), by=member(mill, "manager"), now=noon)
    services.register_product(a_draft(code="millet"), by=OFFICER, now=noon)
    assert selectors.product("millet").organisation_id is None


def test_members_read_their_own_and_the_catalogue(mill: Organisation) -> None:
    other = Organisation.objects.create(code="other", kind="enterprise", name="Other")
    crop, own, foreign = a_crop(), a_trade_item(organisation=mill), a_trade_item(organisation=other)
    assert set(selectors.products(member(mill, "viewer"))) == {crop, own}
    assert set(selectors.products(OFFICER)) == {crop, own, foreign}
    assert set(selectors.products(NOBODY)) == set()


def test_a_code_is_given_once(noon: datetime) -> None:
    a_product(code="millet")
    with pytest.raises(CodeTaken):
        services.register_product(a_draft(code="millet"), by=SYSTEM, now=noon)


def test_a_gtin_is_given_once(mill: Organisation, noon: datetime) -> None:
    first = a_trade_item(organisation=mill, name="Box", gtin=a_gtin(5))
    draft = a_draft(kind="trade_item", organisation_id=mill.pk, gtin=a_gtin(5)[1:])
    with pytest.raises(GtinTaken, match="already belongs to the product Box"):
        services.register_product(draft, by=SYSTEM, now=noon)
    services.change_product(first.code, draft, by=SYSTEM)
    assert selectors.product_by_gtin(a_gtin(5)[1:]).name == draft.name


def test_many_products_without_a_gtin_live_together() -> None:
    a_crop()
    assert a_crop(code="millet").uri == "urn:originmark:local:product:millet"
    with pytest.raises(UnknownProduct):
        selectors.product_by_gtin("")


def test_the_gtin_is_the_identifier() -> None:
    product = a_trade_item(gtin="6901234567892")
    assert selectors.product(product.code).uri == "https://id.gs1.org/01/06901234567892"


def test_moving_a_product_needs_the_right_with_both(mill: Organisation) -> None:
    other = Organisation.objects.create(code="other", kind="enterprise", name="Other")
    product = a_trade_item(organisation=mill)
    draft = a_draft(kind="trade_item", organisation_id=other.pk)
    with pytest.raises(NotAllowed):
        services.change_product(product.code, draft, by=member(mill, "manager"))
    services.change_product(product.code, draft, by=OFFICER)
    assert selectors.product(product.code).organisation_id == other.pk


def test_an_archived_product_comes_back() -> None:
    product = a_crop()
    assert services.archive_product(product.code, by=OFFICER).is_active is False
    assert services.archive_product(product.code, by=OFFICER).is_active is False
    assert services.restore_product(product.code, by=OFFICER).is_active is True


def test_an_unknown_product_is_unknown() -> None:
    with pytest.raises(UnknownProduct, match="There is no product nothing here"):
        services.archive_product("nothing", by=OFFICER)
    with pytest.raises(UnknownProduct):
        selectors.product("nothing")
    with pytest.raises(UnknownProduct):
        selectors.product_by_id(0)


def test_groups_are_a_tree() -> None:
    food = a_group("food", name="Food")
    grain = a_group("grain", parent="food", names={"vi": "Ngũ cốc"})
    assert grain.parent == food
    assert a_group("grain", name="Grains", parent="food").pk == grain.pk
    assert a_crop(group="grain").group == grain
    with pytest.raises(CodeTaken):
        a_group("food", parent="grain")
    with pytest.raises(UnknownGroup):
        a_crop(group="nothing")
    with pytest.raises(CodeRefused):
        a_group("né")
    with pytest.raises(NotAllowed):
        services.record_group("x", "X", by=NOBODY)
    assert ProductGroup.objects.count() == 2


def test_texts_come_in_the_language_asked_for() -> None:
    product = a_crop(
        name="Millet",
        names={"zh-hans": "小米"},
        story="One.\n\nTwo.",
        stories={"vi": "Một."},
        specification=(selectors.Characteristic("moisture", "at most 13", "%"),),
    )
    facts = selectors.product(product.code)
    assert [facts.name_in(each) for each in ("zh-hans", "zh-cn", "vi")] == [
        "小米",
        "小米",
        "Millet",
    ]
    assert selectors.story(product.pk, "vi") == ["Một."]
    assert selectors.story(product.pk, "en") == ["One.", "Two."]
    assert selectors.specification(product.pk)[0].method == ""


def test_products_come_in_the_order_asked_for_by_one_query(
    mill: Organisation, django_assert_num_queries: Any
) -> None:
    first, second = a_trade_item(organisation=mill), a_crop()

    with django_assert_num_queries(1):
        found = selectors.products_of_codes((second.code, first.code))

    assert found == [selectors.product(second.code), selectors.product(first.code)]
    with pytest.raises(UnknownProduct) as refused:
        selectors.products_of_codes([first.code, "none"])
    assert refused.value.facts == {"product": "none"}

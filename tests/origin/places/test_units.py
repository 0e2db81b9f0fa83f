"""Administrative units: other spellings, what lies around, who notes them."""

from datetime import date

import pytest
from builders.parties import an_actor, an_officer, an_organisation
from builders.places import an_administrative_unit

from originmark.origin.parties.access import NotAllowed
from originmark.origin.places import selectors, services

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def test_a_unit_without_known_successor_is_sought_above() -> None:
    province = an_administrative_unit("vn-1", scheme="VN", level="province")
    gone = an_administrative_unit(
        "vn-2", scheme="VN", level="district", parent=province, valid_until=BEFORE
    )
    lost = an_administrative_unit("vn-3", scheme="VN", level="province", valid_until=BEFORE)

    assert selectors.todays_unit(gone, AFTER) == province
    assert selectors.todays_unit(lost, AFTER) is None


def test_the_full_name_says_what_lies_around() -> None:
    province = an_administrative_unit("cn-14", name="山西省", level="province")
    county = an_administrative_unit("cn-140122", name="阳曲县", parent=province)

    assert selectors.full_name(county) == "阳曲县, 山西省"
    assert selectors.lineage(county) == [province, county]


def test_an_alias_is_noted_once_and_by_an_officer() -> None:
    unit = an_administrative_unit(name="晋中市")
    officer = an_officer()
    services.add_alias(unit, "Jingzhong", by=officer)
    services.add_alias(unit, "JINGZHONG", by=officer)

    assert selectors.search_units("jingzhong") == [unit]
    assert unit.aliases.count() == 1
    with pytest.raises(NotAllowed):
        services.add_alias(unit, "Other", by=an_actor(an_organisation(), "manager"))

"""Administrative units: loaded once, found by any spelling, followed through the reform."""

from datetime import date

import pytest
from django.core.management import call_command

from originmark.origin.parties.access import SYSTEM
from originmark.origin.places import selectors, services
from originmark.origin.places.models import AdministrativeUnit, UnitSuccession

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureDef) -> object:
    """All units of both countries, loaded once for this file and taken out again."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        counts = services.load_units(by=SYSTEM)
        yield counts
        UnitSuccession.objects.all().delete()
        AdministrativeUnit.objects.update(parent=None)
        AdministrativeUnit.objects.all().delete()


pytestmark = pytest.mark.django_db


def named(units: list[AdministrativeUnit]) -> list[str]:
    return [unit.name for unit in units]


def test_the_files_hold_what_the_statistical_offices_published(loaded: object) -> None:
    def count(scheme: str, level: str, on: date) -> int:
        rows = AdministrativeUnit.objects.filter(scheme=scheme, level=level)
        return sum(
            (row.valid_from is None or row.valid_from <= on)
            and (row.valid_until is None or row.valid_until >= on)
            for row in rows
        )

    assert count("VN", "province", BEFORE) == 63
    assert count("VN", "district", BEFORE) == 696
    assert count("VN", "province", AFTER) == 34
    assert count("VN", "district", AFTER) == 0
    assert count("VN", "commune", AFTER) == 3321
    assert count("CN", "province", AFTER) == 31
    assert AdministrativeUnit.objects.get(key="cn-140122").name == "阳曲县"


def test_a_second_load_changes_nothing(loaded: services.UnitCounts) -> None:
    assert loaded.added == AdministrativeUnit.objects.count()
    assert services.load_units(by=SYSTEM) == services.UnitCounts(0, 0, 0, 0)


def test_a_changed_name_is_brought_up_to_date(
    loaded: object, capsys: pytest.CaptureFixture[str]
) -> None:
    AdministrativeUnit.objects.filter(key="cn-140122").update(name="?")
    call_command("load_units", "--country", "CN")

    assert capsys.readouterr().out.startswith("0 units added, 1 changed")
    assert AdministrativeUnit.objects.get(key="cn-140122").name == "阳曲县"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("quang ninh", "Tỉnh Quảng Ninh"),
        ("QUẢNG NINH", "Tỉnh Quảng Ninh"),
        ("tuyen quang", "Tỉnh Tuyên Quang"),
        ("dong trieu", "Phường Đông Triều"),
        ("yangqu", "阳曲县"),
        ("阳曲", "阳曲县"),
        ("Lyuliang", "吕梁市"),
        ("luliang", "吕梁市"),
        ("Jingzhong", "晋中市"),
        ("jinzhong", "晋中市"),
        ("changzhi", "长治市"),
        ("140122", "阳曲县"),
    ],
)
def test_a_unit_is_found_by_any_spelling(loaded: object, query: str, first: str) -> None:
    assert selectors.search_units(query)[0].name == first


def test_a_dissolved_district_is_found_and_is_not_of_today(loaded: object) -> None:
    assert "Huyện Ba Chẽ" in named(selectors.search_units("ba che"))
    assert "Huyện Ba Chẽ" not in named(selectors.search_units("ba che", on=AFTER))
    assert selectors.search_units("  ") == []


@pytest.mark.parametrize(
    ("district", "province"),
    [
        ("Ba Chẽ", "Tỉnh Quảng Ninh"),
        ("Bình Liêu", "Tỉnh Quảng Ninh"),
        ("Chiêm Hóa", "Tỉnh Tuyên Quang"),
        ("Yên Sơn", "Tỉnh Tuyên Quang"),
        ("Hàm Yên", "Tỉnh Tuyên Quang"),
        ("Lâm Bình", "Tỉnh Tuyên Quang"),
        ("Na Hang", "Tỉnh Tuyên Quang"),
    ],
)
def test_the_districts_of_the_accounts_are_found_again(
    loaded: object, district: str, province: str
) -> None:
    """Trap 13: the accounts name districts that ceased on 1 July 2025."""
    old = AdministrativeUnit.objects.get(level="district", name__endswith=f" {district}")

    assert selectors.todays_unit(old, BEFORE) == old
    today = selectors.todays_unit(old, AFTER)
    assert today is not None
    assert today.name == province
    heirs = selectors.todays_units(old, AFTER)
    assert {heir.level for heir in heirs} == {"commune"}
    assert {heir.parent for heir in heirs} == {today}


def test_a_district_that_became_one_unit_is_found_as_that(loaded: object) -> None:
    old = AdministrativeUnit.objects.get(name="Huyện Vân Đồn")
    today = selectors.todays_unit(old, AFTER)

    assert today is not None
    assert (today.name, today.level) == ("Đặc khu Vân Đồn", "commune")


def test_a_merged_province_is_found_in_its_successor(loaded: object) -> None:
    old = AdministrativeUnit.objects.get(name="Tỉnh Hà Giang")
    today = selectors.todays_unit(old, AFTER)

    assert today is not None
    assert (today.name, today.key) == ("Tỉnh Tuyên Quang", "vn-08")
    assert selectors.todays_unit(today, AFTER) == today


def test_each_old_province_and_commune_has_a_successor(loaded: object) -> None:
    gone = AdministrativeUnit.objects.filter(valid_until__isnull=False).exclude(level="district")
    assert gone.filter(became__isnull=True).count() == 0

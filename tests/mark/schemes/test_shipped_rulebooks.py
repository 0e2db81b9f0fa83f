"""What comes with the program adds up, loads, and claims nothing that it does not know."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from builders.schemes import NOON, a_brand
from django.core.management import CommandError, call_command

from originmark.mark.schemes import selectors, services, shipped
from originmark.mark.schemes.models import Rulebook
from originmark.mark.schemes.rulebook_check import Surroundings, check
from originmark.mark.schemes.rulebook_kinds import stars, uses
from originmark.mark.schemes.rulebook_text import read
from originmark.mark.schemes.star_values import StarScheme
from originmark.mark.schemes.use_values import UseRules
from originmark.origin.parties import access


def text(name: str) -> str:
    return (shipped.FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def ocop(version: int) -> StarScheme:
    file, _ = read(text(f"ocop-{version}"))
    assert file is not None
    return stars.scheme(file)


def use(name: str) -> UseRules:
    file, _ = read(text(name))
    assert file is not None
    return uses.use_rules(file)


@pytest.mark.parametrize("path", shipped.rulebooks(), ids=lambda path: path.stem)
def test_each_adds_up(path: object) -> None:
    known = {f"ocop-{n}": n for n in (1, 2, 3)}
    around = Surroundings(lambda _: False, lambda _: False, lambda _: ())
    name = getattr(path, "stem", "")

    rules, findings = check(text(name), around)

    if known.get(name, 1) == 1:
        assert findings == []
        assert rules is not None
    else:  # it supersedes a version that is not loaded here, and nothing else is wrong with it
        assert [each.where for each in findings] == ["[rulebook] supersedes"]


@pytest.mark.parametrize(
    ("version", "parts", "levels"),
    [
        (1, (35, 25, 40), {"district": (), "province": (3, 4), "centre": (5,)}),
        (2, (40, 25, 35), {"district": (3,), "province": (4,), "centre": (5,)}),
        (3, (40, 25, 35), {"commune": (), "province": (3, 4), "centre": (5,)}),
    ],
)
def test_three_versions_differ_in_parts_and_levels(
    version: int, parts: tuple[int, ...], levels: dict[str, tuple[int, ...]]
) -> None:
    scheme = ocop(version)

    assert tuple(each.max_points for each in scheme.parts) == parts
    assert {each.code: each.recognises for each in scheme.levels} == levels
    assert scheme.level("province").passes_on_from == Decimal(90)
    assert [each.code for each in scheme.groups] == ["I", "II", "III", "IV", "V", "VI"]
    assert [scheme.stars_for(Decimal(each)) for each in (100, 90, 89, 70, 50, 49, 30, 0)] == [
        5, 5, 4, 4, 3, 2, 2, 1,
    ]  # fmt: skip
    assert (scheme.recognised_from_stars, scheme.validity_months) == (3, 36)
    assert scheme.deadline("expiry-notice") is not None
    assert len(scheme.revocation_reasons) == 7


def test_the_dossier_of_2019_has_five_papers_that_must_be_and_thirteen_that_may() -> None:
    proofs = ocop(1).proofs

    assert [each.is_mandatory for each in proofs] == [True] * 5 + [False] * 13
    assert [each.code for each in proofs if each.except_groups == ("VI",)] == ["samples"]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_what_no_text_gives_is_left_to_the_office(version: int) -> None:
    scheme = ocop(version)

    assert scheme.council.members_at_least is None
    assert scheme.council.quorum_share is None
    assert any("council" in each for each in scheme.to_fill_in)


def test_each_version_has_its_years() -> None:
    assert [(ocop(n).valid_from, ocop(n).valid_until) for n in (1, 2, 3)] == [
        (date(2019, 8, 21), date(2023, 2, 23)),
        (date(2023, 2, 24), date(2025, 7, 5)),
        (date(2025, 7, 6), None),
    ]


def test_the_chinese_mark_asks_for_the_credit_code_and_counts_labels_by_output() -> None:
    rules = use("cn-gi-mark")

    assert rules.condition("credit-code") is not None
    assert rules.quota is not None
    assert (rules.quota.basis, rules.quota.tolerance_share) == ("area-times-cap", Decimal(0))
    assert (rules.term_months, rules.report_every_months) == (None, None)


def test_the_county_brand_stands_beside_the_brands_of_enterprises() -> None:
    rules = use("county-brand")

    assert rules.child_brand == "free"
    chapters = {each.chapter for each in rules.clauses}
    assert {"scope", "applicant", "application", "licence", "labels"} <= chapters
    assert {"co-use", "supervision", "exit"} <= chapters


@pytest.mark.django_db
def test_loading_what_is_shipped_twice_changes_nothing() -> None:
    first = services.load_shipped(by=access.SYSTEM, now=NOON)
    count = Rulebook.objects.count()
    second = services.load_shipped(by=access.SYSTEM, now=NOON)

    assert first.refused == second.refused == ()
    assert {"ocop v1", "ocop v2", "ocop v3", "cn-gi-mark v1"} <= set(first.loaded)
    assert second.loaded == ()
    assert second.here_already == first.loaded
    assert Rulebook.objects.count() == count
    on = [date(2022, 1, 1), date(2024, 1, 1), date(2026, 1, 1)]
    found = [selectors.star_scheme_on("ocop", day) for day in on]
    assert [each and each.version for each in found] == [1, 2, 3]


@pytest.mark.django_db
def test_an_office_makes_a_frame_its_own() -> None:
    a_brand("yangqu")
    services.load_shipped(by=access.SYSTEM, now=NOON)

    begun = services.beginning(selectors.rulebook("cn-gi-mark"), brand="yangqu")
    own = services.load_rulebook(begun, by=access.SYSTEM, now=NOON)

    assert str(own) == "yangqu-cn-gi-mark v1"
    found = selectors.use_rules("yangqu", date(2026, 1, 1))
    assert found is not None
    assert found.condition("credit-code") is not None


@pytest.mark.django_db
def test_an_office_continues_a_scheme_with_its_next_version() -> None:
    services.load_shipped(by=access.SYSTEM, now=NOON)

    begun = services.beginning(selectors.rulebook("ocop", 2), newest=3)

    head = begun.splitlines()[2:5]
    assert head == ["[rulebook]", "version = 4", "supersedes = 3"]


@pytest.mark.django_db
def test_the_command_loads_what_is_shipped() -> None:
    out = StringIO()
    call_command("rulebook", "load", "--shipped", stdout=out)

    assert "ocop v3 is loaded.\n" in out.getvalue()


def test_the_command_wants_a_file_or_what_is_shipped() -> None:
    with pytest.raises(CommandError, match="Name a file"):
        call_command("rulebook", "load")
    with pytest.raises(CommandError, match="goes with load"):
        call_command("rulebook", "check", "--shipped")

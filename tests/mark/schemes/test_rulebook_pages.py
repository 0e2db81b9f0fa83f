"""Pages that read, compare and begin rulebooks of every kind."""

from typing import Any

import pytest
from builders.parties import a_client_for, a_member, a_programme_office, an_organisation
from builders.rulebooks import (
    CRITERIA,
    STAR_SCHEME,
    STORY,
    a_criteria_set,
    a_star_scheme,
    a_use_rules_text,
)
from builders.schemes import NOON, a_brand
from django.test import Client
from django.urls import reverse

from originmark.mark.schemes import services
from originmark.mark.schemes.models import CriteriaSet, Rulebook
from originmark.origin.parties import access

pytestmark = pytest.mark.django_db
LATER = (
    STAR_SCHEME.replace("version = 1", "version = 2\nsupersedes = 1", 1)
    .replace("valid_from = 2020-01-01", "valid_from = 2024-01-01")
    .replace("valid_until = 2023-12-31", "")
    .replace("max_points = 60", "max_points = 55")
    .replace("max_points = 40", "max_points = 45")
)


@pytest.fixture
def officer() -> Client:
    return a_client_for(a_member(a_programme_office(), "manager").person)


@pytest.fixture
def cooperative() -> Client:
    return a_client_for(a_member(an_organisation(), "manager").person)


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(f"schemes:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_star_scheme_is_read_nicely(cooperative: Client) -> None:
    a_star_scheme()
    a_criteria_set()

    shown = page(cooperative, "rulebook_version", "stars", 1)

    for words in ("70 – &lt; 90", "passes on from 90 points", "Agriculture", "no barcode"):
        assert words in shown
    assert "Who sits on the council" in shown
    assert reverse("schemes:product_set", args=["stars", 1, "tea"]) in shown
    assert "Copy as my version" not in shown


def test_rules_of_use_are_read_nicely(cooperative: Client) -> None:
    a_brand("yangqu")
    services.load_rulebook(a_use_rules_text("yangqu"), by=access.SYSTEM, now=NOON)

    shown = page(cooperative, "rulebook", "use")

    for words in ("An organic certificate is in force", "forbidden", "Below the name", "Exit"):
        assert words in shown


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Tất cả từ trong tỉnh"), ("en", "All from the province")]
)
def test_criteria_are_a_sheet_in_two_languages(
    cooperative: Client, language: str, words: str
) -> None:
    a_star_scheme()
    a_criteria_set()

    shown = page(cooperative, "product_set", "stars", 1, "tea", query=f"?in={language}")

    assert words in shown
    assert "All of it imported, or of unknown origin" in shown
    assert "only if 2.1 has 10 points or more" in shown


def test_an_unknown_set_is_not_found(cooperative: Client) -> None:
    a_star_scheme()

    address = reverse("schemes:product_set", args=["stars", 1, "rice"])

    assert cooperative.get(address).status_code == 404


def test_versions_are_compared_side_by_side(cooperative: Client) -> None:
    a_star_scheme()
    a_star_scheme(LATER)

    shown = page(cooperative, "rulebook_compare", "stars")

    assert "stars: version 1 and version 2" in shown
    assert "A · Product" in shown
    assert "</span> 60" in shown
    assert "</span> 55" in shown


def test_a_single_version_has_nothing_to_be_compared_with(cooperative: Client) -> None:
    a_star_scheme()

    answer = cooperative.get(reverse("schemes:rulebook_compare", args=["stars"]))

    assert answer["Location"] == reverse("schemes:rulebook", args=["stars"])


def test_the_list_narrows_to_what_rules_today(cooperative: Client) -> None:
    a_star_scheme()
    a_star_scheme(LATER)

    ruling = page(cooperative, "rulebook_list", query="?state=in-force&kind=star-scheme")
    gone = page(cooperative, "rulebook_list", query="?state=superseded&code=stars")

    assert "/stars/2/" in ruling
    assert "/stars/1/" not in ruling
    assert "/stars/1/" in gone
    assert "/stars/2/" not in gone


def test_an_office_loads_what_is_shipped_and_a_cooperative_may_not(
    officer: Client, cooperative: Client
) -> None:
    address = reverse("schemes:rulebooks_shipped")

    assert cooperative.post(address).status_code == 403
    assert not Rulebook.objects.exists()
    assert officer.post(address).status_code == 302
    assert Rulebook.objects.filter(code="ocop").count() == 3


def test_an_office_begins_from_a_version_that_is_here(officer: Client) -> None:
    a_brand("yangqu")
    a_star_scheme()

    begun = page(officer, "rulebook_new", query="?from=stars&version=1")
    own = page(officer, "rulebook_new", query="?from=stars&version=1&brand=yangqu")

    assert "version = 2\nsupersedes = 1" in begun
    assert "code = &quot;yangqu-stars&quot;" in own


def test_a_frame_of_rules_of_use_is_copied_for_a_brand(officer: Client) -> None:
    a_brand("yangqu", name="Yangqu millet")
    frame = a_use_rules_text("yangqu").replace('brand = "yangqu"\n', "")
    services.load_rulebook(frame, by=access.SYSTEM, now=NOON)

    shown = page(officer, "rulebook", "use")

    assert '<option value="yangqu">Yangqu millet</option>' in shown


def test_criteria_are_checked_and_loaded_on_the_same_page(officer: Client) -> None:
    a_star_scheme()
    text = CRITERIA.replace('include = ["common/story.toml"]\n', "") + STORY
    address = reverse("schemes:rulebook_new")

    wrong = officer.post(address, {"text": text.replace("points = 60", "points = 50"), "load": "1"})
    assert wrong.status_code == 422
    assert not CriteriaSet.objects.exists()
    shown = officer.post(address, {"text": text}).content.decode()
    assert "Tea: 3 criteria for stars version 1." in shown
    loaded = officer.post(address, {"text": text, "load": "1"})
    assert loaded["Location"] == reverse("schemes:product_set", args=["stars", 1, "tea"])

    other = officer.post(address, {"text": text.replace("Raw", "New"), "load": "1"})
    assert other.status_code == 422
    assert "has other criteria under the code tea already" in other.content.decode()


def test_the_search_over_everything_finds_a_rulebook(cooperative: Client) -> None:
    a_star_scheme()

    shown = cooperative.get("/search/?q=Stars for tests").content.decode()

    assert reverse("schemes:rulebook_version", args=["stars", 1]) in shown

"""Rulebooks for programs."""

import pytest
from builders.rulebooks import STAR_SCHEME, a_criteria_set, a_star_scheme
from django.test import Client

pytestmark = pytest.mark.django_db
LATER = (
    STAR_SCHEME.replace("version = 1", "version = 2\nsupersedes = 1", 1)
    .replace("valid_from = 2020-01-01", "valid_from = 2024-01-01")
    .replace("valid_until = 2023-12-31", "")
    .replace("quorum_share = 0.75", "quorum_share = 0.5")
)


def test_versions_are_listed_newest_first(client: Client) -> None:
    a_star_scheme()
    a_star_scheme(LATER)

    told = client.get("/api/schemes/rulebooks?kind=star-scheme&code=stars").json()

    assert [(each["version"], each["superseded_by"], each["brand"]) for each in told] == [
        (2, None, None),
        (1, 2, None),
    ]


def test_a_version_is_told_whole(client: Client) -> None:
    a_star_scheme()
    a_criteria_set()

    told = client.get("/api/schemes/rulebooks/stars/1").json()

    assert [each["max_points"] for each in told["tables"]["part"]] == [60, 40]
    assert told["tables"]["council"] == [{"members_at_least": 7, "quorum_share": "0.75"}]
    assert told["product_sets"] == ["tea"]


def test_criteria_are_told_with_their_options(client: Client) -> None:
    a_star_scheme()
    a_criteria_set()

    told = client.get("/api/schemes/rulebooks/stars/1/sets/tea").json()

    (material,) = told["sections"][0]["criteria"]
    assert told["name"] == {"en": "Tea", "vi": "Chè"}
    assert [each["points"] for each in material["options"]] == [20, 60]
    assert told["sections"][1]["criteria"][1]["only_if"] == ["2.1", 10]


def test_two_versions_are_compared(client: Client) -> None:
    a_star_scheme()
    a_star_scheme(LATER)

    told = client.get("/api/schemes/rulebooks/stars/compare?before=1&after=2").json()

    assert told[0]["table"] == "rulebook"
    assert told[1] == {
        "table": "council",
        "kind": "changed",
        "name": "",
        "before": {"quorum_share": "0.75"},
        "after": {"quorum_share": "0.5"},
    }


@pytest.mark.parametrize("path", ["stars/1", "stars/compare?before=1&after=2", "stars/1/sets/tea"])
def test_what_is_not_here_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/api/schemes/rulebooks/{path}").status_code == 404

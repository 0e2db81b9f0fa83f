"""The criteria that the project ships: they add up, speak both languages and keep to the facts."""

import json
import os
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from originmark.mark import schemes

CRITERIA = Path(schemes.__file__).parent / "shipped" / "criteria"
SHARED = Path(os.environ.get("ORIGINMARK_SHARED", Path(__file__).parents[4] / "shared"))
FACTS = SHARED / "data" / "ocop_criteria_1048_781.json"

FACTS_OF = {
    "tea": 1,
    "rice-cereals": 2,
    "vegetables-fruit-seeds": 3,
    "meat-eggs-milk": 4,
    "aquatic": 5,
    "community-tourism": 8,
    "honey": 11,
    "fresh-produce": 15,
    "white-spirit": 16,
    "household-handicrafts": 19,
}
KNOCK_OUTS = {
    "tea": {"1.1", "6.1.1", "9"},
    "rice-cereals": {"1.1", "6.1", "9"},
    "vegetables-fruit-seeds": {"1.1", "6.1", "9"},
    "meat-eggs-milk": {"1.1", "6.1", "9"},
    "aquatic": {"1.1", "6.1", "9"},
    "community-tourism": set[str](),
    "honey": {"1.1", "10"},
    "fresh-produce": {"10"},
    "white-spirit": {"1.1", "6.1", "9"},
    "household-handicrafts": {"1.1", "6.2"},
}
"""What ends a product's evaluation, whatever else it scores."""

ON_THE_HEADING = {("tea", "6.1"): "6.1.1"}
"""Where the decisions hang a knock-out on a heading, and on which criterion it stands here."""

UNFLAGGED = {("rice-cereals", "6.1"), ("household-handicrafts", "6.2")}
"""Knock-outs by their words that the data set forgot to flag."""

PARTS = {"A": 35, "B": 25, "C": 40}
WRITTEN = ("name", "text", "note", "knock_out", "evidence")
KEYS = {
    "product_set": {
        "scheme", "version", "code", "name", "name_vi", "subgroups", "source", "include",
    },
    "section": {"code", "part", "name", "name_vi", "max_points"},
    "criterion": {
        "section", "code", "name", "name_vi", "max_points", "note", "note_vi",
        "knock_out", "knock_out_vi", "only_if", "evidence", "evidence_vi",
    },
    "option": {"criterion", "points", "text", "text_vi"},
}  # fmt: skip

every_set = pytest.mark.parametrize("code", FACTS_OF)


def by_code(row: dict[str, Any]) -> list[int]:
    """Return what puts 1.2 before 1.10: a sheet stands in the order of its codes."""
    return [int(each) for each in row["code"].split(".")]


@cache
def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def sheet(code: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a set and of what it includes."""
    own = read(CRITERIA / f"{code}.toml")
    files = [read(CRITERIA / each) for each in own["product_set"].get("include", [])] + [own]
    kinds = ("section", "criterion", "option")
    rows = {kind: [row for file in files for row in file.get(kind, [])] for kind in kinds}
    rows["section"].sort(key=by_code)
    rows["criterion"].sort(key=by_code)
    return {"product_set": [own["product_set"]], **rows}


def points(code: str, criterion: str) -> list[int]:
    return [each["points"] for each in sheet(code)["option"] if each["criterion"] == criterion]


def test_what_is_shipped() -> None:
    assert {each.stem for each in CRITERIA.glob("*.toml")} == set(FACTS_OF)


def test_what_is_shared_is_shared() -> None:
    included = Counter(
        each for code in FACTS_OF for each in sheet(code)["product_set"][0].get("include", [])
    )
    assert set(included) == {f"common/{each.name}" for each in CRITERIA.glob("common/*.toml")}
    assert min(included.values()) >= 2


@every_set
def test_codes_are_known_and_used_once(code: str) -> None:
    rows = sheet(code)
    sections = [each["code"] for each in rows["section"]]
    criteria = [each["code"] for each in rows["criterion"]]
    texts = [(each["criterion"], each["points"], each["text"]) for each in rows["option"]]
    assert sheet(code)["product_set"][0]["code"] == code
    assert len(set(sections)) == len(sections)
    assert len(set(criteria)) == len(criteria)
    assert len(set(texts)) == len(texts)
    assert {each["section"] for each in rows["criterion"]} == set(sections)
    assert {each["criterion"] for each in rows["option"]} == set(criteria)
    assert all(set(row) <= KEYS[kind] for kind in KEYS for row in rows[kind])


@every_set
def test_it_adds_up(code: str) -> None:
    rows = sheet(code)
    parts, sections = Counter[str](), Counter[str]()
    for section in rows["section"]:
        parts[section["part"]] += section["max_points"]
    for criterion in rows["criterion"]:
        sections[criterion["section"]] += criterion["max_points"]
        assert max(points(code, criterion["code"])) == criterion["max_points"], criterion["code"]
    assert parts == PARTS
    assert sections == {each["code"]: each["max_points"] for each in rows["section"]}


@every_set
def test_every_text_is_there_in_both_languages(code: str) -> None:
    for kind, rows in sheet(code).items():
        for row, key in ((row, key) for row in rows for key in WRITTEN if key in row):
            pair = (row[key], row[f"{key}_vi"])
            english, vietnamese = (each if isinstance(each, list) else [each] for each in pair)
            assert len(english) == len(vietnamese) > 0, (kind, key, row)
            assert all(each and each == each.strip() for each in english + vietnamese), row
        for row in rows:
            assert all(each.removesuffix("_vi") in row for each in row), row


@every_set
def test_knock_outs(code: str) -> None:
    found = {each["code"] for each in sheet(code)["criterion"] if "knock_out" in each}
    assert found == KNOCK_OUTS[code]


@every_set
def test_a_condition_names_an_earlier_criterion(code: str) -> None:
    before: list[str] = []
    for criterion in sheet(code)["criterion"]:
        if "only_if" in criterion:
            asked, least = criterion["only_if"]
            assert asked in before
            assert min(points(code, asked)) < least <= max(points(code, asked))
        before.append(criterion["code"])


@cache
def facts(code: str) -> dict[str, Any]:
    if not FACTS.exists():
        pytest.skip(f"the published criteria are not at {FACTS} (set ORIGINMARK_SHARED)")
    sets = json.loads(FACTS.read_text(encoding="utf-8"))["sets"]
    return next(each for each in sets if each["set_id"] == FACTS_OF[code])


def published(code: str) -> list[dict[str, Any]]:
    """Return the published criteria of a set, without its headings."""
    listed = [each for section in facts(code)["sections"] for each in section["criteria"]]
    return [each for each in listed if not each["is_header"]]


@every_set
def test_points_are_those_published(code: str) -> None:
    ours = [
        (each["code"], each["max_points"], points(code, each["code"]))
        for each in sheet(code)["criterion"]
    ]
    theirs = [
        (each["code"], each["max_points"], [option["points"] for option in each["options"]])
        for each in published(code)
    ]
    assert ours == theirs


@every_set
def test_sections_are_those_published(code: str) -> None:
    ours = Counter[tuple[str, int]]()
    for section in sheet(code)["section"]:
        ours[section["part"], by_code(section)[0]] += section["max_points"]
    theirs = {(each["part"], each["index"]): each["max_points"] for each in facts(code)["sections"]}
    assert ours == theirs


@every_set
def test_knock_outs_are_those_published(code: str) -> None:
    listed = [each for section in facts(code)["sections"] for each in section["criteria"]]
    flagged = {
        ON_THE_HEADING.get((code, each["code"]), each["code"])
        for each in listed
        if each["knockout"]
    }
    assert KNOCK_OUTS[code] == flagged | {each for set_, each in UNFLAGGED if set_ == code}


@every_set
def test_conditions_are_those_published(code: str) -> None:
    theirs = {each["code"] for each in published(code) if "khi có câu chuyện" in each["note_vi"]}
    assert {each["code"] for each in sheet(code)["criterion"] if "only_if" in each} == theirs


@every_set
def test_choices_of_a_case_are_those_published(code: str) -> None:
    theirs = {each["code"] for each in published(code) if "một trong hai" in each["note_vi"]}
    ours = {
        each["criterion"]
        for each in sheet(code)["option"]
        if each["text"].startswith("Second case")
    }
    assert ours == theirs == {"3.2"}


@every_set
def test_sentences_are_our_own(code: str) -> None:
    """Facts carry over, sentences do not: nothing of more than four words is theirs."""

    def plain(text: str) -> str:
        return " ".join(text.casefold().replace(",", " ").replace(".", " ").split())

    theirs = {
        plain(each["text"]) for criterion in published(code) for each in criterion["options"]
    } | {plain(each["note_vi"]) for each in published(code)}
    ours = {plain(each["text_vi"]) for each in sheet(code)["option"]}
    ours |= {plain(each.get("note_vi", "")) for each in sheet(code)["criterion"]}
    assert {each for each in ours & theirs if len(each.split()) > 4} == set()

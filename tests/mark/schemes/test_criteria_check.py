"""Criteria that do not add up are refused, with the sums and the file in the sentence."""

import pytest
from builders.rulebooks import CRITERIA, STAR_SCHEME, STORY, including
from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.schemes.rulebook_kinds import criteria, stars
from originmark.mark.schemes.rulebook_text import read

FILE = read(STAR_SCHEME)[0]
assert FILE is not None
SCHEME = stars.scheme(FILE)


def findings(text: str, story: str = STORY) -> list[str]:
    def given_story(path: str) -> str | None:
        return story if including(path) else None

    found_set, found = criteria.check_set(text, SCHEME, given_story)
    assert (found_set is None) == bool(found)
    return [str(each) for each in found]


def finding(old: str, new: str) -> str:
    """Return the only finding after one change to criteria that add up."""
    assert old in CRITERIA + STORY, old
    found = findings(CRITERIA.replace(old, new, 1), STORY.replace(old, new, 1))
    assert len(found) == 1, found
    return found[0]


def test_criteria_that_add_up_have_no_finding() -> None:
    assert findings(CRITERIA) == []


def test_sections_must_give_what_their_part_gives() -> None:
    found = findings(CRITERIA.replace("= 60", "= 50").replace("points = 60", "points = 50"))

    assert found == [
        (
            "line 1, [product_set]: The sections of part A give 1: 50 = 50 points, but the part "
            "gives 60. Correct the points of a section."
        )
    ]


def test_criteria_must_give_what_their_section_gives() -> None:
    found = findings(
        CRITERIA, STORY.replace("max_points = 10", "max_points = 9").replace("s = 10", "s = 9")
        .replace('["2.1", 10]', '["2.1", 9]')
    )  # fmt: skip

    assert found == [
        (
            "common/story.toml line 5, [[section]] 1 max_points: The criteria of section 2 give "
            "2.1: 9 + 2.2: 30 = 39 points, but the section gives 40. Correct the points of a "
            "criterion."
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points = 20", "points = 70", "gives 70 points, but its most is 60"),
        ('criterion = "2.2"', 'criterion = "2.9"', "There is no criterion 2.9"),
        ('subgroups = ["I.4"]', 'subgroups = ["I.9"]', "no subgroup I.9. Known are I.4, VI."),
        ('only_if = ["2.1", 10]', 'only_if = ["2.3", 1]', "no criterion 2.3 stands before it"),
        ('only_if = ["2.1", 10]', 'only_if = ["2.2", 1]', "no criterion 2.2 stands before it"),
        ('only_if = ["2.1", 10]', 'only_if = ["2.1", 11]', "which gives 1 to 10"),
        ('only_if = ["2.1", 10]', 'only_if = "2.1"', 'such as ["5.1", 1]'),
        ('knock_out = "All', 'knock_out_vi = "All', "Write knock_out beside it, in English"),
        ('knock_out = "All of it imported, or of unknown origin"', 'knock_out = ""', "missing"),
        ('evidence_vi = ["Hợp đồng", "Hóa đơn"]', 'evidence_vi = ["Hợp đồng"]', "1 texts here"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, said: str) -> None:
    assert said in finding(old, new)


def test_a_section_of_no_part_is_told_and_missed_where_it_belongs() -> None:
    part, section = findings(CRITERIA.replace('part = "A"', 'part = "Z"'))

    assert "The sections of part A give – = 0 points, but the part gives 60." in part
    assert "The scheme has no part Z. Known are A, B." in section


def test_two_options_of_the_same_points_and_words_are_told() -> None:
    twin = '[[option]]\ncriterion = "2.1"\npoints = 0\ntext = "no story"\n'

    (found,) = findings(CRITERIA, STORY + twin)

    assert found.endswith("Line 19 has an option of the same points and words.")


def test_a_file_that_is_not_there_is_told() -> None:
    (found,) = findings(CRITERIA.replace("common/story", "common/glory"))

    assert "There is no file common/glory.toml to include." in found


def test_an_included_file_that_is_no_toml_is_told_with_its_name() -> None:
    (found,) = findings(CRITERIA, "[[section]\n")

    assert found.startswith("common/story.toml line 1, file: This is not readable as TOML")


def test_a_resolved_set_stands_alone_and_says_the_same() -> None:
    whole = criteria.resolved(CRITERIA, including)

    assert criteria.check_set(whole, SCHEME) == criteria.check_set(CRITERIA, SCHEME, including)
    assert "include" not in whole


@given(st.text(max_size=200))
def test_whatever_the_text_the_checker_answers(text: str) -> None:
    assert criteria.check_set(text, SCHEME)[1]
    criteria.check_set(CRITERIA + text, SCHEME, including)

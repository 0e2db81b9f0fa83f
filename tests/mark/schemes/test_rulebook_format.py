"""The examples of the reference add up."""

import re
from pathlib import Path

import pytest

from originmark.mark.schemes.rulebook_check import Surroundings, check
from originmark.mark.schemes.rulebook_kinds import criteria, stars
from originmark.mark.schemes.rulebook_text import read

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/rulebook-format.md"
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
RULEBOOKS = [each for each in EXAMPLES if "[rulebook]" in each]
SETS = [each for each in EXAMPLES if "[product_set]" in each]


@pytest.mark.parametrize(
    "text", RULEBOOKS, ids=["balance", "star-scheme", "use-rules", "gi-procedure"]
)
def test_an_example_of_a_rulebook_has_the_right_shape(text: str) -> None:
    around = Surroundings(lambda _: True, lambda _: True, lambda _: ())

    _, findings = check(text, around)

    # Version 1, which the first example supersedes, is not loaded here.
    assert [each.where for each in findings] in ([], ["[rulebook] supersedes"])


def test_the_example_of_criteria_lacks_nothing_but_the_sum_of_the_part() -> None:
    scheme = next(read(each)[0] for each in RULEBOOKS if "star-scheme" in each)
    assert scheme is not None

    _, findings = criteria.check_set(SETS[0], stars.scheme(scheme), lambda _: "")

    (finding,) = findings
    assert "The sections of part A give 1: 3 = 3 points, but the part gives 100." in str(finding)

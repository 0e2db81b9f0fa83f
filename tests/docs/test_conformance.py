"""The committed conformance tables are those of the requirements and marks as they stand."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from conformance.plugin import FILES, MARKS
from conformance.requirements import books, requirements
from conformance.table import without_case

FOLDER = Path(__file__).resolve().parents[2] / "docs/reference"
PAGES = [FOLDER / f"{book.name}-conformance.md" for book in books()]
STALE = "docs/reference/*-conformance.md are stale: run `make conformance`"


def committed() -> dict[str, set[str]]:
    """Return the tests of each line of the pages."""
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    lines = [line for text in texts for line in text.splitlines() if line[:3] == "| `"]
    cells = [line.split(" | ") for line in lines]
    return {
        each[0].strip("| `"): {f"tests/{name}" for name in re.findall(r"`([^`]+)`", each[-2])}
        for each in cells
    }


def test_the_page_has_a_line_for_each_requirement() -> None:
    assert list(committed()) == [each.id for each in requirements()], STALE


@pytest.mark.slow  # part of the run of all tests, which writes the page
def test_the_page_names_the_tests_that_carry_the_marks(request: pytest.FixtureRequest) -> None:
    """For every file of this run; a run of all tests therefore compares all of them."""
    if any("::" in each for each in request.config.args):
        pytest.skip("some tests of a file alone cannot be compared")
    files = request.config.stash[FILES]
    marked: dict[str, set[str]] = defaultdict(set)
    for nodeid, names in request.config.stash[MARKS].items():
        for name in names:
            marked[name].add(without_case(nodeid))

    written = {
        name: {test for test in tests if test.partition("::")[0] in files}
        for name, tests in committed().items()
    }

    assert {name: tests for name, tests in written.items() if tests} == dict(marked), STALE

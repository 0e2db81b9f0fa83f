"""From marks and outcomes to the conformance tables."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from conformance.requirements import Book, Requirement

NO_TEST, ELSEWHERE = "no test", "in another run"
HEAD = """\
# {title}: what is asked, and the tests that show it

Written by the run of the tests (`make test`), never by hand. The requirements stand in
`tests/conformance/{file}`, in our own words; a test says which of them it shows with
`@pytest.mark.conforms`. "passed" means that every test of the line passed, on SQLite; "passed in
part" that some did and the others could not run; brackets say what became of a test that did not.
"""


@dataclass
class Shown:
    """The tests of one requirement, each with the outcomes of its cases."""

    tests: dict[str, set[str]] = field(default_factory=dict)

    @property
    def result(self) -> str:
        """What became of all tests together."""
        return _together(set().union(*self.tests.values())) if self.tests else NO_TEST


def _together(outcomes: set[str]) -> str:
    if "failed" in outcomes:
        return "failed"
    if "passed" in outcomes:
        return "passed in part" if "skipped" in outcomes else "passed"
    return "skipped" if "skipped" in outcomes else ELSEWHERE


def without_case(nodeid: str) -> str:
    """Return the name of a test without the parameters of its case.

    >>> without_case("tests/a/test_b.py::test_c[1-x::y]")
    'tests/a/test_b.py::test_c'
    """
    return nodeid.partition("[")[0]


def gathered(marks: Mapping[str, Iterable[str]], outcomes: Mapping[str, str]) -> dict[str, Shown]:
    """Return what each requirement was shown by, from marks and outcomes by case of a test."""
    shown: dict[str, Shown] = {}
    for nodeid in sorted(marks):
        for name in marks[nodeid]:
            cases = shown.setdefault(name, Shown()).tests.setdefault(without_case(nodeid), set())
            cases.add(outcomes.get(nodeid, ELSEWHERE))
    return shown


def result_of(requirement: Requirement, shown: Mapping[str, Shown]) -> str:
    """Return the word for a line of the table."""
    if requirement.reason:
        return "not offered"
    return shown.get(requirement.id, Shown()).result


def page(book: Book, shown: Mapping[str, Shown]) -> str:
    """Return the page of a standard: counts, then a table for each group."""
    counts = Counter(result_of(each, shown) for each in book.requirements)
    words = ("passed", "passed in part", "failed", "skipped", ELSEWHERE, NO_TEST, "not offered")
    total = f"**{len(book.requirements)} requirements**: " + ", ".join(
        f"{counts[word]} {word}" for word in words
    )
    parts = [HEAD.format(title=book.title, file=book.file), total + ".\n"]
    for title, group in groupby(book.requirements, key=lambda each: each.group):
        parts.append(
            f"## {title}\n\n| id | section | requirement | tests | result |\n|---|---|---|---|---|"
        )
        parts.extend(_line(each, shown) for each in group)
        parts.append("")
    return "\n".join(parts)


def _line(requirement: Requirement, shown: Mapping[str, Shown]) -> str:
    tests = shown.get(requirement.id, Shown()).tests
    named = "<br>".join(_named(name, cases) for name, cases in tests.items())
    text = requirement.text + (f": {requirement.reason}" if requirement.reason else "")
    cells = (f"`{requirement.id}`", requirement.section, text.replace("|", "\\|"), named or "–")
    return f"| {' | '.join(cells)} | {result_of(requirement, shown)} |"


def _named(test: str, cases: set[str]) -> str:
    name, became = f"`{test.removeprefix('tests/')}`", _together(cases)
    return name if became == "passed" else f"({name}: {became})"

"""The marker ``conforms`` and the option ``--conformance``, which writes the tables.

Each process that collects tests knows the marks, each report the outcome. With xdist the workers
send their marks when they end; the controller puts both together and writes the pages.
"""

from pathlib import Path
from typing import Any

import pytest
from conformance.requirements import FILES as BOOKS
from conformance.requirements import books, ids_to_show, requirements
from conformance.table import NO_TEST, gathered, page, result_of

MARKS: pytest.StashKey[dict[str, list[str]]] = pytest.StashKey()
FILES: pytest.StashKey[set[str]] = pytest.StashKey()
OUTCOMES: pytest.StashKey[dict[str, str]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--conformance",
        metavar="FOLDER",
        help="write the tables of requirements, tests and results; for a run of all tests",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MARKS] = {}
    config.stash[OUTCOMES] = {}
    config.stash[FILES] = set()
    if config.getoption("--conformance"):
        config.pluginmanager.register(Gathering(config), "conformance-gathering")


@pytest.hookimpl(tryfirst=True)  # before tests are deselected: those have a line too
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        config.stash[FILES].add(item.nodeid.partition("::")[0])
        names = list(dict.fromkeys(_names(item)))
        if names:
            config.stash[MARKS][item.nodeid] = names


def _names(item: pytest.Item) -> list[str]:
    names = [name for mark in item.iter_markers("conforms") for name in mark.args]
    unknown = sorted(set(names) - ids_to_show())
    if unknown:
        raise pytest.UsageError(
            f"{item.nodeid} carries conforms({', '.join(map(repr, unknown))}), which "
            f"tests/conformance ({', '.join(BOOKS.values())}) does not list: "
            "correct the mark or add a line."
        )
    return names


class Gathering:
    """Puts marks and outcomes together; lives in the controller and in every worker."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.is_worker = hasattr(config, "workerinput")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the outcome of a test: of its call, or of whatever kept it from being called."""
        outcomes = self.config.stash[OUTCOMES]
        if report.when == "call" or report.outcome != "passed":
            earlier = outcomes.get(report.nodeid)
            outcomes[report.nodeid] = "failed" if earlier == "failed" else report.outcome

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take the marks that a worker of xdist collected."""
        self.config.stash[MARKS].update(getattr(node, "workeroutput", {}).get("conforms", {}))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the marks to the controller, or write the tables; fail if a line has no test."""
        marks = self.config.stash[MARKS]
        if self.is_worker:
            self.config.workeroutput["conforms"] = marks  # type: ignore[attr-defined]
            return
        shown = gathered(marks, self.config.stash[OUTCOMES])
        folder = Path(self.config.getoption("--conformance"))
        for book in books():
            target = folder / f"{book.name}-conformance.md"
            target.write_text(page(book, shown), encoding="utf-8")
        self.missing = [r.id for r in requirements() if result_of(r, shown) == NO_TEST]
        if self.missing and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say which requirements no test shows."""
        if missing := getattr(self, "missing", []):
            terminalreporter.section("requirements without a test")
            terminalreporter.write_line(" ".join(missing))

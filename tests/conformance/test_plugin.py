"""The conformance table says what the run of the tests found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conformance.requirements import ids_to_show, requirements
from conformance.table import gathered, page

TESTS = Path(__file__).resolve().parents[1]
SAMPLE = """
import pytest

@pytest.mark.conforms("E-1", "C-4")
@pytest.mark.parametrize("n", [1, 2])
def test_shows(n): pass

@pytest.mark.conforms("E-2")
def test_fails(): assert False

@pytest.mark.conforms("E-3")
def test_waits(): pytest.skip("nothing here")

@pytest.mark.conforms("E-4", "C-4")
@pytest.mark.postgres
def test_elsewhere(): pass
"""


def run(folder: Path, sample: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_sample.py").write_text(sample)
    (folder / "pytest.ini").write_text(
        f"[pytest]\npythonpath = {TESTS}\nmarkers =\n    postgres: x\n    conforms: x\n"
    )
    (folder / "conftest.py").write_text("pytest_plugins = ['conformance.plugin']\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "xdist"]
    return subprocess.run(
        [*command, *options], cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )  # fmt: skip


def lines(table: Path) -> dict[str, str]:
    cells = [line.split(" | ") for line in table.read_text().splitlines() if line[:3] == "| `"]
    return {each[0].strip("| `"): f"{each[3]} | {each[4].strip(' |')}" for each in cells}


@pytest.mark.parametrize("processes", [[], ["-n", "2"]], ids=["one process", "xdist"])
def test_a_run_writes_what_became_of_each_requirement(tmp_path: Path, processes: list[str]) -> None:
    table = tmp_path / "table.md"

    outcome = run(tmp_path, SAMPLE, f"--conformance={table}", "-m", "not postgres", *processes)

    assert "1 failed" in outcome.stdout
    found = lines(table)
    assert found["E-1"] == "`test_sample.py::test_shows` | passed"
    assert found["E-2"] == "(`test_sample.py::test_fails`: failed) | failed"
    assert found["E-3"] == "(`test_sample.py::test_waits`: skipped) | skipped"
    assert found["E-4"] == "(`test_sample.py::test_elsewhere`: in another run) | in another run"
    assert found["C-4"].endswith("| passed")
    assert found["E-5"] == "– | no test"
    assert found["SOAP"] == "– | not offered"
    assert found.keys() == {each.id for each in requirements()}


@pytest.mark.parametrize("processes", [[], ["-n", "1"]], ids=["one process", "xdist"])
def test_a_requirement_without_a_test_fails_the_run(tmp_path: Path, processes: list[str]) -> None:
    outcome = run(
        tmp_path, "def test_x(): pass\n", f"--conformance={tmp_path / 'x.md'}", *processes
    )

    assert outcome.returncode == pytest.ExitCode.TESTS_FAILED
    assert "1 passed" in outcome.stdout
    assert "QF-attr" in outcome.stdout.partition("requirements without a test")[2]


def test_a_mark_that_no_requirement_answers_to_ends_the_run(tmp_path: Path) -> None:
    sample = "import pytest\n@pytest.mark.conforms('E-99')\ndef test_x(): pass\n"

    outcome = run(tmp_path, sample)

    assert outcome.returncode == pytest.ExitCode.USAGE_ERROR
    assert "conforms('E-99')" in outcome.stderr


def test_what_has_no_test_says_so() -> None:
    shown = gathered({}, {})
    assert f"{len(ids_to_show())} no test" in page(shown)


def test_one_failure_outweighs_what_passed() -> None:
    marks = {"a.py::t[1]": ["E-1"], "a.py::t[2]": ["E-1"]}
    shown = gathered(marks, {"a.py::t[1]": "passed", "a.py::t[2]": "failed"})
    assert shown["E-1"].result == "failed"


def test_every_requirement_has_a_name_of_its_own() -> None:
    names = [each.id for each in requirements()]
    assert len(names) == len(set(names))
    assert all(each.text and each.section for each in requirements())

"""The house is built as drawn: layers hold, and a planted trespass is caught."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
)

TRESPASSES = {
    "a wing imports a wing above": (
        "trace/ledger/trespass.py",
        "import originmark.mark.labels",
        "A wing imports only from wings below it",
    ),
    "a room imports a room above": (
        "origin/parties/trespass.py",
        "import originmark.origin.certificates",
        "Rooms of origin",
    ),
    "a standard imports a framework": (
        "standards/gs1/trespass.py",
        "import django",
        "standards imports no framework",
    ),
}


def contracts_broken(folder: Path) -> str:
    """Return what the import linter says about a copy of the sources; nothing if all is well."""
    search = f"{folder / 'src'}:{folder}"
    done = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": search, "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def copy_sources(folder: Path) -> None:
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "config").rglob("*.py")]:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("trespass", TRESPASSES)
def test_a_planted_trespass_fails(trespass: str, tmp_path: Path) -> None:
    place, line, contract = TRESPASSES[trespass]
    copy_sources(tmp_path)
    assert contracts_broken(tmp_path) == ""

    (tmp_path / "src/originmark" / place).write_text(line + "\n")

    assert contract in contracts_broken(tmp_path)

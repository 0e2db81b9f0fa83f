"""Files stay small because somebody counts."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES_AT_MOST = {".py": 400, "page.html": 200, "partial.html": 80}
BANNED_NAMES = {"utils.py", "helpers.py", "common.py"}
LONGER_FOR_A_REASON: dict[str, str] = {}


def counted() -> list[Path]:
    folders = [ROOT / name for name in ("src", "config", "tests", "bench", "scripts")]
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".py", ".html"} and "migrations" not in path.parts
    ]


def limit(path: Path) -> int:
    if path.suffix == ".py":
        return LINES_AT_MOST[".py"]
    return LINES_AT_MOST["partial.html" if path.name.startswith("_") else "page.html"]


def test_no_file_is_too_long() -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in counted()
        if (lines := len(path.read_text().splitlines())) > limit(path)
    }
    assert found.keys() == LONGER_FOR_A_REASON.keys(), found


def test_no_file_is_called_by_a_name_that_says_nothing() -> None:
    assert [str(path) for path in counted() if path.name in BANNED_NAMES] == []


def test_lock_files_name_no_host() -> None:
    locks = list(ROOT.glob("requirements*.lock"))
    assert len(locks) == 2
    for path in locks:
        assert "://" not in path.read_text()
        assert "--hash=sha256:" in path.read_text()

"""``make test`` leaves nothing out."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARK = re.compile(r"^pytestmark = .*mark\.browser|^@pytest\.mark\.browser", re.MULTILINE)


def test_every_test_that_drives_a_browser_is_named() -> None:
    line = re.search(r"^IN_BROWSER = (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert line is not None
    named = tuple(line[1].split())

    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if MARK.search(path.read_text())]

    marked = [str(path.relative_to(ROOT)) for path in tests]
    assert len(marked) >= len(named)
    assert [path for path in marked if not path.startswith(named)] == []

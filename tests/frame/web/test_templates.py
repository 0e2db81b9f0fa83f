"""What every template of every room has to keep to, read from the files."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from originmark.frame.web import icons

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "originmark"
ICON = re.compile(r"""(?:<c-icon\s+name=|\{%\s*icon\s+|\bicon=)["']([a-z0-9-]+)["']""")
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))


def test_every_icon_that_is_named_is_there() -> None:
    files = [*TEMPLATES, *SOURCE.rglob("*.py")]
    missing = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in files
        for name in ICON.findall(path.read_text())
        if not (icons.FOLDER / f"{name}.svg").is_file()
    }

    assert missing == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_needs_inline_style_or_script(path: Path) -> None:
    """The content security policy blocks both, silently for whoever wrote them."""
    text = path.read_text()

    assert re.search(r"<[^>]*\sstyle=", text) is None
    assert re.search(r"<[^>]*\son[a-z]+=", text) is None
    assert re.search(r"<script(?![^>]*(src=|application/|nonce=))", text) is None


def test_vendored_files_are_as_the_manifest_lists_them() -> None:
    for package in json.loads((ROOT / "vendor" / "manifest.json").read_text()).values():
        folder = ROOT / package["folder"]
        kept = {path.name for path in folder.iterdir()} - {"LICENCE"}
        assert kept == set(package["files"])
        for name, listed in package["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == listed["sha256"]
            assert "sourceMappingURL" not in (folder / name).read_text()

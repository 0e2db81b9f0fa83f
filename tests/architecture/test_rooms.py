"""Rooms meet only at their doors, and rules import no framework."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "originmark"
DOORS = {"services", "selectors"}
VALUES = {
    ("parties", "access"),
    ("schemes", "star_values"),
    ("schemes", "use_values"),
}  # read by pure rules as well
FREE_WINGS = {"standards", "frame", "demo"}  # what every room stands on, and a wing of one room
FRAMEWORKS = {"django", "ninja", "pydantic", "allauth"}


def modules_imported(source: str) -> Iterator[str]:
    """Yield every module that a source imports, ``from a import b`` as ``a.b``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def trespass(importer: Path, module: str) -> str | None:
    """Return why a file of a room may not import a module, or None if it may."""
    parts = module.split(".")
    if parts[0] != "originmark" or len(parts) < 4 or parts[1] in FREE_WINGS:
        return None
    wing, room, door = parts[1], parts[2], parts[3]
    if importer.relative_to(SOURCES).parts[:2] == (wing, room):
        return None
    if door in DOORS or (room, door) in VALUES:
        return None
    if door == "sockets":
        return None if importer.name == "apps.py" else "sockets are plugged in from apps.py only"
    return f"{door} is not a door of {wing}.{room}"


def room_files() -> list[Path]:
    return [path for path in SOURCES.rglob("*.py") if "migrations" not in path.parts]


def test_rooms_meet_only_at_their_doors() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {module}: {why}"
        for path in room_files()
        for module in modules_imported(path.read_text())
        if (why := trespass(path, module))
    ]
    assert found == []


def test_rules_import_no_framework() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in room_files()
        if path.name == "rules.py" or "standards" in path.relative_to(SOURCES).parts
        for module in modules_imported(path.read_text())
        if module.split(".")[0] in FRAMEWORKS
    ]
    assert found == []


@pytest.mark.parametrize(
    ("place", "module", "expected"),
    [
        ("mark/labels/services.py", "originmark.trace.lots.models.Lot", "models is not a door"),
        ("mark/labels/services.py", "originmark.trace.lots.sockets.plug", "from apps.py only"),
        ("mark/labels/services.py", "originmark.trace.lots.services.pack", None),
        ("mark/labels/apps.py", "originmark.trace.lots.sockets.plug", None),
        ("mark/labels/views.py", "originmark.origin.parties.access.require", None),
        ("mark/labels/views.py", "originmark.mark.labels.models.LabelRun", None),
    ],
)
def test_the_checker_itself_knows_a_door(place: str, module: str, expected: str | None) -> None:
    why = trespass(SOURCES / place, module)
    if expected is None:
        assert why is None
    else:
        assert why is not None
        assert expected in why

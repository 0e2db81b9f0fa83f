"""The documentation says what is there: pages from the code are fresh, names and links exist."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.urls import resolve

from config import command
from originmark.demo import people

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TUTORIALS = sorted((DOCS / "tutorial").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
MADE_BY_A_COMMAND = "docs/screens"  # `make screens` takes the pictures


def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "write_reference", ROOT / "scripts/write_reference.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = writer()


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_in(text: str) -> Iterator[str]:
    """Yield what stands in backticks, in fences and in indented blocks."""
    yield from re.findall(r"```.*?```", text, re.DOTALL)
    rest = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    yield from re.findall(r"^ {4}.+$", rest, re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", rest)


def commands_named(text: str) -> set[str]:
    found = (re.findall(r"(?<![\w.:@-])originmark ([a-z][\w-]*)", code) for code in code_in(text))
    return {command.module_of(name) for names in found for name in names}


@pytest.mark.parametrize("page", REFERENCE.PAGES)
def test_what_follows_from_the_code_is_fresh(page: str) -> None:
    written = (REFERENCE.FOLDER / page).read_text(encoding="utf-8")
    assert written == REFERENCE.PAGES[page](), f"docs/reference/{page} is stale: run `make docs`"


def test_every_setting_is_explained_and_nothing_else() -> None:
    assert REFERENCE.names_explained() - {"DATABASE_URL"} == REFERENCE.names_in_sources()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    inside = [each.split("#")[0] for each in targets if "://" not in each and each[0] != "#"]
    missing = [each for each in inside if not (path.parent / each).exists()]
    assert [each for each in missing if MADE_BY_A_COMMAND not in each] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_settings_and_commands_named_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = REFERENCE.names_explained() | REFERENCE.FOR_TESTS
    assert set(REFERENCE.NAME.findall(text)) <= known
    assert commands_named(text) <= {name for name, _ in command.commands()}


def test_a_command_that_does_not_exist_is_noticed() -> None:
    assert commands_named("`.venv/bin/originmark grow --fast`, `a/originmark.x`") == {"grow"}
    assert commands_named("```\noriginmark demo && originmark serve\n```") == {"demo", "serve"}


@pytest.mark.parametrize("path", TUTORIALS, ids=name_of)
def test_addresses_and_people_in_tutorials_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for code in code_in(text):
        for address in re.findall(r"(?:(?<=localhost:8000)|^)(/[^\s\"'`?]*)", code):
            resolve(address)  # raises Resolver404 for a page that is not there
    named = set(re.findall(r"[\w.]+@demo\.example", text))
    assert named <= {each.email for each in people.EVERYBODY}


def words_of_the_pages() -> str:
    source = ROOT / "src/originmark"
    files = [*source.rglob("*.html"), *source.rglob("*.py")]
    return "\n".join(each.read_text(encoding="utf-8") for each in files)


def test_words_in_bold_in_tutorials_stand_on_pages() -> None:
    said = words_of_the_pages()
    missing = [
        f"{name_of(path)}: {phrase}"
        for path in TUTORIALS
        for phrase in re.findall(r"\*\*([^*]+)\*\*", path.read_text(encoding="utf-8"))
        if phrase not in said
    ]
    assert missing == []

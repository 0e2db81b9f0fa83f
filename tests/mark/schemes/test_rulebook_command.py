"""``originmark rulebook check FILE`` and ``load FILE``."""

from io import StringIO
from pathlib import Path

import pytest
from builders.schemes import a_brand, a_rulebook_text, known_products
from django.core.management import CommandError, call_command

from originmark.mark.schemes.models import Rulebook

pytestmark = pytest.mark.django_db


def a_file(folder: Path, text: str) -> str:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_checking_says_what_the_file_holds_and_loads_nothing(tmp_path: Path) -> None:
    a_brand("yangqu", products=["millet", "millet-grain"])
    out = StringIO()

    call_command("rulebook", "check", a_file(tmp_path, a_rulebook_text("yangqu")), stdout=out)

    assert out.getvalue() == "yangqu v1 adds up: 1 yield cap(s), 1 conversion(s).\n"
    assert not Rulebook.objects.exists()


def test_loading_loads(tmp_path: Path) -> None:
    a_brand("yangqu", products=["millet", "millet-grain"])
    out = StringIO()

    call_command("rulebook", "load", a_file(tmp_path, a_rulebook_text("yangqu")), stdout=out)

    assert out.getvalue() == "yangqu v1 is loaded, valid from 2026-01-01.\n"
    assert Rulebook.objects.get().loaded_by == "Originmark"


@pytest.mark.parametrize("verb", ["check", "load"])
def test_findings_are_told_with_their_line(verb: str, tmp_path: Path) -> None:
    known_products(["millet", "millet-grain"])
    out = StringIO()

    with pytest.raises(CommandError, match=r"1 finding"):
        call_command("rulebook", verb, a_file(tmp_path, a_rulebook_text("nobody")), stdout=out)

    assert "line 5, [rulebook] brand: There is no brand nobody." in out.getvalue()
    assert not Rulebook.objects.exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rulebook", "check", str(tmp_path / "missing.toml"))

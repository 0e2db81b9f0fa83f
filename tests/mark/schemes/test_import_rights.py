"""``originmark import rights FILE``: once it takes, twice it changes nothing."""

import json
import os
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from auditlog.models import LogEntry
from builders.schemes import a_brand
from django.core.management import CommandError, call_command

from originmark.mark.schemes import services
from originmark.mark.schemes.models import Right
from originmark.origin.parties.access import SYSTEM

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
REGISTER = SHARED / "data" / "uk_gi_register_defra_2020.csv"
HEADER = "name,number,register,authority,kind,country,status,registered_on\n"
GOOD = "Yangqu millet,AGI1,MARA,Ministry,gi_agricultural,CN,registered,2011-12-20\n"
BAD = "Elsewhere,AGI2,MARA,Ministry,gi_agricultural,Atlantis,registered,2011-12-20\n"


def run(path: Path, *options: str) -> dict[str, Any]:
    """Run the command and return its report."""
    out = StringIO()
    with suppress(CommandError):  # it ends so when a row was refused
        call_command("import", "rights", str(path), "--json", *options, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    return report["taken"], report["changed"], report["unchanged"], report["refused"]


def a_file(folder: Path, text: str) -> Path:
    path = folder / "register.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_good_rows_are_taken_and_bad_ones_told(tmp_path: Path) -> None:
    report = run(a_file(tmp_path, HEADER + GOOD + BAD))

    assert counts(report) == (1, 0, 0, 1)
    assert report["refusals"] == [
        {
            "row": 3,
            "column": "country",
            "found": "Atlantis",
            "reason": "There is no country “Atlantis”. Give its name or ISO code.",
        }
    ]
    assert Right.objects.get().source == "register.csv"


def test_checking_takes_nothing(tmp_path: Path) -> None:
    assert counts(run(a_file(tmp_path, HEADER + GOOD), "--check")) == (1, 0, 0, 0)
    assert not Right.objects.exists()


def test_a_changed_row_changes_its_right_and_leaves_a_trail(tmp_path: Path) -> None:
    run(a_file(tmp_path, HEADER + GOOD))
    right = Right.objects.get()
    brand = a_brand("yangqu")
    services.attach_right(
        register="MARA", number="AGI1", brand_code="yangqu", by=SYSTEM, now=right.recorded_at
    )

    report = run(a_file(tmp_path, HEADER + GOOD.replace("Yangqu", "Yángqǔ")))

    right.refresh_from_db()
    assert counts(report) == (0, 1, 0, 0)
    assert (right.name, right.folded_name, right.brand) == ("Yángqǔ millet", "yangqu millet", brand)
    entry = LogEntry.objects.get_for_object(right).filter(action=LogEntry.Action.UPDATE).first()
    assert entry is not None
    assert entry.changes["name"] == ["Yangqu millet", "Yángqǔ millet"]


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\xff\xfe")

    with pytest.raises(CommandError, match="could not be read"):
        call_command("import", "rights", str(path))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import", "rights", str(tmp_path / "missing.csv"))


@pytest.mark.skipif(not REGISTER.exists(), reason="the shared data are not here")
def test_the_british_register_is_taken_whole_and_a_second_run_changes_nothing(
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(150):
        first = run(REGISTER)
    second = run(REGISTER)

    assert counts(first) == (3715, 0, 0, 0)
    assert counts(second) == (0, 0, 3715, 0)
    assert [note["row"] for note in first["remarks"]] == [249, 1848, 3514]
    assert Right.objects.filter(status="registered").count() == 3341
    assert Right.objects.filter(folded_name__contains="cotes du rhone").exists()
    assert LogEntry.objects.get_for_objects(Right.objects.all()).count() == 3715

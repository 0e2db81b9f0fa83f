"""What is handed out keeps its name and its kind, is nobody else's, and runs nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from originmark.frame.web import files

pytestmark = pytest.mark.django_db  # an answer that is closed lets go of connections


@pytest.fixture
def stored(tmp_path: Path) -> Any:
    """Return what puts a file into a folder as a row would."""

    def put(name: str, content: bytes = b"content") -> FieldFile:
        field = FileField(storage=FileSystemStorage(location=tmp_path))
        return FieldFile(None, field, field.storage.save(name, ContentFile(content)))

    return put


def told(response: FileResponse) -> tuple[bytes, str, str]:
    content = response.getvalue()
    response.close()
    return content, response["Content-Type"], response["Content-Disposition"]


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [(".pdf", "application/pdf"), (".jpg", "image/jpeg"), (".png", "image/png"),
     (".webp", "image/webp")],
)  # fmt: skip
def test_a_checked_file_opens_in_the_browser_under_its_name(
    stored: Any, ending: str, media_type: str
) -> None:
    response = files.shown(stored(f"a1b2{ending}"), f"Map{ending}")

    assert told(response) == (b"content", media_type, f'inline; filename="Map{ending}"')
    assert response["Cache-Control"] == "private, no-cache"
    assert response.has_header("Content-Security-Policy") == media_type.startswith("image/")


def test_what_nobody_knows_is_a_download(stored: Any) -> None:
    response = files.shown(stored("a1b2.html"), "page.html")

    assert told(response)[2] == 'attachment; filename="page.html"'


def test_a_download_says_what_it_is(stored: Any) -> None:
    response = files.downloaded(stored("a1b2.webp"), "Bản đồ.webp")

    assert told(response) == (
        b"content", "image/webp", "attachment; filename*=utf-8''B%E1%BA%A3n%20%C4%91%E1%BB%93.webp",
    )  # fmt: skip
    assert response["Content-Security-Policy"] == files.ALONE


def test_what_was_made_is_shown_or_downloaded() -> None:
    shown = files.made(b"%PDF-", "decision.pdf")
    kept = files.made(b"<svg/>", "label.svg", media_type="image/svg+xml", how="attachment")

    assert (shown["Content-Type"], shown["Content-Disposition"]) == (
        "application/pdf", 'inline; filename="decision.pdf"',
    )  # fmt: skip
    assert kept["Content-Disposition"] == 'attachment; filename="label.svg"'
    assert "script" not in files.ALONE
    assert kept["Content-Security-Policy"] == files.ALONE
    assert shown["Cache-Control"] == kept["Cache-Control"] == "private, no-cache"

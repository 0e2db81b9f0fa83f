import io
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from originmark.frame.web import uploads
from originmark.frame.web.refusals import RuleViolation


def a_picture(kind: str, size: tuple[int, int] = (20, 10)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "green").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")],
)
def test_pictures_are_told_by_their_bytes(kind: str, media_type: str) -> None:
    file = SimpleUploadedFile("picture.exe", a_picture(kind))

    assert uploads.check_picture(file) == media_type
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', uploads.NotAPicture),
        (b"<html>", uploads.NotAPicture),
        (b"", uploads.NotAPicture),
        (a_picture("PNG")[:40], uploads.NotAPicture),
        (a_picture("GIF"), uploads.NotAPicture),
        (b"\x00" * (8 * 2**20 + 1), uploads.UploadTooLarge),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, refusal: type[RuleViolation]) -> None:
    with pytest.raises(refusal):
        uploads.check_picture(SimpleUploadedFile("picture.png", content))


def test_a_picture_of_too_many_points_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PIXEL_LIMIT", 100)

    with pytest.raises(uploads.PictureTooWide):
        uploads.check_picture(SimpleUploadedFile("p.png", a_picture("PNG")))


def test_a_plain_pdf_and_a_photographed_paper_are_documents() -> None:
    pdf = SimpleUploadedFile("c.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj")

    assert uploads.check_document(pdf) == "application/pdf"
    assert uploads.check_document(SimpleUploadedFile("c.jpg", a_picture("JPEG"))) == "image/jpeg"


@pytest.mark.parametrize("action", [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile"])
def test_a_pdf_that_runs_something_is_refused(action: bytes) -> None:
    content = b"%PDF-1.7\n1 0 obj<</S" + action + b" (x)>>endobj"

    with pytest.raises(uploads.ActiveDocument):
        uploads.check_document(SimpleUploadedFile("c.pdf", content))


def test_a_web_page_is_no_document() -> None:
    with pytest.raises(uploads.NotADocument):
        uploads.check_document(SimpleUploadedFile("c.pdf", b"<html>%PDF-</html>"))


def test_a_paper_is_kept_under_a_name_of_our_own_and_ends_as_its_bytes_say() -> None:
    content = a_picture("WEBP")
    first = uploads.checked_paper(SimpleUploadedFile("map.exe", content), "Map")
    second = uploads.checked_paper(SimpleUploadedFile("map.exe", content), "Map")

    assert (first.name, first.stored_as[-5:], first.content.read()) == (
        "map.webp",
        ".webp",
        content,
    )
    assert first.sha256 == second.sha256 == sha256(content).hexdigest()
    assert first.stored_as != second.stored_as


def test_a_paper_without_a_name_is_called_by_its_title() -> None:
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.7\n")
    file.name = None

    assert uploads.checked_paper(file, "Map of the area").name == "Map of the area.pdf"

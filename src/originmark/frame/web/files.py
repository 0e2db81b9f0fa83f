"""Answers that hand out a file: one that was uploaded, or one made just now.

Only the browser of whoever asked may keep it, and it asks again before showing it once more.
"""

from pathlib import PurePath
from typing import Final, Literal, TypeVar

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from originmark.frame.web.uploads import ENDINGS

Answer = TypeVar("Answer", bound=HttpResponseBase)
MEDIA_TYPES: Final = {ending: media_type for media_type, ending in ENDINGS.items()}
"""What may open in a browser, by the ending that its bytes were checked for."""

ALONE: Final = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
"""What a picture may load: a browser that shows it alone styles it itself, and nothing runs."""


def shown(file: FieldFile, name: str = "", *, media_type: str = "") -> FileResponse:
    """Open an uploaded file in the browser; one of an ending that we do not know is downloaded."""
    media_type = media_type or MEDIA_TYPES.get(PurePath(file.name or "").suffix, "")
    if not media_type:
        return downloaded(file, name)
    return _kept_private(FileResponse(file.open("rb"), filename=name, content_type=media_type))


def downloaded(file: FieldFile, name: str) -> FileResponse:
    """Hand out an uploaded file as a download, for what strangers may have sent."""
    media_type = MEDIA_TYPES.get(PurePath(file.name or "").suffix)
    response = FileResponse(
        file.open("rb"), filename=name, content_type=media_type, as_attachment=True
    )
    return _kept_private(response)


def made(
    content: bytes,
    name: str,
    *,
    media_type: str = "application/pdf",
    how: Literal["inline", "attachment"] = "inline",
) -> HttpResponse:
    """Hand out what the program has just made, a PDF unless it is said otherwise."""
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(how == "attachment", name)
    response["Content-Disposition"] = header or how
    return _kept_private(response)


def _kept_private(response: Answer) -> Answer:
    response["Cache-Control"] = "private, no-cache"
    if response["Content-Type"].startswith("image/"):
        response["Content-Security-Policy"] = ALONE
    return response

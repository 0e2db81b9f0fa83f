"""Uploads: what a picture and a document may be, told by their bytes and not by their names."""

import hashlib
import io
import re
import uuid
import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar, Protocol

from django.core.files.base import ContentFile
from PIL import Image, UnidentifiedImageError

from originmark.frame.web.refusals import RuleViolation, gettext_noop

PICTURE_LIMIT_MB = 8
DOCUMENT_LIMIT_MB = 20
PIXEL_LIMIT = 40_000_000
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
}
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
PDF_MAGIC = b"%PDF-"


class Upload(Protocol):
    """What a check needs of an uploaded file."""

    name: str | None

    def read(self, n: int = ..., /) -> bytes: ...

    def seek(self, offset: int, whence: int = ..., /) -> int: ...


@dataclass(eq=False)
class UploadTooLarge(RuleViolation):
    code: ClassVar[str] = "upload-too-large"
    sentence: ClassVar[str] = gettext_noop(
        "The file is larger than %(limit_mb)s MB. Make it smaller and upload it again."
    )
    limit_mb: int


@dataclass(eq=False)
class NotAPicture(RuleViolation):
    code: ClassVar[str] = "not-a-picture"
    sentence: ClassVar[str] = gettext_noop(
        "%(name)s is not a picture that can be shown. Upload a JPEG, PNG or WebP picture."
    )
    name: str


@dataclass(eq=False)
class PictureTooWide(RuleViolation):
    code: ClassVar[str] = "picture-too-wide"
    sentence: ClassVar[str] = gettext_noop(
        "The picture has %(width)s × %(height)s points; at most %(limit)s million are taken. "
        "Make it smaller and upload it again."
    )
    width: int
    height: int
    limit: int


@dataclass(eq=False)
class NotADocument(RuleViolation):
    code: ClassVar[str] = "not-a-document"
    sentence: ClassVar[str] = gettext_noop(
        "%(name)s is neither a PDF nor a picture. Upload a PDF, JPEG, PNG or WebP file."
    )
    name: str


@dataclass(eq=False)
class ActiveDocument(RuleViolation):
    code: ClassVar[str] = "active-document"
    sentence: ClassVar[str] = gettext_noop(
        "%(name)s contains %(found)s, which runs when the file is opened. "
        "Print it to a plain PDF and upload that."
    )
    name: str
    found: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was checked, ready to be kept."""

    content: "ContentFile[bytes]"
    name: str
    """What the sender called it, with the ending that its bytes say."""
    stored_as: str
    """A name of our own, which nobody guesses."""
    sha256: str


def checked_paper(file: Upload, title: str) -> Paper:
    """Return a PDF or a picture as it is kept, named by ``title`` if it has no name; or refuse."""
    ending = ENDINGS[check_document(file)]
    content = file.read()
    return Paper(
        content=ContentFile(content),
        name=f"{PurePath(file.name or title).stem[:190]}{ending}",
        stored_as=f"{uuid.uuid4()}{ending}",
        sha256=hashlib.sha256(content).hexdigest(),
    )


def check_picture(file: Upload) -> str:
    """Return the media type of a picture, or refuse it; the file is left at its beginning."""
    return _picture_type(_content(file, PICTURE_LIMIT_MB), _name(file))


def check_document(file: Upload) -> str:
    """Return the media type of a PDF or a picture, or refuse it; the file is left at its beginning.

    A PDF that declares scripts, launch actions, attachments or forms of the XFA kind is refused.
    Compressed object streams are not unpacked, so this keeps honest people safe; whoever serves
    the file must still send it as a download or with a sandbox.
    """
    content = _content(file, DOCUMENT_LIMIT_MB)
    if not content[:1024].lstrip().startswith(PDF_MAGIC):
        try:
            return _picture_type(content, _name(file))
        except NotAPicture as error:
            raise NotADocument(name=_name(file)) from error
    if active := _ACTIVE_PDF.search(content):
        raise ActiveDocument(name=_name(file), found=active.group(1).decode())
    return "application/pdf"


def _picture_type(content: bytes, name: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(PICTURES)) as picture:
                width, height = picture.size
                if width * height > PIXEL_LIMIT:
                    raise PictureTooWide(width, height, PIXEL_LIMIT // 1_000_000)
                picture.verify()
                return PICTURES[picture.format or ""]
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        KeyError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise NotAPicture(name=name) from error


def _content(file: Upload, limit_mb: int) -> bytes:
    file.seek(0)
    content = file.read(limit_mb * 2**20 + 1)
    file.seek(0)
    if len(content) > limit_mb * 2**20:
        raise UploadTooLarge(limit_mb=limit_mb)
    return content


def _name(file: Upload) -> str:
    return str(file.name or "The file")

"""Hand out the file of a certificate, and nothing that a browser would run."""

from pathlib import PurePosixPath

from django.http import FileResponse

from originmark.origin.certificates.models import Certificate
from originmark.origin.certificates.rules import DocumentMissing

CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def document_response(certificate: Certificate) -> FileResponse:
    """Return the document under its own name; raises DocumentMissing where there is none.

    Pictures and PDF open in the browser; sniffing is off, so that a file is only ever what its
    checked ending says.
    """
    if not certificate.document:
        raise DocumentMissing(certificate=str(certificate))
    ending = PurePosixPath(certificate.document.name or "").suffix
    response = FileResponse(
        certificate.document.open("rb"),
        filename=certificate.document_name or f"{certificate.number}{ending}",
        content_type=CONTENT_TYPES.get(ending, "application/octet-stream"),
        as_attachment=ending not in CONTENT_TYPES,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response

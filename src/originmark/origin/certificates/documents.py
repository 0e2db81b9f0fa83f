"""Hand out the file of a certificate, and nothing that a browser would run."""

from pathlib import PurePosixPath

from django.http import FileResponse

from originmark.frame.web import files
from originmark.origin.certificates.models import Certificate
from originmark.origin.certificates.rules import DocumentMissing


def document_response(certificate: Certificate) -> FileResponse:
    """Return the document under its own name; raises DocumentMissing where there is none."""
    if not certificate.document:
        raise DocumentMissing(certificate=str(certificate))
    ending = PurePosixPath(certificate.document.name or "").suffix
    name = certificate.document_name or f"{certificate.number}{ending}"
    return files.shown(certificate.document, name)

"""File the document of a certificate."""

import uuid
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction

from originmark.frame.web.uploads import Upload, check_document
from originmark.origin.certificates.models import Certificate
from originmark.origin.certificates.services.records import locked
from originmark.origin.parties.access import Actor

ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
}


@transaction.atomic
def attach_document(certificate_id: int, file: Upload, *, by: Actor) -> Certificate:
    """File a PDF or picture as the document; an earlier one stays on disk for the auditors.

    It is stored under a name of our own, ending as its bytes say. Raises NotAllowed or a refusal
    of ``frame.web.uploads``.
    """
    certificate = locked(certificate_id, by=by, permission="certificates.record")
    ending = ENDINGS[check_document(file)]
    name = PurePath(file.name or certificate.number).stem[:190]
    certificate.document.save(f"{uuid.uuid4()}{ending}", ContentFile(file.read()), save=False)
    certificate.document_name = f"{name}{ending}"
    certificate.save(update_fields=["document", "document_name"])
    return certificate

"""File the document of a certificate."""

from django.db import transaction

from originmark.frame.web.uploads import Upload, checked_paper
from originmark.origin.certificates.models import Certificate
from originmark.origin.certificates.services.records import locked
from originmark.origin.parties.access import Actor


@transaction.atomic
def attach_document(certificate_id: int, file: Upload, *, by: Actor) -> Certificate:
    """File a PDF or picture as the document; an earlier one stays on disk for the auditors.

    It is stored under a name of our own, ending as its bytes say. Raises NotAllowed or a refusal
    of ``frame.web.uploads``.
    """
    certificate = locked(certificate_id, by=by, permission="certificates.record")
    paper = checked_paper(file, certificate.number)
    certificate.document.save(paper.stored_as, paper.content, save=False)
    certificate.document_name = paper.name
    certificate.save(update_fields=["document", "document_name"])
    return certificate

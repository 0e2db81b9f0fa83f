"""File the papers of a dossier."""

import uuid
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction

from originmark.frame.web.uploads import Upload, check_document
from originmark.mark.evaluation import rulebooks
from originmark.mark.evaluation.models import ProofFile
from originmark.mark.evaluation.services.dossiers import editable
from originmark.mark.evaluation.step_refusals import ProofEmpty, UnknownProof
from originmark.origin.parties.access import Actor

ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
}


@transaction.atomic
def file_proof(
    number: str,
    proof: str,
    file: Upload | None = None,
    *,
    note: str = "",
    by: Actor,
    now: datetime,
) -> ProofFile:
    """File a PDF or picture, or note what was handed over (samples) in words.

    Raises NotAllowed, UnknownDossier, NotEditable, UnknownProof, ProofEmpty or a refusal of
    ``frame.web.uploads``.
    """
    dossier = editable(number, by=by)
    if proof not in {each.code for each in rulebooks.scheme_of(dossier).proofs}:
        raise UnknownProof(proof=proof)
    if file is None and not note.strip():
        raise ProofEmpty
    row = ProofFile(dossier=dossier, proof=proof, note=note.strip(), filed_at=now, filed_by=by.name)
    if file is not None:
        ending = ENDINGS[check_document(file)]
        row.name = f"{PurePath(file.name or proof).stem[:190]}{ending}"
        row.file.save(f"{uuid.uuid4()}{ending}", ContentFile(file.read()), save=False)
    row.save()
    return row


@transaction.atomic
def remove_proof(number: str, proof_id: int, *, by: Actor) -> None:
    """Take a paper out of a dossier that is in the applicant's hands; its file stays on disk."""
    dossier = editable(number, by=by)
    for row in dossier.proofs.filter(pk=proof_id):
        row.delete()

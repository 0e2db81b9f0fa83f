"""File the papers of a dossier."""

from datetime import datetime

from django.db import transaction

from originmark.frame.web.uploads import Upload, checked_paper
from originmark.mark.evaluation import rulebooks
from originmark.mark.evaluation.models import ProofFile
from originmark.mark.evaluation.services.dossiers import editable
from originmark.mark.evaluation.step_refusals import ProofEmpty, UnknownProof
from originmark.origin.parties.access import Actor


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
        paper = checked_paper(file, proof)
        row.name = paper.name
        row.file.save(paper.stored_as, paper.content, save=False)
    row.save()
    return row


@transaction.atomic
def remove_proof(number: str, proof_id: int, *, by: Actor) -> None:
    """Take a paper out of a dossier that is in the applicant's hands; its file stays on disk."""
    dossier = editable(number, by=by)
    for row in dossier.proofs.filter(pk=proof_id):
        row.delete()

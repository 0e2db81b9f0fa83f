"""Whether all sheets of a dossier are in: asked after every sheet and every change of presence."""

from datetime import datetime

from originmark.mark.evaluation import steps
from originmark.mark.evaluation.bench import presence_at
from originmark.mark.evaluation.models import Dossier
from originmark.mark.evaluation.services.dossiers import write_step
from originmark.origin.parties.access import Actor


def settle(dossier: Dossier, *, by: Actor, now: datetime) -> None:
    """Move a dossier between *scheduled* and *scored* as its sheets are in or not."""
    bench = presence_at(dossier)
    is_in = bool(bench.deciding) and not bench.missing
    state = steps.SCORED if is_in else steps.SCHEDULED
    if dossier.state != state:
        write_step(dossier, state, by=by, now=now)

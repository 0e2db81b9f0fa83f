"""Questions about the evaluation."""

from originmark.mark.evaluation.bench import Bench, Place, bench_of, current_session
from originmark.mark.evaluation.seats import seat_of, seated
from originmark.mark.evaluation.selectors.appeals import is_in_time, open_appeal
from originmark.mark.evaluation.selectors.dossiers import (
    Assessment,
    ProofState,
    assessment,
    decision_of,
    dossier,
    dossiers,
    ideas,
    may_see_tally,
    proofs,
    re_evaluation_of,
    waiting_for_me,
)
from originmark.mark.evaluation.selectors.papers import (
    CertificateFacts,
    certificate,
    certified,
    decisions_of,
    minutes,
)
from originmark.mark.evaluation.selectors.rounds import (
    Progress,
    holidays,
    may_lead,
    may_run,
    open_rounds,
    progress,
    round_by_code,
    rounds,
    session,
    sessions,
    with_progress,
)
from originmark.mark.evaluation.selectors.star_counts import StarCounts, counts, ended
from originmark.mark.evaluation.selectors.stars import latest_star, standing, star_on
from originmark.mark.evaluation.values import StarFacts

__all__ = [
    "Assessment",
    "Bench",
    "CertificateFacts",
    "Place",
    "Progress",
    "ProofState",
    "StarCounts",
    "StarFacts",
    "assessment",
    "bench_of",
    "certificate",
    "certified",
    "counts",
    "current_session",
    "decision_of",
    "decisions_of",
    "dossier",
    "dossiers",
    "ended",
    "holidays",
    "ideas",
    "is_in_time",
    "latest_star",
    "may_lead",
    "may_run",
    "may_see_tally",
    "minutes",
    "open_appeal",
    "open_rounds",
    "progress",
    "proofs",
    "re_evaluation_of",
    "round_by_code",
    "rounds",
    "seat_of",
    "seated",
    "session",
    "sessions",
    "standing",
    "star_on",
    "waiting_for_me",
    "with_progress",
]

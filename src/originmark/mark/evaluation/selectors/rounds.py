"""Questions about rounds and sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from originmark.mark.evaluation import steps
from originmark.mark.evaluation.models import Holiday, Round, Session
from originmark.mark.evaluation.seats import seat_of
from originmark.mark.evaluation.step_refusals import UnknownRound, UnknownSession
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class Progress:
    """How many dossiers of a round are in each state."""

    round_id: int
    by_state: tuple[tuple[str, int], ...]

    @property
    def dossiers(self) -> int:
        """Return how many there are."""
        return sum(count for _, count in self.by_state)

    @property
    def finished(self) -> int:
        """Return how many have ended, by decision or by withdrawal."""
        return sum(count for state, count in self.by_state if state in steps.ENDED)


def rounds() -> QuerySet[Round]:
    """Return all rounds, the newest year first; whoever is signed in may read them."""
    return Round.objects.select_related("unit")


def round_by_code(code: str) -> Round:
    """Return a round; raises UnknownRound."""
    found = rounds().filter(code=code).first()
    if found is None:
        raise UnknownRound(round=code)
    return found


def open_rounds(on: date) -> QuerySet[Round]:
    """Return the rounds that take dossiers on a day."""
    return rounds().filter(opens_on__lte=on, closes_on__gte=on).order_by("closes_on", "pk")


def with_progress(rows: QuerySet[Round]) -> QuerySet[Round]:
    """Return rounds with ``dossier_count``, ``waiting_count`` and ``finished_count``."""
    finished = Q(dossiers__state__in=steps.ENDED)
    council = Q(dossiers__state__in=steps.BEFORE_COUNCIL)
    return rows.annotate(
        dossier_count=Count("dossiers"),
        waiting_count=Count("dossiers", filter=council),
        finished_count=Count("dossiers", filter=finished),
    )


def progress(round_ids: Iterable[int]) -> dict[int, Progress]:
    """Return how far each of these rounds is, every state named. One query."""
    rows = Round.objects.filter(pk__in=list(round_ids)).values_list("pk", "dossiers__state")
    found: dict[int, dict[str, int]] = {}
    for round_id, state, count in rows.annotate(count=Count("dossiers")).order_by():
        counts = found.setdefault(round_id, dict.fromkeys(steps.STATES, 0))
        if state is not None:
            counts[state] = count
    return {
        round_id: Progress(round_id, tuple(counts.items())) for round_id, counts in found.items()
    }


def sessions(by: Actor) -> QuerySet[Session]:
    """Return the sessions that the actor may see: all for the office, else those of own seats."""
    rows = Session.objects.select_related("round")
    if by.sees_everything:
        return rows
    if by.person_id is None or by.scopes is not None:
        return rows.none()
    seats = Q(round__members__person=by.person_id, round__members__ended_at=None)
    return rows.filter(seats).distinct()


def session(session_id: int, by: Actor) -> Session:
    """Return one session that the actor may see; raises UnknownSession."""
    found = sessions(by).filter(pk=session_id).first()
    if found is None:
        raise UnknownSession(session=str(session_id))
    return found


def holidays() -> QuerySet[Holiday]:
    """Return the days on which offices do not work, as the office entered them."""
    return Holiday.objects.all()


def may_lead(round_id: int | None, by: Actor) -> bool:
    """Return whether the actor is chair or secretary of a round's council. One query."""
    seat = seat_of(round_id, by)
    return by.is_system or (seat is not None and seat.role in {"chair", "secretary"})


def may_run(by: Actor) -> bool:
    """Return whether the actor runs rounds for the office."""
    return access.allows(by, "evaluation.run")

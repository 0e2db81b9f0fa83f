"""A council at work: its session is open, so that a member has sheets to fill in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from originmark.demo.quang_ninh import council, points, rounds
from originmark.demo.quang_ninh.council import MEMBER, SEATS, Seat
from originmark.demo.quang_ninh.history import History, stars_of
from originmark.demo.quang_ninh.rounds import Calendar
from originmark.mark.evaluation import services as evaluation
from originmark.origin.parties.access import Actor

SCORED_BY: Final = (6, 3, 0, 0)
"""How many members have handed in their sheets of each dossier on the table."""
FIRST, LIKE = 60, 1
"""The products come from here on; their dossiers stand as the second of the round did."""


def sit(
    past: History,
    seats: Sequence[Seat],
    actors: dict[str, Actor],
    *,
    calendar: Calendar,
    now: datetime,
) -> None:
    """Open a session of a second round and leave it open."""
    office = actors["province@demo.example"]
    code = f"ha-long-{calendar.today.year}"
    rounds.open_round(code, f"Hạ Long {calendar.today.year} (demonstration)", calendar, by=office)
    known = {email: seat.actor for (email, *_), seat in zip(SEATS, seats, strict=True)}
    mine = council.appoint(code, known, by=office, now=calendar.ago(80))
    products = [each for each in past.in_force[FIRST:-1] if stars_of(each) == 3][: len(SCORED_BY)]
    numbers = [rounds.prepare(LIKE, product, code, calendar, by=office) for product in products]
    session = evaluation.plan_session(code, calendar.today, place="Hạ Long (demo)", by=office).pk
    evaluation.put_on_agenda(session, numbers, by=office, now=calendar.ago(9))
    evaluation.send_dossiers(session, by=office, now=calendar.ago(6))
    chair = mine[0].actor
    evaluation.note_attendance(session, [each.pk for each in mine], by=chair, now=now)
    evaluation.open_session(session, by=chair, now=now)
    others = [seat for (email, *_), seat in zip(SEATS, mine, strict=True) if email != MEMBER]
    for number, count in zip(numbers, SCORED_BY, strict=True):
        for place, seat in enumerate(others[:count]):
            rounds.score(LIKE, number, place, seat.actor, now=now)
    _begin(numbers[1], next(each.actor for each in mine if each not in others), now=now)


def _begin(number: str, by: Actor, *, now: datetime) -> None:
    """Fill in the first lines of a sheet, which its member has not handed in."""
    answers = {line[0]: rounds.STANDS[LIKE] for line in points.CRITERIA[:4]}
    sheet = evaluation.open_sheet(number, by=by, now=now - timedelta(minutes=5))
    draft = evaluation.SheetDraft(version=sheet.version, options=answers)
    evaluation.save_sheet(number, draft, by=by, now=now)

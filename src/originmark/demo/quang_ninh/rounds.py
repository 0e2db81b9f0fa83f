"""A round of the province, as it is run: dossiers, a council of seven, decisions, an appeal.

Every sheet is filled in by its member; the answers follow a rule, so that each build decides the
same: a member's answers are those of the dossier, one in five of them one step lower.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from originmark.demo.quang_ninh import council, points
from originmark.demo.quang_ninh.council import Seat
from originmark.demo.quang_ninh.history import WAITING, History, noon, stars_of
from originmark.demo.quang_ninh.producers import PROVINCE, DemoProduct
from originmark.mark.evaluation import services as evaluation
from originmark.origin.parties.access import SYSTEM, Actor

TOO_FEW, THREE, FOUR, FIVE = 3, 4, 5, 6
"""The answer, from 1 to 6, on which a dossier stands throughout: 40, 60, 80 and 100 points."""
STANDS: Final = (
    *(TOO_FEW, THREE, THREE, THREE, FOUR, FOUR, FIVE, FOUR),  # whose term is over
    *(FOUR, FOUR, THREE, FIVE),  # who come before their term is over
)
APPEALED, TIED, APART, KNOCKED_OUT = 0, 3, 5, 7
"""Dossiers, by their place in the round, that something happens to."""
COME_BACK, COME_EARLY = 8, 4
OPENED_DAYS_AGO: Final = 90
PROOFS: Final = ("self-assessment", "evidence", "samples")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the round, counted back from today."""

    today: date

    @property
    def held_on(self) -> date:
        """Return the day of the session, a working day about ten days ago."""
        day = self.today - timedelta(days=10)
        return day - timedelta(days=max(day.weekday() - 4, 0))

    @property
    def session(self) -> datetime:
        """Return when the council sits."""
        return noon(self.held_on)

    def ago(self, days: int) -> datetime:
        """Return a working hour of a day."""
        return noon(self.today - timedelta(days=days))


def code_of(today: date) -> str:
    """Return the code of the round that is over on a day."""
    return f"qn-{Calendar(today).held_on.year}"


def run(past: History, actors: dict[str, Actor], *, today: date) -> tuple[Seat, ...]:
    """Run the round from its opening to the appeal; return the seats of its council."""
    calendar, office = Calendar(today), actors["province@demo.example"]
    code, year = code_of(today), calendar.held_on.year
    open_round(code, f"Quang Ninh {year} (demonstration)", calendar, by=office)
    seats = council.appoint(code, actors, by=office, now=calendar.ago(80))
    early = [each for each in past.in_force[20:-1] if stars_of(each) == 3][:COME_EARLY]
    products = [*past.ended[WAITING][:COME_BACK], *early]
    numbers = [prepare(n, product, code, calendar, by=office) for n, product in enumerate(products)]
    evaluation.declare_tie(
        code,
        seats[-1].pk,
        products[TIED].organisation_id,
        reason="A cousin works there (demonstration)",
        by=seats[-1].actor,
        now=calendar.ago(25),
    )
    _sit(code, numbers, seats, calendar, by=office)
    _appeal(numbers[APPEALED], actors, calendar)
    return seats


def open_round(code: str, name: str, calendar: Calendar, *, by: Actor) -> None:
    """Open a round of the province for the dossiers of its producers."""
    evaluation.open_round(
        evaluation.RoundDraft(
            code=code,
            name=name,
            scheme_code=points.SCHEME,
            scheme_version=points.OWN,
            level="province",
            year=calendar.held_on.year,
            opens_on=calendar.today - timedelta(days=OPENED_DAYS_AGO),
            closes_on=calendar.today - timedelta(days=31),
            unit_key=PROVINCE,
            rules=evaluation.RoundRules(
                members_at_least=len(council.SEATS),
                quorum_share=Decimal("0.6667"),
                spread_notice_points=Decimal(15),
                rounding="cut",
                recognises_meanwhile=True,
            ),
        ),
        by=by,
        now=calendar.ago(OPENED_DAYS_AGO),
    )


def prepare(n: int, product: DemoProduct, code: str, calendar: Calendar, *, by: Actor) -> str:
    """Begin, fill in, hand in, check and accept one dossier; return its number."""
    begun, handed_in = calendar.ago(70 - n), calendar.ago(60 - n)
    draft = evaluation.DossierDraft(
        code, product.organisation_id, product.code, points.SET, product.kind.subgroup
    )
    number = str(evaluation.start_dossier(draft, by=SYSTEM, now=begun).number)
    for proof in PROOFS:
        evaluation.file_proof(number, proof, note="Handed over (demo)", by=SYSTEM, now=handed_in)
    answers = [evaluation.AnswerDraft(line[0], STANDS[n]) for line in points.CRITERIA]
    evaluation.assess(number, answers, by=SYSTEM)
    evaluation.submit_dossier(number, by=SYSTEM, now=handed_in)
    checks = [
        evaluation.ContentCheck(content, is_confirmed=True)
        for content in evaluation.RoundRules().pre_check_contents
    ]
    evaluation.pre_check(number, checks, by=by, now=calendar.ago(45))
    evaluation.accept_dossier(number, by=by, now=calendar.ago(40))
    return number


def _sit(
    code: str, numbers: Sequence[str], seats: Sequence[Seat], calendar: Calendar, *, by: Actor
) -> None:
    """Send the dossiers in time, sit, score each by itself, decide, close."""
    session = evaluation.plan_session(code, calendar.held_on, place="Hạ Long (demo)", by=by).pk
    evaluation.put_on_agenda(session, numbers, by=by, now=calendar.ago(25))
    evaluation.send_dossiers(session, by=by, now=calendar.ago(20))
    chair, now = seats[0].actor, calendar.session
    evaluation.note_attendance(session, [each.pk for each in seats], by=chair, now=now)
    evaluation.open_session(session, by=chair, now=now)
    for n, number in enumerate(numbers):
        for place, seat in enumerate(seats):
            if (n, place) != (TIED, len(seats) - 1):
                score(n, number, place, seat.actor, now=now + timedelta(minutes=10 * n))
        _discuss(n, number, chair, now=now + timedelta(minutes=10 * n + 8))
        evaluation.decide(number, by=chair, now=now + timedelta(minutes=10 * n + 9))
    evaluation.close_session(session, by=chair, now=now + timedelta(hours=3))


def score(n: int, number: str, place: int, by: Actor, *, now: datetime) -> None:
    """Fill in and hand in one member's sheet."""
    options = {
        line[0]: STANDS[n] - is_lower(n, place, at) for at, line in enumerate(points.CRITERIA)
    }
    is_marked = n == KNOCKED_OUT and place in {2, 5}
    marks = {points.KNOCK_OUT: "The paper names another product (demo)"} if is_marked else {}
    sheet = evaluation.open_sheet(number, by=by, now=now)
    draft = evaluation.SheetDraft(version=sheet.version, options=options, knock_outs=marks)
    evaluation.save_sheet(number, draft, by=by, now=now)
    evaluation.hand_in_sheet(number, by=by, now=now + timedelta(minutes=6))


def is_lower(n: int, place: int, line: int) -> bool:
    """Return whether a member answers one step lower than the dossier does.

    >>> sum(is_lower(1, 0, line) for line in range(12))
    2
    """
    return (n, place) == (APART, 4) or (n + 2 * place + 3 * line) % 5 == 0


def _discuss(n: int, number: str, chair: Actor, *, now: datetime) -> None:
    if n == APART:
        words = "One sheet is far from the others; the member keeps to it (demonstration)."
        evaluation.note(number, words, by=chair, now=now)
    if n == KNOCKED_OUT:
        vote = evaluation.Vote(
            points.KNOCK_OUT, votes_for=5, votes_against=1, abstained=1, is_upheld=True
        )
        evaluation.record_vote(number, vote, by=chair, now=now)


def _appeal(number: str, actors: dict[str, Actor], calendar: Calendar) -> None:
    """Lodge the applicant's appeal and give it to somebody who had no part in the decision."""
    appeal = evaluation.lodge_appeal(
        evaluation.AppealDraft(
            "decision", number, "The sheets leave out what was handed over (demonstration)."
        ),
        by=actors["applicant@demo.example"],
        now=calendar.ago(6),
    )
    reviewer = actors["reviewer@demo.example"]
    if reviewer.person_id is None:
        raise LookupError("the reviewer of the demonstration is not a person")
    evaluation.assign_reviewer(
        appeal.number, reviewer.person_id, by=actors["province@demo.example"], now=calendar.ago(4)
    )

"""What the rules about rounds, dossiers, papers and sessions refuse, in words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class StepOutOfOrder(RuleViolation):
    """The step does not follow on the state of the dossier."""

    code: ClassVar[str] = "step-out-of-order"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s is %(state)s, so “%(step)s” cannot follow. "
        "It follows on %(expected)s. Look at what the dossier waits for."
    )

    dossier: str
    state: str
    step: str
    expected: tuple[str, ...]


@dataclass(eq=False)
class UnknownRound(RuleViolation):
    code: ClassVar[str] = "unknown-round"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no round %(round)s. Look it up in the list of rounds."
    )

    round: str


@dataclass(eq=False)
class UnknownDossier(RuleViolation):
    """No dossier has this number, or the asker may not know of it."""

    code: ClassVar[str] = "unknown-dossier"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no dossier %(dossier)s that you may see. Look it up in the list of dossiers."
    )

    dossier: str


@dataclass(eq=False)
class UnknownSession(RuleViolation):
    code: ClassVar[str] = "unknown-session"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no session %(session)s that you may see. Look it up on the page of its round."
    )

    session: str


@dataclass(eq=False)
class UnknownMember(RuleViolation):
    """The person has no seat in the council."""

    code: ClassVar[str] = "unknown-council-member"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s has no seat in the council of round %(round)s. Appoint them first."
    )

    person: str
    round: str


@dataclass(eq=False)
class RoundTaken(RuleViolation):
    code: ClassVar[str] = "round-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "code"
    sentence: ClassVar[str] = gettext_noop(
        "There is a round %(round)s already. Open that one, or choose another code."
    )

    round: str


@dataclass(eq=False)
class RoundEndsBeforeItBegins(RuleViolation):
    code: ClassVar[str] = "round-ends-before-it-begins"
    field: ClassVar[str | None] = "closes_on"
    sentence: ClassVar[str] = gettext_noop(
        "The round would take dossiers from %(opens_on)s to %(closes_on)s. "
        "Give a last day on or after the first."
    )

    opens_on: date
    closes_on: date


@dataclass(eq=False)
class LevelDecidesNothing(RuleViolation):
    """The level only checks dossiers and recognises no star."""

    code: ClassVar[str] = "level-decides-nothing"
    field: ClassVar[str | None] = "level"
    sentence: ClassVar[str] = gettext_noop(
        "Under %(scheme)s version %(version)s the level %(level)s recognises no stars. "
        "A round needs one of %(levels)s."
    )

    scheme: str
    version: int
    level: str
    levels: tuple[str, ...]


@dataclass(eq=False)
class RulesSettled(RuleViolation):
    """A round cannot change its rules once a dossier was decided by them."""

    code: ClassVar[str] = "rules-settled"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Dossiers of round %(round)s were decided by its rules, so they stay as they are. "
        "Open a new round for other rules."
    )

    round: str


@dataclass(eq=False)
class FigureRefused(RuleViolation):
    """A share or a number of points outside what can be."""

    code: ClassVar[str] = "figure-refused"
    sentence: ClassVar[str] = gettext_noop(
        "%(name)s is %(found)s, but must be between %(least)s and %(most)s. Correct it."
    )

    name: str
    found: str
    least: str
    most: str


@dataclass(eq=False)
class RoundClosed(RuleViolation):
    """The round takes no dossier on that day."""

    code: ClassVar[str] = "round-closed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Round %(round)s takes dossiers from %(opens_on)s to %(closes_on)s; today is %(today)s. "
        "Ask the programme office for another round."
    )

    round: str
    opens_on: date
    closes_on: date
    today: date


@dataclass(eq=False)
class AnotherRulebook(RuleViolation):
    """The dossier was made under another version, or belongs to another level."""

    code: ClassVar[str] = "another-rulebook"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s is for %(found)s; round %(round)s is for %(expected)s. "
        "Enter it in a round that fits."
    )

    dossier: str
    found: str
    round: str
    expected: str


@dataclass(eq=False)
class NotTheApplicants(RuleViolation):
    """The product is another organisation's."""

    code: ClassVar[str] = "not-the-applicants-product"
    field: ClassVar[str | None] = "product"
    sentence: ClassVar[str] = gettext_noop(
        "Product %(product)s is not registered for %(organisation)s. "
        "Choose a product of your own, or register it first."
    )

    product: str
    organisation: str


@dataclass(eq=False)
class DossierOpen(RuleViolation):
    """There is a dossier of this product on its way already."""

    code: ClassVar[str] = "dossier-open"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "product"
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s of product %(product)s is on its way already. "
        "Go on with it, or withdraw it first."
    )

    product: str
    dossier: str


@dataclass(eq=False)
class NotEditable(RuleViolation):
    """The dossier is out of the applicant's hands."""

    code: ClassVar[str] = "dossier-not-editable"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s is %(state)s and cannot be changed now. "
        "It can be while it is a draft, or when the office asks for something."
    )

    dossier: str
    state: str


@dataclass(eq=False)
class ProofsMissing(RuleViolation):
    """Papers that every dossier needs are not there."""

    code: ClassVar[str] = "proofs-missing"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The dossier lacks %(missing)s. Add them, then hand it in."
    )

    missing: tuple[str, ...]


@dataclass(eq=False)
class UnknownProof(RuleViolation):
    code: ClassVar[str] = "unknown-proof"
    field: ClassVar[str | None] = "proof"
    sentence: ClassVar[str] = gettext_noop(
        "The rulebook knows no proof %(proof)s. Choose one of the list."
    )

    proof: str


@dataclass(eq=False)
class SayWhat(RuleViolation):
    """A step that has to be explained was not."""

    code: ClassVar[str] = "say-what"
    field: ClassVar[str | None] = "note"
    sentence: ClassVar[str] = gettext_noop(
        "“%(step)s” needs words that the applicant can act on. Write what is wrong or needed."
    )

    step: str


@dataclass(eq=False)
class DayIsPast(RuleViolation):
    code: ClassVar[str] = "day-is-past"
    field: ClassVar[str | None] = "until"
    sentence: ClassVar[str] = gettext_noop(
        "%(day)s is before today, %(today)s. Choose a day that is still to come."
    )

    day: date
    today: date


@dataclass(eq=False)
class PreCheckMissing(RuleViolation):
    """Under this rulebook the commune looks first."""

    code: ClassVar[str] = "pre-check-missing"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Under %(scheme)s version %(version)s the level %(level)s checks some contents first. "
        "Record its check of dossier %(dossier)s, then accept it."
    )

    dossier: str
    scheme: str
    version: int
    level: str


@dataclass(eq=False)
class SeatTaken(RuleViolation):
    """The person sits already, or there is a chair already."""

    code: ClassVar[str] = "seat-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "person"
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s has the seat “%(seat)s” in the council of round %(round)s already. "
        "End that seat first."
    )

    person: str
    seat: str
    round: str


@dataclass(eq=False)
class UnknownPerson(RuleViolation):
    code: ClassVar[str] = "unknown-person"
    field: ClassVar[str | None] = "person"
    sentence: ClassVar[str] = gettext_noop(
        "Nobody signs in with %(email)s. Invite that person first, then appoint them."
    )

    email: str


@dataclass(eq=False)
class SentTooLate(RuleViolation):
    """Members would get the dossiers too late before the session."""

    code: ClassVar[str] = "dossiers-sent-too-late"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Members need the dossiers by %(latest)s for a session on %(held_on)s; today is "
        "%(today)s. Put the session on a later day."
    )

    latest: date
    held_on: date
    today: date


@dataclass(eq=False)
class NothingToSend(RuleViolation):
    code: ClassVar[str] = "nothing-on-the-agenda"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "No dossier is on the agenda of session %(session)s. Put accepted dossiers on it first."
    )

    session: str


@dataclass(eq=False)
class NotSent(RuleViolation):
    """The members have not had the dossiers."""

    code: ClassVar[str] = "dossiers-not-sent"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The dossiers of session %(session)s were not sent to the members. "
        "Send them in time, then open the session."
    )

    session: str


@dataclass(eq=False)
class SessionNotOpen(RuleViolation):
    code: ClassVar[str] = "session-not-open"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Session %(session)s is not open. The chair opens it when the members are there."
    )

    session: str


@dataclass(eq=False)
class AgendaFixed(RuleViolation):
    """The agenda cannot change once it was sent."""

    code: ClassVar[str] = "agenda-fixed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The dossiers of session %(session)s were sent to the members on %(sent_on)s, so its "
        "agenda stays. Put the dossier on another session."
    )

    session: str
    sent_on: date


@dataclass(eq=False)
class NotPresent(RuleViolation):
    """Only members who are there hand in a sheet."""

    code: ClassVar[str] = "member-not-present"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(member)s is not noted as present in session %(session)s. "
        "Let the secretary note it, then send the sheet in."
    )

    member: str
    session: str


@dataclass(eq=False)
class SheetLocked(RuleViolation):
    """The sheet was handed in."""

    code: ClassVar[str] = "sheet-locked"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The sheet of %(member)s for dossier %(dossier)s is handed in. "
        "The chair can open another round of scoring after the discussion."
    )

    member: str
    dossier: str


@dataclass(eq=False)
class SheetChanged(RuleViolation):
    """Somebody saved the same sheet on another screen meanwhile."""

    code: ClassVar[str] = "sheet-changed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "This sheet was saved on another screen meanwhile (version %(found)s, yours is "
        "%(expected)s). Open it again and look at both before you go on."
    )

    found: int
    expected: int


@dataclass(eq=False)
class NothingMarked(RuleViolation):
    """Nobody marked a knock-out there."""

    code: ClassVar[str] = "no-knock-out-marked"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "criterion"
    sentence: ClassVar[str] = gettext_noop(
        "No sheet marks a knock-out at criterion %(criterion)s, so there is nothing to vote on."
    )

    criterion: str


@dataclass(eq=False)
class UnknownPaper(RuleViolation):
    """No certificate or minutes have this code."""

    code: ClassVar[str] = "unknown-paper"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "No certificate and no minutes with this code were issued here. "
        "A paper that shows it is not ours; tell the programme office."
    )


@dataclass(eq=False)
class NoCertificate(RuleViolation):
    """The decision grants no stars, so that there is nothing to certify."""

    code: ClassVar[str] = "no-certificate"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s has no certificate: its decision grants no stars. Read the minutes."
    )

    dossier: str


@dataclass(eq=False)
class SubgroupOutsideSet(RuleViolation):
    """The criteria are for other kinds of products."""

    code: ClassVar[str] = "subgroup-outside-set"
    field: ClassVar[str | None] = "subgroup"
    sentence: ClassVar[str] = gettext_noop(
        "The criteria for %(product_set)s are for the subgroups %(expected)s, not for "
        "%(subgroup)s. Choose the criteria that fit the product."
    )

    subgroup: str
    product_set: str
    expected: tuple[str, ...]


@dataclass(eq=False)
class ProofEmpty(RuleViolation):
    """Neither a file nor words."""

    code: ClassVar[str] = "proof-empty"
    field: ClassVar[str | None] = "file"
    sentence: ClassVar[str] = gettext_noop(
        "Upload a file, or write what was handed over and to whom (for samples)."
    )


@dataclass(eq=False)
class SessionTooEarly(RuleViolation):
    """Members would sit before the day that they were told."""

    code: ClassVar[str] = "session-too-early"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Session %(session)s is for %(held_on)s; today is %(today)s. Open it on its day."
    )

    session: str
    held_on: date
    today: date


@dataclass(eq=False)
class SessionClosed(RuleViolation):
    code: ClassVar[str] = "session-closed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Session %(session)s is closed and its minutes are written. Plan another session."
    )

    session: str


@dataclass(eq=False)
class NotDecided(RuleViolation):
    """There is no decision that stands."""

    code: ClassVar[str] = "not-decided"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Dossier %(dossier)s has no decision that stands. Look at what it waits for."
    )

    dossier: str

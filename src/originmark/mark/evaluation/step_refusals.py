"""What the rules about rounds and dossiers refuse, in words."""

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
    """The level only checks dossiers: it has no council that scores."""

    code: ClassVar[str] = "level-decides-nothing"
    field: ClassVar[str | None] = "level"
    sentence: ClassVar[str] = gettext_noop(
        "Under %(scheme)s version %(version)s the level %(level)s has no council that scores. "
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

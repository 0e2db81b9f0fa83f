"""What programs send and get about rounds, dossiers and sheets."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field, model_validator

from originmark.mark.evaluation.models import Dossier, Round, Sheet

Code = Annotated[str, Field(max_length=60)]
Words = Annotated[str, Field(max_length=500)]
Option = Annotated[int, Field(ge=0, le=99)]


class RoundOut(Schema):
    """A round, and how many dossiers of it are in each state."""

    code: str
    name: str
    scheme: str
    scheme_version: int
    level: str
    place: str
    year: int
    opens_on: date
    closes_on: date
    rounding: str
    quorum_share: Decimal | None
    dossiers: dict[str, int]

    @staticmethod
    def of(row: Round, counts: dict[str, int]) -> "RoundOut":
        """Return a round as programs see it."""
        return RoundOut(
            code=row.code,
            name=row.name,
            scheme=row.scheme_code,
            scheme_version=row.scheme_version,
            level=row.level,
            place=row.unit.key if row.unit else "",
            year=row.year,
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            rounding=row.rounding,
            quorum_share=row.quorum_share,
            dossiers=counts,
        )


class DossierOut(Schema):
    """A dossier."""

    number: str
    state: str
    round: str
    scheme: str = Field(alias="scheme_code")
    scheme_version: int
    level: str
    organisation: str = Field(alias="organisation.code")
    product: str = Field(alias="product.code")
    product_name: str = Field(alias="product.name")
    product_set: str = Field(alias="set_code")
    group: str = Field(alias="group_code")
    action_needed: str
    action_until: date | None
    submitted_at: datetime | None

    @staticmethod
    def resolve_round(row: Dossier) -> str:
        """Return the code of the round, empty for one that is in none yet."""
        return row.round.code if row.round else ""


class DossierIn(Schema):
    """A new dossier in an open round, for a product of the applicant."""

    round: Code
    organisation: Code
    product: Code
    product_set: Code
    subgroup: Code = ""


class ScoreIn(Schema):
    """One answer: the number of the option (0 takes it away), or its points."""

    criterion: Annotated[str, Field(max_length=20)]
    option: Option | None = None
    points: Annotated[int | None, Field(ge=-1000, le=1000)] = None
    remark: Words = ""
    evidence: Annotated[str, Field(max_length=300)] = ""

    @model_validator(mode="after")
    def has_one(self) -> "ScoreIn":
        """Refuse an answer that names neither option nor points."""
        if self.option is None and self.points is None:
            raise ValueError("an answer needs its option or its points")
        return self


class AssessmentIn(Schema):
    """Answers of the self-assessment; criteria that are not named keep theirs."""

    answers: Annotated[list[ScoreIn], Field(max_length=200)]


class AssessmentOut(Schema):
    """What the self-assessment comes to, and how far the next star is."""

    points: int
    by_part: dict[str, int]
    stars: int
    next_stars: int | None
    points_to_next: Decimal | None
    missing: list[str]


class KnockOutIn(Schema):
    """A knock-out with its reason; an empty reason takes it away."""

    criterion: Annotated[str, Field(max_length=20)]
    reason: Words


class ScoringSheetIn(Schema):
    """What a member puts on the sheet; ``version`` is the one last seen."""

    version: Annotated[int, Field(ge=0, le=2_000_000_000)]
    scores: Annotated[list[ScoreIn], Field(max_length=200)] = []
    knock_outs: Annotated[list[KnockOutIn], Field(max_length=200)] = []


class ScoringSheetOut(Schema):
    """The member's own sheet."""

    dossier: str
    turn: int
    version: int
    points: int
    handed_in_at: datetime | None
    scores: dict[str, int]
    knock_outs: dict[str, str]

    @staticmethod
    def of(row: Sheet) -> "ScoringSheetOut":
        """Return a sheet as programs see it."""
        return ScoringSheetOut(
            dossier=row.dossier.number,
            turn=row.turn,
            version=row.version,
            points=row.points,
            handed_in_at=row.handed_in_at,
            scores={each.criterion: each.option for each in row.scores.all() if each.option},
            knock_outs={each.criterion: each.reason for each in row.knock_outs.all()},
        )


class TallyOut(Schema):
    """What the sheets that are in come to."""

    totals: dict[str, int]
    average: Decimal | None
    spread: int
    missing: list[str]
    far: list[str]
    open_knock_outs: list[str]


class DecisionOut(Schema):
    """What the council decided."""

    dossier: str
    outcome: str
    points: Decimal
    sum_of_points: int
    sheets: int
    rounding: str
    stars: int
    granted_stars: int
    is_potential_five: bool
    decided_on: date


class StarCertificateOut(Schema):
    """What a certificate is worth today."""

    number: str
    product: str
    holder: str
    stars: int
    state: str
    is_valid: bool
    decided_on: date
    valid_until: date | None

"""What a program may send about applications for a geographical indication, and what it gets."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StringConstraints, field_validator

from originmark.frame.web.sentences import say
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.countries import COUNTRIES
from originmark.mark.schemes.gi_models import GiApplication, GiDecision, GiOpposition
from originmark.mark.schemes.gi_papers import decision_url
from originmark.mark.schemes.gi_proof_models import GiEvidence
from originmark.mark.schemes.services.gi import GiDraft

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20000)]
Said = Annotated[Words, StringConstraints(min_length=1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Kind = Literal["gi", "gi_agricultural", "pdo", "pgi", "certification_mark", "collective_mark"]
Phase = Literal[
    "prepared", "submitted", "examination", "opposition", "decided", "registered", "refused",
    "withdrawn",
]  # fmt: skip


class GiIn(Schema):
    """An application and its specification; a part may stay empty until it is submitted."""

    name: Annotated[Line, StringConstraints(max_length=300)]
    product: Line
    kind: Kind
    country: str = Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 code of two letters")
    boundary: str = Field("", max_length=60, description="Code of the area as drawn")
    description: Words = ""
    area: Words = ""
    proof_of_origin: Words = ""
    method: Words = ""
    link: Words = ""
    labelling: Words = ""
    control_body: Words = ""

    @field_validator("country")
    @classmethod
    def _is_a_country(cls, code: str) -> str:
        if code not in COUNTRIES:
            raise ValueError(f"{code} is the code of no country")
        return code

    def draft(self) -> GiDraft:
        """Return it as the services take it."""
        said = self.dict(exclude={"boundary", "organisation"})
        return GiDraft(boundary_code=self.boundary, **said)


class NewGiIn(GiIn):
    """A new application, with who applies."""

    organisation: str = Field(max_length=40, description="Code of the applicant")


class GiLinkIn(Schema):
    """A quality of the product, what of the place gives it, and what shows that."""

    characteristic: Annotated[Line, StringConstraints(max_length=300)]
    factor_kind: Literal["natural", "human"]
    factor: Words = ""
    evidence_kind: Literal["document", "test", "history"]
    evidence: Words = ""


class GiPaperIn(Schema):
    """What a paper is called."""

    title: Line


class GiEvidenceIn(Schema):
    """What shows a property; a figure needs its method and laboratory, a source its place."""

    kind: Literal["file", "figure", "source"]
    says: Said
    value: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = Field(
        "", description="The figure with its unit"
    )
    method: Remark = ""
    laboratory: Remark = ""
    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class GiNoteIn(Schema):
    """A word about a step."""

    note: Words = ""


class GiAdvanceIn(GiNoteIn):
    """A step to the next stage of the procedure."""

    until: date | None = Field(
        None, description="Last day to oppose, on publication, where the procedure gives no term"
    )


class GiDecisionIn(Schema):
    """What the office decides."""

    outcome: Literal["granted", "refused", "returned"]
    reason: Words


class GiRegistrationIn(GiNoteIn):
    """Where the authority registered a granted name."""

    authority: str = Field(max_length=200)
    register_name: str = Field(max_length=120)
    number: str = Field(max_length=60)
    registered_on: date
    valid_until: date | None = None
    brand: str = Field("", max_length=60)


class GiJudgementIn(Schema):
    """What the examiner finds about a property."""

    verdict: Literal["shown", "not-shown"]
    reason: Words


class GiOppositionIn(Schema):
    """What anybody says against a published name."""

    who: Line
    contact: Line = Field(description="Only the office sees it")
    ground: str = Field("", max_length=60, description="A code, where the procedure lists grounds")
    grounds: Said
    evidence: Words = ""


class GiAnswerIn(Schema):
    """What the applicant answers to an opposition."""

    answer: Said


class GiHearingIn(Schema):
    """What was said when both sides were heard."""

    held_on: date
    place: Remark = ""
    present: Said = Field(description="Who was there")
    notes: Said


class GiOutcomeIn(Schema):
    """How an opposition ends."""

    outcome: Literal["upheld", "dismissed", "settled"]
    reason: Words


class GiOut(Schema):
    """Where an application stands."""

    number: str
    name: str
    product: str
    kind: str
    country: str
    organisation: str = Field(alias="organisation.code")
    procedure: str = Field(alias="procedure.code", description="The rulebook that it follows")
    procedure_version: int = Field(alias="procedure.version")
    stage: str = Field(description="Code of the stage in the procedure")
    phase: Phase
    due_on: date | None = Field(description="Last day of the stage, where the procedure has a term")
    oppose_until: date | None
    right: int | None = Field(alias="right_id", description="The right, once it is registered")


class GiLinkOut(GiLinkIn):
    """A link between a quality and the place."""

    id: int


class GiPaperOut(Schema):
    """A paper that was filed; its content has an address of its own."""

    id: int
    stage: str
    title: str
    name: str
    sha256: str
    filed_at: datetime
    filed_by: str


class GiEvidenceOut(Schema):
    """What shows a property."""

    id: int
    kind: str = Field(description="file, figure or source")
    says: str
    value: str
    method: str
    laboratory: str
    source: str
    paper_id: int | None = Field(alias="document_id")
    paper: str
    sha256: str

    @staticmethod
    def resolve_paper(row: GiEvidence) -> str:
        """Return the name of the paper, empty where there is none."""
        return row.document.name if row.document else ""

    @staticmethod
    def resolve_sha256(row: GiEvidence) -> str:
        """Return the hash of the paper, empty where there is none."""
        return row.document.sha256 if row.document else ""


class GiPropertyOut(Schema):
    """A property, its evidence, and its judgement since the last submission."""

    code: str = Field(alias="property.code")
    name: str = Field(alias="property.name.english")
    verdict: str = Field("", alias="judgement.verdict", description="shown, not-shown, or empty")
    reason: str = Field("", alias="judgement.reason")
    evidence: list[GiEvidenceOut]


class GiHearingOut(Schema):
    """A hearing that was held."""

    id: int
    held_on: date
    place: str
    present: str
    notes: str
    recorded_by: str


class GiOppositionOut(Schema):
    """An opposition, as the applicant and the office read it."""

    id: int
    who: str
    ground: str
    grounds: str
    evidence: str
    paper: str = Field(alias="file_name", description="Name of the paper, empty without one")
    sha256: str
    received_at: datetime
    answer: str
    hearings: list[GiHearingOut]
    outcome: str = Field(description="upheld, dismissed, settled, or empty")
    reason: str


class GiReceiptOut(Schema):
    """That an opposition was received."""

    id: int
    sha256: str = Field(description="Of its paper, empty without one")
    received_at: datetime


class GiStepOut(Schema):
    """A stage that was reached."""

    stage: str
    note: str
    at: datetime
    by: str = Field(alias="by_name")


class GiDecisionOut(Schema):
    """What was decided, and where anybody reads what its paper is worth today."""

    outcome: str = Field(description="granted or refused")
    reason: str
    decided_at: datetime
    decided_by: str
    url: str

    @staticmethod
    def resolve_url(row: GiDecision) -> str:
        """Return the address that stands on the paper."""
        return decision_url(row)


class GiDetailOut(GiOut):
    """An application with all that was said about it."""

    boundary: str = Field(alias="boundary_code")
    specification: dict[str, str]
    links: list[GiLinkOut]
    papers: list[GiPaperOut] = Field(alias="documents")
    properties: list[GiPropertyOut]
    missing: list[str] = Field(description="What keeps it from going on, in plain words")
    oppositions: list[GiOppositionOut]
    decision: GiDecisionOut | None
    steps: list[GiStepOut]

    @staticmethod
    def resolve_specification(row: GiApplication) -> dict[str, str]:
        """Return the parts of the specification."""
        return {field: getattr(row, field) for field in selectors.PARTS}

    @staticmethod
    def resolve_properties(row: GiApplication) -> list[selectors.Shown]:
        """Return every property of the procedure."""
        return selectors.shown(row)

    @staticmethod
    def resolve_missing(row: GiApplication) -> list[str]:
        """Return the gaps of a draft, or what is not judged yet."""
        if row.phase == values.PREPARED:
            return [say(each) for each in selectors.gi_gaps(row)]
        is_examined = row.phase in rules.EXAMINED
        return [say(each) for each in selectors.gi_unready(row)] if is_examined else []

    @staticmethod
    def resolve_oppositions(row: GiApplication) -> list[GiOpposition]:
        """Return the oppositions, the first first."""
        return list(row.oppositions.prefetch_related("hearings"))

    @staticmethod
    def resolve_decision(row: GiApplication) -> GiDecision | None:
        """Return the decision, None before there is one."""
        return GiDecision.objects.filter(application=row).first()

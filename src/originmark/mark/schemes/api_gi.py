"""Applications for a geographical indication, for programs."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.frame.web.sentences import say
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.gi_models import GiApplication, GiOpposition
from originmark.mark.schemes.services import gi_moves as moves
from originmark.mark.schemes.services import gi_oppositions as oppositions
from originmark.mark.schemes.services import gi_proofs as proofs
from originmark.mark.schemes.views.gi_oppositions import OPPOSITIONS, READS
from originmark.origin.parties import access

router = Router(tags=["geographical indications"], auth=access.API_AUTH)
Words = Annotated[str, Field(max_length=20000)]
Phase = Literal[
    "prepared", "submitted", "examination", "opposition", "decided", "registered", "refused",
    "withdrawn",
]  # fmt: skip


class GiOut(Schema):
    """Where an application stands."""

    number: str
    name: str
    product: str
    kind: str
    country: str
    organisation: str = Field(alias="organisation.code")
    procedure: str = Field(description="Code of the rulebook that it follows")
    procedure_version: int
    stage: str = Field(description="Code of the stage in the procedure")
    phase: Phase
    due_on: date | None = Field(description="Last day of the stage, where the procedure has a term")
    oppose_until: date | None
    right: int | None = Field(alias="right_id", description="The right, once it is registered")

    @staticmethod
    def resolve_procedure(row: GiApplication) -> str:
        """Return the code of the procedure."""
        return row.procedure.code

    @staticmethod
    def resolve_procedure_version(row: GiApplication) -> int:
        """Return the version of the procedure."""
        return row.procedure.version


class GiEvidenceOut(Schema):
    """What shows a property."""

    kind: str = Field(description="file, figure or source")
    says: str
    value: str
    method: str
    laboratory: str
    source: str
    paper: str
    sha256: str


class GiPropertyOut(Schema):
    """A property, its evidence, and its judgement since the last submission."""

    code: str
    name: str
    verdict: str = Field(description="shown, not-shown, or empty")
    reason: str
    evidence: list[GiEvidenceOut]


class GiOppositionOut(Schema):
    """An opposition, as the applicant and the office read it."""

    id: int
    who: str
    ground: str
    grounds: str
    evidence: str
    received_at: datetime
    answer: str
    outcome: str = Field(description="upheld, dismissed, settled, or empty")
    reason: str


class GiStepOut(Schema):
    """A stage that was reached."""

    stage: str
    note: str
    at: datetime
    by: str = Field(alias="by_name")


class GiDetailOut(GiOut):
    """An application with all that was said about it."""

    specification: dict[str, str]
    properties: list[GiPropertyOut]
    missing: list[str] = Field(description="What keeps it from going on, in plain words")
    oppositions: list[GiOppositionOut]
    steps: list[GiStepOut]

    @staticmethod
    def resolve_specification(row: GiApplication) -> dict[str, str]:
        """Return the parts of the specification."""
        return {field: getattr(row, field) for field in selectors.PARTS}

    @staticmethod
    def resolve_properties(row: GiApplication) -> list[GiPropertyOut]:
        """Return every property of the procedure."""
        return [_property(each) for each in selectors.shown(row)]

    @staticmethod
    def resolve_missing(row: GiApplication) -> list[str]:
        """Return the gaps of a draft, or what is not judged yet."""
        if row.phase == values.PREPARED:
            return [say(each) for each in selectors.gi_gaps(row)]
        return [say(each) for each in selectors.gi_unready(row)] if _is_examined(row) else []

    @staticmethod
    def resolve_oppositions(row: GiApplication) -> list[GiOpposition]:
        """Return the oppositions, the first first."""
        return list(row.oppositions.all())

    @staticmethod
    def resolve_steps(row: GiApplication) -> list[object]:
        """Return every stage that was reached."""
        return list(row.steps.all())


class GiAdvanceIn(Schema):
    """A step to the next stage of the procedure."""

    note: Words = ""
    until: date | None = Field(
        None, description="Last day to oppose, on publication, where the procedure gives no term"
    )


class GiDecisionIn(Schema):
    """What the office decides."""

    outcome: Literal["granted", "refused", "returned"]
    reason: Words


class GiRegistrationIn(Schema):
    """Where the authority registered a granted name."""

    authority: str = Field(max_length=200)
    register_name: str = Field(max_length=120)
    number: str = Field(max_length=60)
    registered_on: date
    valid_until: date | None = None
    brand: str = Field("", max_length=60)
    note: Words = ""


class GiJudgementIn(Schema):
    """What the examiner finds about a property."""

    verdict: Literal["shown", "not-shown"]
    reason: Words


class GiOppositionIn(Schema):
    """What anybody says against a published name."""

    who: str = Field(min_length=1, max_length=200)
    contact: str = Field(min_length=1, max_length=200, description="Only the office sees it")
    ground: str = Field("", max_length=60, description="A code, where the procedure lists grounds")
    grounds: str = Field(min_length=1, max_length=20000)
    evidence: Words = ""


class GiReceiptOut(Schema):
    """That an opposition was received."""

    id: int
    received_at: datetime


class GiOutcomeIn(Schema):
    """How an opposition ends."""

    outcome: Literal["upheld", "dismissed", "settled"]
    reason: Words


@router.get("/", response=list[GiOut], summary="List applications")
@paginate(Pages)
def get_applications(request: HttpRequest, phase: Phase | None = None) -> QuerySet[GiApplication]:
    """Return the applications that the asker may read, newest first."""
    rows = selectors.gi_applications(access.actor_of(request))
    return rows.filter(phase=phase) if phase else rows


@router.get("/{number}", response=GiDetailOut, summary="One application")
def get_application(request: HttpRequest, number: str) -> GiApplication:
    """Return an application with its evidence, judgements, oppositions and steps."""
    return selectors.gi_application(number, access.actor_of(request))


@router.post("/{number}/advance", response=GiOut, summary="Take the next stage")
def post_advance(request: HttpRequest, number: str, body: GiAdvanceIn) -> GiApplication:
    """Submit, take on in the examination, or publish: whichever the procedure has next."""
    by, now = access.actor_of(request), clock.now()
    row = selectors.gi_application(number, by)
    following = selectors.next_stage(row)
    role = following.role if following else ""
    if role == values.SUBMITTED:
        return moves.submit_gi(number, note=body.note, by=by, now=now)
    if role == values.OPPOSITION:
        return moves.publish_gi(number, until=body.until, note=body.note, by=by, now=now)
    return moves.advance_gi(number, note=body.note, by=by, now=now)


@router.post("/{number}/decide", response=GiOut, summary="Grant, refuse or send back")
def post_decision(request: HttpRequest, number: str, body: GiDecisionIn) -> GiApplication:
    """Decide on an application, with reasons."""
    command = {
        "granted": moves.grant_gi,
        "refused": moves.refuse_gi,
        "returned": moves.return_gi,
    }[body.outcome]
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    return command(number, note=body.reason, by=by, now=clock.now())


@router.post("/{number}/register", response=GiOut, summary="Record the registration")
def post_registration(request: HttpRequest, number: str, body: GiRegistrationIn) -> GiApplication:
    """Record that the authority registered a granted name; a right comes of it."""
    by = access.actor_of(request)
    selectors.gi_application(number, by)
    found = moves.Registration(
        authority=body.authority,
        register=body.register_name,
        right_number=body.number,
        registered_on=body.registered_on,
        valid_until=body.valid_until,
        brand_code=body.brand,
    )
    return moves.register_gi(number, found, note=body.note, by=by, now=clock.now())


@router.post(
    "/{number}/properties/{code}/judge", response=GiPropertyOut, summary="Judge a property"
)
def post_judgement(
    request: HttpRequest, number: str, code: str, body: GiJudgementIn
) -> GiPropertyOut:
    """Say whether a property is shown, and why."""
    by = access.actor_of(request)
    row = selectors.gi_application(number, by)
    proofs.judge_property(
        number, code, verdict=body.verdict, reason=body.reason, by=by, now=clock.now()
    )
    return next(_property(each) for each in selectors.shown(row) if each.property.code == code)


@router.post(
    "/{number}/oppositions", response={201: GiReceiptOut}, auth=None, summary="Oppose a name"
)
def post_opposition(
    request: HttpRequest, number: str, body: GiOppositionIn
) -> Status[GiOpposition]:
    """Take an opposition to a published name, from anybody, five an hour from one address."""
    READS.count(request)
    OPPOSITIONS.count(request)
    draft = oppositions.OppositionDraft(**body.dict())
    return Status(201, oppositions.oppose_gi(number, draft, now=clock.now()))


@router.post(
    "/{number}/oppositions/{opposition_id}/outcome",
    response=GiOppositionOut,
    summary="Decide an opposition",
)
def post_outcome(
    request: HttpRequest, number: str, opposition_id: int, body: GiOutcomeIn
) -> GiOpposition:
    """Decide an opposition, with its reason."""
    by = access.actor_of(request)
    if selectors.gi_opposition(opposition_id, by).application.number != number:
        raise refusals.UnknownOpposition(opposition=opposition_id)
    return oppositions.decide_opposition(
        opposition_id, outcome=body.outcome, note=body.reason, by=by, now=clock.now()
    )


def _is_examined(row: GiApplication) -> bool:
    return row.phase in rules.EXAMINED


def _property(found: selectors.Shown) -> GiPropertyOut:
    judgement = found.judgement
    return GiPropertyOut(
        code=found.property.code,
        name=found.property.name.english,
        verdict=judgement.verdict if judgement else "",
        reason=judgement.reason if judgement else "",
        evidence=[
            GiEvidenceOut(
                kind=each.kind,
                says=each.says,
                value=each.value,
                method=each.method,
                laboratory=each.laboratory,
                source=each.source,
                paper=each.document.name if each.document else "",
                sha256=each.document.sha256 if each.document else "",
            )
            for each in found.evidence
        ],
    )

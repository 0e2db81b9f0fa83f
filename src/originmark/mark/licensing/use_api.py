"""The use of marks for programs: applications, quotas and use reports."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.frame.web.sentences import say
from originmark.mark.licensing import application_rules, selectors, services
from originmark.mark.licensing.models import Application, Quota, UseReport
from originmark.mark.licensing.services.application_facts import check
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties

router = Router(tags=["use of marks"], auth=access.API_AUTH)


class ApplicationIn(Schema):
    """What a producer asks for."""

    brand: str = Field(max_length=60, description="Code of the brand")
    organisation: str = Field(max_length=40, description="Code of the applicant")
    products: list[str] = Field(max_length=200)
    areas: list[str] = Field([], max_length=2000, description="Codes of growing areas")
    season: int = Field(ge=1900, le=2200)
    forecast_kg: Decimal | None = Field(None, ge=0, lt=10**9, decimal_places=3)
    own_brand: str = Field("", max_length=200)
    note: str = Field("", max_length=2000)


class ApplicationOut(Schema):
    """An application."""

    number: str
    brand: str = Field(alias="brand.code")
    organisation: str = Field(alias="organisation.code")
    state: str
    products: list[str]
    areas: list[str]
    season: int
    forecast_kg: Decimal | None
    own_brand: str
    applied_at: datetime
    licence: str | None = Field(None, alias="licence.number")


class ConditionOut(Schema):
    """A condition of the rules of use as it stands today; ``do`` says how to meet it."""

    key: str
    text: str
    is_met: bool
    do: str


class QuotaOut(Schema):
    """How much of a season a user may label, in kilograms."""

    organisation: str = Field(alias="organisation.code")
    brand: str = Field(alias="brand.code")
    season: int
    granted_kg: Decimal
    used_kg: Decimal
    left_kg: Decimal
    is_spent: bool


class LeftOut(Schema):
    """What is left; without a quota rule nothing is limited."""

    is_limited: bool
    granted_kg: Decimal | None
    used_kg: Decimal | None
    left_kg: Decimal | None
    is_spent: bool


class LineIn(Schema):
    """What was sold and labelled of a product in a month."""

    product: str = Field(max_length=60)
    month: date = Field(description="Its first day")
    packs_sold: int = Field(ge=0, lt=2**31)
    labels_used: int = Field(ge=0, lt=2**31)


class ReportIn(Schema):
    """A use report."""

    lines: list[LineIn] = Field(max_length=5000)
    note: str = Field("", max_length=2000)


class ReportOut(Schema):
    """A use report, owed or filed."""

    id: int
    licence: str = Field(alias="licence.number")
    first_day: date
    last_day: date
    due_on: date | None
    filed_at: datetime | None


@router.get("/applications", response=list[ApplicationOut], summary="List applications")
@paginate(Pages)
def get_applications(request: HttpRequest) -> QuerySet[Application]:
    """Return the applications that the asker may read, newest first."""
    return selectors.applications(access.actor_of(request))


@router.post("/applications", response={201: ApplicationOut}, summary="Apply for a mark")
def post_application(request: HttpRequest, body: ApplicationIn) -> Status[Application]:
    """File an application; what is not met yet is told by its conditions."""
    by = access.actor_of(request)
    draft = services.ApplicationDraft(
        brand_code=body.brand,
        organisation_id=parties.visible_organisation(body.organisation, by).pk,
        products=tuple(body.products),
        areas=tuple(body.areas),
        season=body.season,
        forecast_kg=body.forecast_kg,
        own_brand=body.own_brand,
        note=body.note,
    )
    return Status(201, services.apply_for_mark(draft, by=by, now=clock.now()))


@router.get("/applications/{number}", response=ApplicationOut, summary="Read an application")
def get_application(request: HttpRequest, number: str) -> Application:
    """Return one application."""
    return selectors.application(number, access.actor_of(request))


@router.get(
    "/applications/{number}/conditions",
    response=list[ConditionOut],
    summary="What an application must meet, as it stands today",
)
def get_conditions(request: HttpRequest, number: str) -> list[ConditionOut]:
    """Return each condition of the rules of use; none where the brand has no rules."""
    row = selectors.application(number, access.actor_of(request))
    return [_condition(each) for each in check(row, clock.today())]


@router.get("/quotas", response=list[QuotaOut], summary="List quotas")
@paginate(Pages)
def get_quotas(request: HttpRequest) -> QuerySet[Quota]:
    """Return the quotas that the asker may read, newest season first."""
    return selectors.quotas(access.actor_of(request))


@router.get("/quotas/left", response=LeftOut, summary="How much a user may still label")
def get_quota_left(
    request: HttpRequest,
    organisation: str,
    brand: str,
    season: Annotated[int, Query(ge=1900, le=2200)],
) -> LeftOut:
    """Return what is left of a season for an organisation that the asker may read."""
    holder = parties.visible_organisation(organisation, access.actor_of(request))
    found = selectors.quota_left(holder.pk, schemes.brand(brand).code, season)
    if found is None:
        return LeftOut(
            is_limited=False, granted_kg=None, used_kg=None, left_kg=None, is_spent=False
        )
    return LeftOut(
        is_limited=True,
        granted_kg=found.granted_kg,
        used_kg=found.used_kg,
        left_kg=found.left_kg,
        is_spent=found.is_spent,
    )


@router.get("/reports", response=list[ReportOut], summary="List use reports")
@paginate(Pages)
def get_reports(request: HttpRequest) -> QuerySet[UseReport]:
    """Return the use reports that the asker may read, newest first."""
    return selectors.reports(access.actor_of(request))


@router.post("/reports/{report_id}", response=ReportOut, summary="File a use report")
def post_report(request: HttpRequest, report_id: int, body: ReportIn) -> UseReport:
    """File a report, or file it again with other figures."""
    by = access.actor_of(request)
    row = selectors.report(report_id, by)
    lines = [
        services.ReportLine(each.product, each.month, each.packs_sold, each.labels_used)
        for each in body.lines
    ]
    return services.file_report(row.pk, lines, note=body.note, by=by, now=clock.now())


def _condition(found: application_rules.Condition) -> ConditionOut:
    return ConditionOut(
        key=found.key,
        text=found.text.english,
        is_met=found.is_met,
        do=say(found.refusal) if found.refusal else "",
    )

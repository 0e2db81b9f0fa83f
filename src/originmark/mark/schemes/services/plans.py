"""Commands on cultivation plans, and the watch over rights that near their end."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from originmark.frame.web.uploads import Upload, checked_paper
from originmark.mark.schemes import plan_rules as rules
from originmark.mark.schemes.models import Brand
from originmark.mark.schemes.plan_models import CultivationPlan, PlanMeasure, RightNotice
from originmark.mark.schemes.plan_selectors import rights_ending
from originmark.mark.schemes.rules import UnknownBrand
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

PLAN, PROGRESS = "schemes.plan", "schemes.plan_progress"
FIGURE: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan as somebody wrote it down."""

    brand_code: str
    title: str
    begins_on: date
    ends_on: date
    currency: str
    """ISO 4217, such as CNY or VND."""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A measure as somebody wrote it down; ``budget`` in the currency of the plan."""

    stage: str
    title: str
    owner_id: int
    due_on: date
    budget: Decimal | None = None


@transaction.atomic
def record_plan(draft: PlanDraft, *, by: Actor, now: datetime) -> CultivationPlan:
    """Record a plan of a brand; its code is the brand's with the year in which it begins.

    Raises UnknownBrand, PlanReversed or PlanTaken.
    """
    access.require(by, PLAN)
    # The lock comes first: two plans must not both find the year free.
    brand = Brand.objects.select_for_update().filter(code=draft.brand_code).first()
    if brand is None:
        raise UnknownBrand(brand=draft.brand_code)
    if draft.ends_on < draft.begins_on:
        raise rules.PlanReversed(begins_on=draft.begins_on, ends_on=draft.ends_on)
    code = f"{brand.code[:55]}-{draft.begins_on.year}"
    if CultivationPlan.objects.filter(code=code).exists():
        raise rules.PlanTaken(plan=code)
    facts = asdict(draft)
    del facts["brand_code"]
    return CultivationPlan.objects.create(
        code=code, brand=brand, recorded_at=now, recorded_by=by.name, **facts
    )


@transaction.atomic
def add_measure(code: str, draft: MeasureDraft, *, by: Actor, now: datetime) -> PlanMeasure:
    """Add a measure to a plan. Raises UnknownPlan, DueOutsidePlan or NegativeBudget."""
    plan = CultivationPlan.objects.select_for_update().filter(code=code).first()
    access.require(by, PLAN)
    if plan is None:
        raise rules.UnknownPlan(plan=code)
    if not plan.begins_on <= draft.due_on <= plan.ends_on:
        raise rules.DueOutsidePlan(
            due_on=draft.due_on, begins_on=plan.begins_on, ends_on=plan.ends_on
        )
    if draft.budget is not None and draft.budget < 0:
        raise rules.NegativeBudget(found=draft.budget)
    facts = asdict(draft)
    if draft.budget is not None:
        facts["budget"] = draft.budget.quantize(FIGURE)
    return PlanMeasure.objects.create(plan=plan, changed_at=now, changed_by=by.name, **facts)


@transaction.atomic
def report_measure(
    measure_id: int,
    *,
    state: str,
    evidence: str = "",
    file: Upload | None = None,
    by: Actor,
    now: datetime,
) -> PlanMeasure:
    """Say how a measure stands, by whoever answers for it or the office.

    Raises UnknownMeasure, DoneWithoutEvidence or a refusal of uploads.
    """
    rows = PlanMeasure.objects.select_for_update(of=("self",)).select_related("plan__brand")
    row = rows.filter(pk=measure_id).first()
    if row is None:
        raise rules.UnknownMeasure(measure=measure_id)
    access.require(by, PROGRESS, organisation_id=row.owner_id)
    if state == rules.DONE and not evidence.strip():
        raise rules.DoneWithoutEvidence(measure=row.title)
    row.state, row.evidence = PlanMeasure.State(state), evidence.strip()
    row.changed_at, row.changed_by = now, by.name
    if file is not None:
        paper = checked_paper(file, row.title)
        row.file_name, row.sha256 = paper.name, paper.sha256
        row.file.save(paper.stored_as, paper.content, save=False)
    row.save()
    return row


@transaction.atomic
def notice_rights(now: datetime) -> list[RightNotice]:
    """Write a notice for each right of the programme that ends soon; once for each end.

    A renewed right has a new end and is noticed again when that one nears.
    """
    written: list[RightNotice] = []
    for right in rights_ending(timezone.localdate(now)):
        if right.valid_until is None:
            continue
        notice, is_new = RightNotice.objects.get_or_create(
            right=right, valid_until=right.valid_until, defaults={"noticed_at": now}
        )
        if is_new:
            written.append(notice)
    return written

"""Cultivation plans of a brand, and rights that near their end."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders.gi import HOW
from builders.parties import (
    a_client_for,
    a_member,
    a_programme_office,
    an_actor,
    an_inspector,
    an_officer,
    an_organisation,
)
from builders.schemes import NOON, a_brand, a_right
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.schemes import plan_rules as rules
from originmark.mark.schemes import plan_selectors as selectors
from originmark.mark.schemes.models import CultivationPlan, PlanMeasure, RightNotice
from originmark.mark.schemes.services import plans as services
from originmark.origin.parties import access
from originmark.origin.parties.access import NotAllowed
from originmark.origin.parties.models import Organisation

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOON)


def a_plan(**more: Any) -> CultivationPlan:
    """A plan of three years for a brand."""
    facts = {"title": "To quality", "begins_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31)}
    facts |= {"currency": "CNY", "brand_code": ""} | more
    facts["brand_code"] = facts["brand_code"] or a_brand().code
    return services.record_plan(services.PlanDraft(**facts), **HOW)


def a_measure(plan: CultivationPlan, owner: Organisation | None = None, **more: Any) -> PlanMeasure:
    """A measure that was due yesterday."""
    facts = {"stage": "Standards", "title": "A product standard", "due_on": date(2026, 10, 14)}
    draft = services.MeasureDraft(owner_id=(owner or an_organisation()).pk, **(facts | more))
    return services.add_measure(plan.code, draft, **HOW)


def test_a_brand_has_one_plan_that_begins_in_a_year() -> None:
    brand = a_brand("yangqu")
    assert a_plan(brand_code=brand.code).code == "yangqu-2026"
    with pytest.raises(rules.PlanTaken):
        a_plan(brand_code=brand.code)
    with pytest.raises(rules.PlanReversed):
        a_plan(begins_on=date(2029, 1, 1))
    assert CultivationPlan.objects.count() == 1


def test_a_measure_is_due_while_its_plan_runs_and_costs_no_less_than_nothing() -> None:
    plan = a_plan()
    with pytest.raises(rules.DueOutsidePlan):
        a_measure(plan, due_on=date(2029, 1, 1))
    with pytest.raises(rules.NegativeBudget):
        a_measure(plan, budget=Decimal(-1))
    assert not PlanMeasure.objects.exists()
    assert a_measure(plan, budget=Decimal("12.5")).budget == Decimal("12.50")


def test_a_measure_is_done_when_something_shows_it() -> None:
    row = a_measure(a_plan())
    with pytest.raises(rules.DoneWithoutEvidence):
        services.report_measure(row.pk, state="done", evidence=" ", **HOW)
    assert [each.pk for each in selectors.overdue_measures(access.SYSTEM, TODAY)] == [row.pk]

    paper = SimpleUploadedFile("standard.pdf", b"%PDF-1.7\n")
    done = services.report_measure(row.pk, state="done", evidence="DB14/T", file=paper, **HOW)

    assert (done.state, done.file_name, len(done.sha256)) == ("done", "standard.pdf", 64)
    assert not selectors.overdue_measures(access.SYSTEM, TODAY).exists()


def test_on_its_last_day_a_measure_is_not_late() -> None:
    a_measure(a_plan(), due_on=TODAY)
    assert not selectors.overdue_measures(access.SYSTEM, TODAY).exists()
    assert selectors.overdue_measures(access.SYSTEM, TODAY + timedelta(days=1)).count() == 1


def test_who_answers_reports_and_the_office_plans() -> None:
    holder, plan = an_organisation(), a_plan()
    row = a_measure(plan, holder)
    mine, stranger = an_actor(holder, "recorder"), an_actor(an_organisation(), "manager")
    draft = services.MeasureDraft("Market", "A fair", holder.pk, TODAY)
    for by in (mine, stranger, an_inspector(), access.NOBODY):
        with pytest.raises(NotAllowed):
            services.add_measure(plan.code, draft, by=by, now=NOON)
    for by in (stranger, an_inspector(), access.NOBODY):
        with pytest.raises(NotAllowed):
            services.report_measure(row.pk, state="running", by=by, now=NOON)
    services.report_measure(row.pk, state="running", by=mine, now=NOON)
    services.add_measure(plan.code, draft, by=an_officer("recorder"), now=NOON)

    assert selectors.plan(plan.code, mine) == plan
    assert not selectors.overdue_measures(stranger, TODAY).exists()
    with pytest.raises(rules.UnknownPlan):
        selectors.plan(plan.code, stranger)
    with pytest.raises(rules.UnknownMeasure):
        selectors.measure(row.pk, stranger)


def test_an_end_that_nears_is_noticed_once() -> None:
    brand = a_brand()
    ends = TODAY + timedelta(days=100)
    right = a_right(brand, valid_until=ends)
    a_right(valid_until=ends)  # of no brand here
    a_right(brand, valid_until=TODAY + timedelta(days=181))
    a_right(brand, valid_until=TODAY - timedelta(days=1))
    a_right(brand)

    assert [each.right for each in services.notice_rights(NOON)] == [right]
    assert services.notice_rights(NOON) == []
    right.valid_until = ends + timedelta(days=30)
    right.save()
    assert len(services.notice_rights(NOON)) == 1
    assert RightNotice.objects.count() == 2


def address(name: str, *args: object) -> str:
    return reverse(f"schemes:{name}", args=args)


def test_the_office_plans_on_pages_and_home_tells_what_is_overdue() -> None:
    officer = a_client_for(a_member(a_programme_office(), "recorder").person)
    brand, holder = a_brand("yangqu"), an_organisation()
    a_right(brand, valid_until=TODAY + timedelta(days=30), name="Ending right")
    typed = {"brand_code": "yangqu", "title": "To quality", "currency": "CNY"}
    typed |= {"begins_on": "2026-01-01", "ends_on": "2028-12-31"}
    made = officer.post(address("plan_new"), typed)
    assert made["Location"] == address("plan", "yangqu-2026")
    measure = {"stage": "Standards", "title": "A product standard", "owner_id": str(holder.pk)}
    measure |= {"due_on": "2026-10-01", "budget": "250 000"}
    new = address("measure_new", "yangqu-2026")
    assert officer.get(new).status_code == 200
    assert officer.post(new, measure).status_code == 302

    assert "1 overdue" in officer.get(address("plan", "yangqu-2026")).text
    home = officer.get("/").text
    assert "A product standard" in home
    assert "Ending right" in home
    assert "Ending right" in officer.get(address("right_watch")).text


def test_a_measure_is_reported_with_its_paper_by_those_who_may() -> None:
    officer = a_client_for(a_member(a_programme_office(), "recorder").person)
    row = a_measure(a_plan(brand_code=a_brand("yangqu").code))
    assert "A product standard" in officer.get("/").text
    report = address("measure_report", row.pk)
    assert officer.post(report, {"state": "done"}).status_code == 422
    paper = SimpleUploadedFile("standard.pdf", b"%PDF-1.7\n")
    done = {"state": "done", "evidence": "DB14/T", "file": paper}
    assert officer.post(report, done).status_code == 302
    found = officer.get(address("measure_file", row.pk))
    assert b"".join(found) == b"%PDF-1.7\n"
    assert "A product standard" not in officer.get("/").text
    stranger = a_client_for(a_member(an_organisation(), "manager").person)
    assert stranger.get(address("plan", "yangqu-2026")).status_code == 404
    assert stranger.get(address("plan_new")).status_code == 403
    assert Client().get(address("plan_list")).status_code == 302

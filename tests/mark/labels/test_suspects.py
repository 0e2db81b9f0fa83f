"""Scans that no single pack explains become cases of the scan watch."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from builders.labels import NOON, a_label_run
from builders.parties import a_client_for, an_actor, an_officer
from django.urls import reverse

from originmark.frame.jobs import services as jobs
from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels.models import LabelRun, ScanCase
from originmark.mark.labels.services import ScanSeen, record_scans
from originmark.mark.labels.watch import policy, services
from originmark.mark.labels.watch.finding import EVERY
from originmark.mark.labels.watch.rules import ReportDraft

pytestmark = pytest.mark.django_db
TAIYUAN, SHANGHAI = (37.8712, 112.5534), (31.2312, 121.4723)
LIMIT = policy.in_force().viewers_at_most


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock and let the jobs run that are due then."""

    def _run(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)
        jobs.run_due(moment)

    return _run


def scan(run: LabelRun, index: int, phones: range, *, since: datetime = NOON) -> None:
    record_scans([
        ScanSeen(run.number, index, since - timedelta(hours=each + 1), f"phone-{each}", "genuine")
        for each in phones
    ])  # fmt: skip


def scan_far_apart(run: LabelRun, index: int) -> None:
    record_scans([
        ScanSeen(run.number, index, NOON - timedelta(minutes=30 - turn), f"phone-{turn}",
                 "genuine-seen", *place)
        for turn, place in enumerate((TAIYUAN, SHANGHAI))
    ])  # fmt: skip


def test_a_label_that_too_many_phones_scan_gets_one_case_and_others_none(at: Any) -> None:
    run = a_label_run(10)
    scan(run, 0, range(LIMIT))
    scan(run, 1, range(LIMIT + 1))
    at(NOON)
    at(NOON + EVERY)

    case = ScanCase.objects.get()
    assert (case.run, case.index, case.origin) == (run, 1, "scans")
    kept = case.evidence
    assert (kept["why"], kept["scans"], kept["viewers"]) == (["viewers"], LIMIT + 1, LIMIT + 1)
    assert kept["last"] == (NOON - timedelta(hours=1)).isoformat()
    assert "phone-1" not in str(kept)
    kinds = case.events.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["opened", "scanned"]


def test_scans_join_the_case_of_a_report(at: Any) -> None:
    run = a_label_run(10)
    draft = ReportDraft(problem="copy", code=labels.serial_of(run, 2))
    report = services.report(draft, now=NOON)
    scan_far_apart(run, 2)
    at(NOON)
    case = ScanCase.objects.get()
    assert (case.pk, case.origin, case.evidence["why"]) == (report.case_id, "report", ["places"])
    assert [each[1:] for each in case.evidence["places"]] == [[37.87, 112.55], [31.23, 121.47]]


def test_what_was_judged_does_not_count_again_but_new_scans_do(at: Any) -> None:
    run, officer = a_label_run(10), an_officer()
    scan(run, 0, range(LIMIT + 1))
    at(NOON)
    first = ScanCase.objects.get()
    services.dismiss(first.pk, "A tasting in a school", by=officer, now=NOON)
    later = NOON + timedelta(days=2)
    scan(run, 0, range(LIMIT), since=later)
    at(later)
    assert ScanCase.objects.count() == 1

    scan(run, 0, range(LIMIT, LIMIT + 1), since=later)
    at(later + EVERY)
    second = ScanCase.objects.get(closed_at=None)
    assert second.evidence["scans"] == LIMIT + 1


def test_shoppers_are_told_what_was_judged() -> None:
    run, officer = a_label_run(10), an_officer()
    for index, decide in enumerate((services.dismiss, services.confirm)):
        case = services.report(
            ReportDraft(problem="copy", code=labels.serial_of(run, index)), now=NOON
        ).case
        scan(run, index, range(LIMIT + 1))
        assert labels.seen_label(run.number, index).looks_copied("me", NOON)
        decide(case.pk, "Looked into", by=officer, now=NOON)
    later = NOON + timedelta(days=200)
    assert not labels.seen_label(run.number, 0).looks_copied("me", later)
    assert labels.seen_label(run.number, 1).looks_copied("me", later)


def test_a_label_withdrawn_in_a_case_opens_no_other(at: Any) -> None:
    run, officer = a_label_run(10), an_officer()
    scan(run, 0, range(LIMIT + 1))
    at(NOON)
    case = ScanCase.objects.get()
    services.withdraw_label(case.pk, "A copy", by=officer, now=NOON)
    services.confirm(case.pk, "A copy", by=officer, now=NOON)
    later = NOON + timedelta(days=2)
    scan(run, 0, range(LIMIT + 1), since=later)
    at(later)
    assert ScanCase.objects.get().closed_at == NOON


def test_evidence_and_map_show_where_and_a_stranger_sees_nothing(at: Any) -> None:
    run = a_label_run(10)
    scan_far_apart(run, 0)
    at(NOON)
    case = ScanCase.objects.get()
    for who in (an_officer(), an_actor(run.organisation, "manager")):
        client = a_client_for(who)
        page = client.get(reverse("labels:case", args=[case.pk])).content.decode()
        assert "too far apart" in page
        assert "37.87° N 112.55° E" in page
        page = client.get(reverse("labels:case_map")).content.decode()
        assert page.count('<circle class="pin') == 2
        assert page.count('<li id="cluster-') == 2
        assert reverse("labels:case", args=[case.pk]) in page
    page = a_client_for(an_actor()).get(reverse("labels:case_map")).content.decode()
    assert "Nothing to show on a map" in page
    services.dismiss(case.pk, "A courier", by=an_officer(), now=NOON)
    page = a_client_for(an_officer()).get(reverse("labels:case_map")).content.decode()
    assert "Nothing to show on a map" in page

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
from originmark.mark.labels.models import ForgedDay, LabelRun, ScanCase
from originmark.mark.labels.services import ForgedSeen, ScanSeen, record_forged, record_scans
from originmark.mark.labels.watch import forgetting, policy, refusals, services
from originmark.mark.labels.watch.copies import FORGED_MARKS
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
    assert kept["facts"] == {"viewers": {"viewers": LIMIT + 1, "at_most": LIMIT, "days": 90}}
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


def test_a_burst_from_one_address_becomes_a_case_and_shoppers_are_not_warned(at: Any) -> None:
    run, most = a_label_run(10), policy.in_force().burst_scans_at_most
    for index, count in enumerate((most, most + 1)):
        record_scans([
            ScanSeen(run.number, index, NOON - timedelta(seconds=each), "me", "genuine-first")
            for each in range(count)
        ])  # fmt: skip
    at(NOON)
    case = ScanCase.objects.get()
    assert (case.index, case.evidence["why"]) == (1, ["burst"])
    assert case.evidence["facts"]["burst"]["scans"] == most + 1
    page = a_client_for(an_officer()).get(reverse("labels:case", args=[case.pk])).content.decode()
    assert "31 scans fell within 10 minutes, more than 30" in page
    assert not labels.seen_label(run.number, 1).looks_copied("you", NOON)


def test_what_may_not_be_in_a_shop_becomes_a_case_when_several_phones_scan_it(at: Any) -> None:
    run, most = a_label_run(10), policy.in_force().barred_viewers_at_most
    for index, phones in enumerate((most, most + 1)):
        record_scans([
            ScanSeen(run.number, index, NOON, f"phone-{each}", "not-activated")
            for each in range(phones)
        ])  # fmt: skip
    at(NOON)
    case = ScanCase.objects.get()
    assert (case.index, case.evidence["why"]) == (1, ["barred"])
    page = a_client_for(an_officer()).get(reverse("labels:case", args=[case.pk])).content.decode()
    assert "although it may not be in a shop (Not activated)" in page


def made_up(run: LabelRun, count: int, *, since: datetime = NOON) -> None:
    record_forged([
        ForgedSeen(f"0123456789ABCDEF{each:04d}", run.lot_code, since, f"phone-{each % 4}")
        for each in range(count)
    ])  # fmt: skip


def test_a_forged_series_becomes_one_case_about_the_lot_for_the_programme(at: Any) -> None:
    run, most = a_label_run(10), policy.in_force().forged_serials_at_most
    made_up(run, most)
    at(NOON)
    assert not ScanCase.objects.exists()
    made_up(run, most + 1)
    at(NOON + EVERY)
    at(NOON + 2 * EVERY)
    case = ScanCase.objects.get()
    assert (case.lot_code, case.run, case.organisation, case.origin) == (
        run.lot_code, None, None, "forged",
    )  # fmt: skip
    assert case.evidence["facts"]["forged"] == {
        "serials": most + 1, "scans": 2 * most + 1, "viewers": 4, "at_most": most, "days": 7,
    }  # fmt: skip
    address = reverse("labels:case", args=[case.pk])
    assert "21 different codes that nobody issued" in (
        a_client_for(an_officer()).get(address).content.decode()
    )
    assert a_client_for(an_actor(run.organisation, "manager")).get(address).status_code == 404

    services.confirm(case.pk, "Packs of another make", by=an_officer(), now=NOON + EVERY)
    at(NOON + 3 * EVERY)
    assert ScanCase.objects.count() == 1
    later = NOON + timedelta(days=2)
    made_up(run, most + 1, since=later)
    at(later + EVERY)
    assert ScanCase.objects.filter(closed_at=None).count() == 1


def test_made_up_codes_take_a_row_a_lot_and_day_whatever_is_invented() -> None:
    run = a_label_run(10)
    made_up(run, 500)
    record_forged([
        ForgedSeen(f"0123456789ABCDEF{each:04d}", f"NO-LOT-{each}", NOON, f"phone-{each}")
        for each in range(500)
    ])  # fmt: skip
    record_forged([ForgedSeen("short", run.lot_code, NOON, "phone")])
    rows = {row.lot_code: row for row in ForgedDay.objects.all()}
    assert {code: row.scans for code, row in rows.items()} == {run.lot_code: 500, "": 500}
    assert {len(row.serials) for row in rows.values()} == {FORGED_MARKS}


def test_a_decision_is_taken_back_with_what_shoppers_are_told() -> None:
    run, officer = a_label_run(10), an_officer()
    serial = labels.serial_of(run, 0)
    case = services.report(ReportDraft(problem="copy", code=serial), now=NOON).case
    with pytest.raises(refusals.CaseNotReopened):
        services.reopen(case.pk, "A mistake", by=officer, now=NOON)
    services.confirm(case.pk, "A copy", by=officer, now=NOON)
    assert labels.seen_label(run.number, 0).looks_copied("me", NOON)
    with pytest.raises(refusals.CaseReasonMissing):
        services.reopen(case.pk, " ", by=officer, now=NOON)
    services.reopen(case.pk, "A mistake", by=officer, now=NOON)
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.conclusion) == ("review", None, "")
    assert not labels.seen_label(run.number, 0).looks_copied("me", NOON)

    services.dismiss(case.pk, "A tasting", by=officer, now=NOON)
    services.report(ReportDraft(problem="copy", code=serial), now=NOON)
    with pytest.raises(refusals.CaseNotReopened):
        services.reopen(case.pk, "A mistake", by=officer, now=NOON)


def test_old_scans_are_forgotten_and_the_counts_stay() -> None:
    run = a_label_run(10)
    days = timedelta(days=policy.in_force().days_kept)
    made_up(run, 3)
    record_scans([
        ScanSeen(run.number, 0, NOON, "me", "genuine-first"),
        ScanSeen(run.number, 0, NOON + timedelta(days=1), "you", "genuine-seen"),
    ])  # fmt: skip
    assert forgetting.forget(NOON + days) == 0
    assert forgetting.forget(NOON + days + timedelta(minutes=1)) == 1
    seen = labels.seen_label(run.number, 0)
    assert (seen.scans, seen.viewers, seen.first_at, seen.first_viewer) == (2, 2, NOON, "")
    assert [each.viewer for each in seen.kept] == ["you"]
    assert forgetting.forget(NOON + days + timedelta(days=2)) == 1
    day = ForgedDay.objects.get()
    assert (day.scans, day.serials, day.viewers) == (3, [], [])


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
        assert "Two scans 1 min apart were 1100 km apart" in page
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

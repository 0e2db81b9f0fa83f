"""The board of the scan watch, a lot, a label; who sees what; decisions for many cases."""

from datetime import timedelta
from typing import Any

import pytest
from builders.labels import NOON, a_label_run
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.mark.labels.models import CaseEvent, LabelRun, ScanCase
from originmark.mark.labels.services import ForgedSeen, ReportDraft, ScanSeen
from originmark.mark.labels.watch import counts, refusals, services
from originmark.mark.labels.watch.counts import Window
from originmark.origin.parties.access import NotAllowed

pytestmark = pytest.mark.django_db
WEEK = Window.of(7, NOON)
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def a_watched_run() -> LabelRun:
    """A run with two copied labels, some everyday scans, a report and a series of made-up codes."""
    run = a_label_run(10)
    label_services.record_scans([
        ScanSeen(run.number, index, NOON - timedelta(hours=n), f"phone-{n}", "copied",
                 37.8712 + n / 100, 112.5534)
        for index in (0, 1)
        for n in range(14)
    ])  # fmt: skip
    label_services.record_scans([ScanSeen(run.number, 5, NOON, "me", "genuine-first")])
    label_services.record_forged([
        ForgedSeen(f"0123456789ABCDEFGHJ{letter}", run.lot_code, NOON, "phone")
        for letter in LETTERS
    ])  # fmt: skip
    label_services.report(ReportDraft(problem="copy", code=labels.serial_of(run, 0),
                                      shop="Corner shop"), now=NOON)  # fmt: skip
    label_services.find_suspects(now=NOON)
    return run


def page(who: Any, name: str, *args: Any, **asked: Any) -> str:
    answer = a_client_for(who).get(reverse(f"labels:{name}", args=args), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_board_of_nothing_says_so() -> None:
    shown = page(an_officer(), "watch")
    assert "Nobody scanned a label in these days." in shown
    assert "No label is suspected, and no case is open." in shown
    assert "No shopper has reported anything." in shown


def test_the_programme_sees_all_on_the_board_and_a_producer_its_own() -> None:
    run, other = a_watched_run(), a_watched_run()
    manager = an_actor(run.organisation, "manager")
    for who in (an_officer(), an_inspector()):
        shown = page(who, "watch")
        assert [run.lot_code in shown, other.lot_code in shown] == [True, True]
        assert counts.cases_by_state(who) == {"open": 6}
        assert sum(each.scans for each in counts.days(who, WEEK)) == 2 * (29 + len(LETTERS))
    shown = page(manager, "watch")
    assert [run.lot_code in shown, other.lot_code in shown] == [True, False]
    assert "Corner shop" in shown
    assert counts.cases_by_state(manager) == {"open": 2}
    assert sum(each.scans for each in counts.days(manager, WEEK)) == 29
    assert [each.lot_code for each in counts.top_lots(manager, WEEK)] == [run.lot_code]
    stranger = an_actor(an_organisation(), "manager")
    assert run.lot_code not in page(stranger, "watch")
    assert Client().get(reverse("labels:watch")).status_code == 302


def test_days_beyond_the_window_do_not_count() -> None:
    run, officer = a_watched_run(), an_officer()
    old = NOON - timedelta(days=7)
    label_services.record_scans([ScanSeen(run.number, 6, old, "me", "genuine-first")])
    assert sum(each.scans for each in counts.days(officer, WEEK)) == 29 + len(LETTERS)
    assert sum(each.scans for each in counts.days(officer, Window.of(8, NOON))) == 30 + len(LETTERS)
    assert len(WEEK.days()) == 7


def test_the_lot_shows_its_cases_together_and_a_stranger_finds_none() -> None:
    run = a_watched_run()
    shown = page(an_officer(), "watch_lot", run.lot_code)
    assert shown.count("14 different phones scanned it within 90 days") == 2
    assert "22 different codes that nobody issued" in shown
    assert "Decide several at once" in shown
    shown = page(an_actor(run.organisation, "manager"), "watch_lot", run.lot_code)
    assert "14 different phones" in shown
    assert "nobody issued" not in shown
    assert "Decide several at once" not in shown
    for who in (an_actor(), an_actor(an_organisation(), "manager")):
        address = reverse("labels:watch_lot", args=[run.lot_code])
        assert a_client_for(who).get(address).status_code == 404


def test_many_cases_are_decided_with_one_reason_and_taken_back() -> None:
    run, officer = a_watched_run(), an_officer()
    client, address = a_client_for(officer), reverse("labels:watch_lot", args=[run.lot_code])
    cases = list(ScanCase.objects.exclude(run=None).values_list("pk", flat=True))
    facts = {"cases": cases, "decision": "confirm", "text": "Bought two alike"}
    assert client.post(address, facts).status_code == 302
    assert set(ScanCase.objects.filter(pk__in=cases).values_list("state", "conclusion")) == {
        ("confirmed", "Bought two alike")
    }
    facts = {"cases": cases, "decision": "withdraw", "text": "Copied"}
    assert client.post(address, facts).status_code == 302
    run.refresh_from_db()
    assert run.withdrawn_count == 2
    facts = {"cases": cases, "decision": "reopen", "text": "A mistake"}
    assert client.post(address, facts).status_code == 302
    assert ScanCase.objects.filter(closed_at=None).count() == 3


@pytest.mark.parametrize("facts", [{"cases": []}, {"text": " "}, {"decision": "burn"}])
def test_a_decision_without_case_reason_or_sense_is_refused(facts: dict[str, Any]) -> None:
    run = a_watched_run()
    cases = list(ScanCase.objects.values_list("pk", flat=True))
    asked = {"cases": cases, "decision": "dismiss", "text": "A tasting", **facts}
    address = reverse("labels:watch_lot", args=[run.lot_code])
    assert a_client_for(an_officer()).post(address, asked).status_code == 422
    assert ScanCase.objects.filter(closed_at=None).count() == 3


def test_one_case_that_cannot_be_decided_holds_back_all() -> None:
    run, officer = a_watched_run(), an_officer()
    cases = list(ScanCase.objects.values_list("pk", flat=True))
    services.dismiss(cases[-1], "A tasting", by=officer, now=NOON)
    events = CaseEvent.objects.count()
    with pytest.raises(refusals.CaseIsClosed):
        services.decide_cases(cases, "confirm", "A copy", by=officer, now=NOON)
    with pytest.raises(refusals.NothingToWithdraw):
        services.decide_cases(cases, "withdraw", "A copy", by=officer, now=NOON)
    with pytest.raises(refusals.NoCaseChosen):
        services.decide_cases([], "confirm", "A copy", by=officer, now=NOON)
    assert ScanCase.objects.filter(closed_at=None).count() == len(cases) - 1
    assert CaseEvent.objects.count() == events
    run.refresh_from_db()
    assert run.withdrawn_count == 0


def test_only_the_programme_decides() -> None:
    run = a_watched_run()
    cases = list(ScanCase.objects.exclude(run=None).values_list("pk", flat=True))
    asked = {"cases": cases, "decision": "dismiss", "text": "No"}
    address = reverse("labels:watch_lot", args=[run.lot_code])
    for who in (an_inspector(), an_actor(run.organisation, "manager")):
        assert a_client_for(who).post(address, asked).status_code == 403
        with pytest.raises(NotAllowed):
            services.decide_cases(cases, "dismiss", "No", by=who, now=NOON)
    assert ScanCase.objects.filter(closed_at=None).count() == 3


def test_the_scans_of_a_label_go_out_without_whose_phone_it_was() -> None:
    run = a_watched_run()
    manager = an_actor(run.organisation, "manager")
    shown = page(manager, "label_scans", run.number, 1)
    assert "37.87° N 112.55° E" in shown
    assert "phone-1" not in shown
    client, address = a_client_for(manager), reverse("labels:label_scans", args=[run.number, 1])
    lines = b"".join(client.get(address, {"format": "csv"}).streaming_content).decode()
    assert len(lines.strip().splitlines()) == 15
    assert "phone-1" not in lines
    assert "112.5534" not in lines
    assert "No scan is kept" in page(manager, "label_scans", run.number, 10)
    for number, who in ((0, manager), (11, manager), (1, an_actor())):
        address = reverse("labels:label_scans", args=[run.number, number])
        assert a_client_for(who).get(address).status_code == 404


def test_the_counts_by_day_go_out_as_csv_to_whom_they_concern() -> None:
    run = a_watched_run()
    for who, lines in ((an_officer(), 3), (an_actor(run.organisation, "manager"), 3),
                       (an_actor(), 1)):  # fmt: skip
        answer = a_client_for(who).get(reverse("labels:scan_days"), {"format": "csv"})
        told = b"".join(answer.streaming_content).decode().strip().splitlines()
        assert len(told) == lines


def test_run_lot_and_home_lead_to_the_watch() -> None:
    run = a_watched_run()
    client, watch = a_client_for(an_officer()), reverse("labels:watch_lot", args=[run.lot_code])
    for address in (
        reverse("labels:run", args=[run.number]),
        reverse("lots:lot", args=[run.lot_code]),
        reverse("web:home"),
    ):
        assert watch in client.get(address).content.decode()


def test_the_board_costs_as_many_queries_with_many_lots_as_with_one(
    django_assert_max_num_queries: Any,
) -> None:
    client = a_client_for(an_officer())
    for _n in range(2):
        a_watched_run()
    with django_assert_max_num_queries(20):
        client.get(reverse("labels:watch"))

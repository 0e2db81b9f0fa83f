"""The pages about labels."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from builders.labels import NOON, a_label_run, a_labelled_lot
from builders.parties import a_client_for, an_actor, an_officer
from django.test import Client
from django.urls import reverse

from originmark.frame.jobs import selectors as jobs
from originmark.frame.jobs import services as job_services
from originmark.frame.web import clock
from originmark.mark.labels import selectors, services
from originmark.mark.labels.models import LabelRun, LotLabels, PrintFile
from originmark.mark.labels.printing import orders
from originmark.mark.licensing import services as licensing
from originmark.origin.parties.access import SYSTEM

pytestmark = pytest.mark.django_db
AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    settings.HOME = tmp_path


def as_role(organisation: Any, role: str = "recorder") -> Client:
    return a_client_for(an_actor(organisation, role))


def test_labels_are_issued_from_the_form() -> None:
    ready = a_labelled_lot(packs=50)
    client, asked = as_role(ready.organisation), {"lot": ready.lot.code, "brand": ready.brand.code}
    page = client.get(reverse("labels:issue"), asked)
    assert ready.lot.code in page.content.decode()
    answer = client.post(reverse("labels:issue"), {**asked, "count": "50"})
    run = LabelRun.objects.get()
    assert answer.headers["Location"] == reverse("labels:run", args=[run.number])
    assert (run.count, run.issued_by_id is not None) == (50, True)


def test_a_suspended_user_reads_why_and_nothing_is_written() -> None:
    ready = a_labelled_lot()
    number = ready.licence.number
    licensing.suspend_licence(number, reason="Foreign grain", on=NOON.date(), **AT_NOON)
    asked = {"lot": ready.lot.code, "brand": ready.brand.code, "count": "10"}
    answer = as_role(ready.organisation).post(reverse("labels:issue"), asked)
    assert answer.status_code == 422
    assert "Foreign grain" in answer.content.decode()
    assert not LabelRun.objects.exists()
    assert not LotLabels.objects.exists()


def test_home_names_a_run_that_waits_however_many_came_after_it() -> None:
    ready = a_labelled_lot()
    old, done = ready.issue(3), ready.issue(2)
    services.activate_rest(done.number, **AT_NOON)
    newer = LabelRun.objects.get(number=done.number)
    for turn in range(100):
        newer.pk, newer.number, newer.serial_batch = None, f"NEW-{turn}", 1000 + turn
        newer.save(force_insert=True)
    page = as_role(ready.organisation, "manager").get("/").content.decode()
    assert reverse("labels:activate", args=[old.number]) in page
    assert reverse("labels:activate", args=[done.number]) not in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_each_condition_is_shown_before_sending(headers: dict[str, str]) -> None:
    ready = a_labelled_lot(packs=5)
    asked = {"lot": ready.lot.code, "brand": ready.brand.code, "count": "6"}
    name = "labels:check" if headers else "labels:issue"
    page = as_role(ready.organisation).get(reverse(name), asked, headers=headers).content.decode()
    assert page.count("check-ok") == 7
    assert page.count("check-bad") == 1
    assert "so 5 are left and 6 cannot be issued" in page
    assert ("<html" in page) == (not headers)


def test_the_check_of_a_foreign_or_unknown_lot_says_no_more_than_that() -> None:
    ready = a_labelled_lot()
    asked = {"lot": ready.lot.code, "brand": ready.brand.code, "count": "x"}
    page = a_client_for(an_actor()).get(reverse("labels:check"), asked).content.decode()
    assert ready.organisation.name not in page
    assert "check-ok" not in page


def test_the_list_shows_ones_own_runs_with_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    ready = a_labelled_lot()
    numbers = [ready.issue(3).number for _ in range(4)]
    a_label_run()
    client = as_role(ready.organisation, "viewer")
    with django_assert_max_num_queries(12):
        page = client.get(reverse("labels:runs")).content.decode()
    assert all(number in page for number in numbers)
    assert LabelRun.objects.count() == 5
    services.activate_rest(numbers[0], **AT_NOON)
    waiting = client.get(reverse("labels:runs"), {"state": "waiting"}).content.decode()
    assert f">{numbers[0]}<" not in waiting
    table = client.get(reverse("labels:runs"), {"format": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(table).decode("utf-8-sig"))))
    assert len(rows) == 5


def test_a_stranger_gets_no_page() -> None:
    run = a_label_run()
    stranger = a_client_for(an_actor())
    for name in ("run", "activate", "spoil", "withdraw", "trial"):
        assert stranger.get(reverse(f"labels:{name}", args=[run.number])).status_code == 404
    assert Client().get(reverse("labels:runs")).status_code == 302


def test_roles_see_what_they_may_do() -> None:
    run = a_label_run()
    seen = {}
    for role in ("manager", "recorder", "viewer"):
        client = as_role(run.organisation, role)
        page = client.get(reverse("labels:run", args=[run.number])).content.decode()
        names = ("activate", "withdraw", "print")
        seen[role] = [
            name for name in names if reverse(f"labels:{name}", args=[run.number]) in page
        ]
        changed = client.get(reverse("labels:withdraw", args=[run.number])).status_code
        assert changed == (200 if role == "manager" else 403)
    assert seen == {
        "manager": ["activate", "withdraw", "print"], "recorder": ["activate", "print"],
        "viewer": [],
    }  # fmt: skip


def test_labels_are_activated_by_scan_by_number_and_whole() -> None:
    run = a_label_run(20)
    client = as_role(run.organisation)
    scanned = selectors.url_prefix(run) + selectors.serial_of(run, 4)
    client.post(reverse("labels:activate", args=[run.number]), {"first": scanned, "last": "8"})
    run.refresh_from_db()
    assert run.activated_count == 4
    wrong = client.post(reverse("labels:activate", args=[run.number]), {"first": "21"})
    assert wrong.status_code == 422
    assert "nor a serial of run" in wrong.content.decode()
    client.post(reverse("labels:activate_rest", args=[run.number]))
    run.refresh_from_db()
    assert run.activated_count == 20


def test_labels_are_spoiled_and_withdrawn() -> None:
    run = a_label_run(20)
    client = as_role(run.organisation, "manager")
    client.post(reverse("labels:spoil", args=[run.number]), {"first": "1", "last": "2"})
    refused = client.post(reverse("labels:withdraw", args=[run.number]), {"first": "3"})
    assert refused.status_code == 422
    assert "Say why the labels are withdrawn" in refused.content.decode()
    facts = {"first": "3", "last": "20", "reason": "Weevils"}
    client.post(reverse("labels:withdraw", args=[run.number]), facts)
    run.refresh_from_db()
    assert (run.spoiled_count, run.withdrawn_count) == (2, 18)
    page = client.get(reverse("labels:run", args=[run.number])).content.decode()
    assert "Weevils" in page
    assert "QuerySet" not in page


def ordered(client: Client, run: LabelRun, **more: Any) -> Any:
    facts = {"kind": "pdf", "layout": "a4-24", "language": "en", "first": 1, "last": run.count}
    return client.post(reverse("labels:print", args=[run.number]), {**facts, **more})


def test_a_small_pdf_is_there_at_once_and_leaves_out_what_is_dead() -> None:
    run = a_label_run(20)
    services.spoil(run.number, first=0, last=3, **AT_NOON)
    client = as_role(run.organisation)
    assert ordered(client, run).status_code == 302
    made = PrintFile.objects.get()
    pdf = b"".join(client.get(reverse("labels:file", args=[made.pk])))  # type: ignore[arg-type]
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil()
    expected = {selectors.url_prefix(run) + selectors.serial_of(run, n) for n in range(4, 20)}
    assert {code.text for code in zxingcpp.read_barcodes(picture)} == expected
    stranger = a_client_for(an_actor())
    assert stranger.get(reverse("labels:file", args=[made.pk])).status_code == 404


def test_a_list_for_an_industrial_printer() -> None:
    run = a_label_run(3)
    client = as_role(run.organisation)
    ordered(client, run, kind="csv")
    content = b"".join(client.get(reverse("labels:file", args=[PrintFile.objects.get().pk])))  # type: ignore[arg-type]
    header, *rows = csv.reader(io.StringIO(content.decode()))
    assert header == ["number", "serial", "url", "lot", "gtin"]
    serial = selectors.serial_of(run, 1)
    assert rows[1] == ["2", serial, selectors.url_prefix(run) + serial, run.lot_code, run.gtin]
    assert all(selectors.verify(row[1]) for row in rows)


@pytest.mark.django_db(transaction=True)
def test_a_big_file_becomes_a_job_with_its_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "AT_ONCE", 10)
    run = a_label_run(30)
    client = as_role(run.organisation)
    answer = ordered(client, run)
    made = PrintFile.objects.get()
    assert made.job_id is not None
    assert answer.headers["Location"] == reverse("jobs:job", args=[made.job_id])
    assert client.get(reverse("labels:file", args=[made.pk])).status_code == 404
    monkeypatch.undo()
    job_services.run_due(datetime.now(UTC))  # noqa: TID251 (the job waits for the real clock)
    job = jobs.job(made.job_id)
    assert job is not None
    assert job.error == ""
    assert (job.state, job.result) == ("done", {"url": reverse("labels:file", args=[made.pk])})
    made.refresh_from_db()
    assert made.made_at is not None


def test_printing_refuses_what_cannot_be_printed() -> None:
    ready = a_labelled_lot()
    run = ready.issue(5)
    client = as_role(ready.organisation)
    assert ordered(client, run, last=6).status_code == 422
    services.withdraw(run.number, first=0, last=4, reason="x", **AT_NOON)
    answer = ordered(client, run)
    assert "nothing to print" in answer.content.decode()
    other = ready.issue(5)
    ready.lot.product.names = {"zh-hans": "㐀米"}
    ready.lot.product.save()
    answer = ordered(client, other)
    assert "no letter for 㐀" in answer.content.decode()
    assert not PrintFile.objects.exists()


def test_a_test_sheet_is_a_pdf_without_genuine_codes() -> None:
    run = a_label_run()
    address = reverse("labels:trial", args=[run.number])
    answer = as_role(run.organisation).get(address, {"layout": "a4-12"})
    assert answer["Content-Type"] == "application/pdf"
    assert len(pypdfium2.PdfDocument(answer.content)) == 1
    assert as_role(run.organisation, "viewer").get(address).status_code == 403


def test_labels_stand_on_the_page_of_their_lot_and_in_the_search() -> None:
    run = a_label_run(7)
    client = as_role(run.organisation)
    page = client.get(reverse("lots:lot", args=[run.lot_code])).content.decode()
    assert reverse("labels:run", args=[run.number]) in page
    assert f"{reverse('labels:issue')}?lot={run.lot_code}" in page
    serial = selectors.grouped(selectors.serial_of(run, 2))
    found = client.get("/search/", {"q": serial}).content.decode()
    assert run.number in found
    assert run.number in client.get("/").content.decode()


def test_an_officer_reads_every_run() -> None:
    run = a_label_run()
    page = a_client_for(an_officer("viewer")).get(reverse("labels:run", args=[run.number]))
    assert page.status_code == 200

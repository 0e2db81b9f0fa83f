"""The scan watch: reports of shoppers become cases, and cases are decided."""

import io
from pathlib import Path
from typing import Any

import pytest
from auditlog.models import LogEntry
from builders.labels import NOON, a_label_run
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from originmark.frame.web import clock
from originmark.frame.web.uploads import NotAPicture
from originmark.mark.labels import selectors as labels
from originmark.mark.labels.models import CaseEvent, ConsumerReport, LabelRun, ScanCase
from originmark.mark.labels.watch import refusals, selectors, services
from originmark.mark.labels.watch.rules import ReportDraft
from originmark.mark.labels.watch.views import REPORTS
from originmark.origin.parties.access import Actor, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    storage = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(ConsumerReport.photo.field, "storage", storage)


def a_report(code: str = "", **more: Any) -> ConsumerReport:
    return services.report(ReportDraft(problem="copy", code=code, **more), now=NOON)


def a_photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "tan")
    exif = picture.getexif()
    exif[0x0110] = "Phone of somebody"
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("pack.jpg", out.getvalue())


def send(address: str, **more: Any) -> Any:
    return Client(REMOTE_ADDR=address).post(reverse("labels:report"), {"problem": "copy", **more})


def test_reports_about_one_label_join_one_case_however_it_was_typed() -> None:
    run = a_label_run(10)
    serial = labels.serial_of(run, 3)
    first = a_report(labels.url_prefix(run) + serial)
    second = a_report(" ".join([serial[:4], serial[4:].lower()]))

    case = ScanCase.objects.get()
    assert (case.run, case.index, case.serial) == (run, 3, serial)
    assert case.organisation_id == run.organisation_id
    assert {first.case_id, second.case_id} == {case.pk}
    assert first.reference != second.reference
    kinds = list(case.events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["opened", "reported", "reported"]


def test_a_closed_case_is_not_joined_but_followed_by_another() -> None:
    serial, officer = labels.serial_of(a_label_run(10), 0), an_officer()
    first = a_report(serial).case
    services.dismiss(first.pk, "The shop re-packed it", by=officer, now=NOON)
    second = a_report(serial).case
    assert second.pk != first.pk
    assert ScanCase.objects.filter(closed_at=None).get() == second


def test_an_unknown_code_makes_one_case_and_no_code_a_case_each() -> None:
    assert a_report("FORGED 123").case == a_report("forged123").case
    assert a_report().case != a_report().case
    assert set(ScanCase.objects.values_list("run", "organisation")) == {(None, None)}


def test_a_shopper_reports_from_the_page_and_follows_the_receipt() -> None:
    serial = labels.serial_of(a_label_run(10), 0)
    form = Client().get(reverse("labels:report"), {"code": serial}).content.decode()
    assert f'value="{serial}"' in form
    facts = {"code": serial, "shop": "Corner shop", "email": "li@example.org", "text": "Grey"}
    answer = send("192.0.2.1", photo=a_photo(), **facts)

    report = ConsumerReport.objects.get()
    assert answer.headers["Location"] == reverse("labels:report_receipt", args=[report.reference])
    with Image.open(report.photo.path) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (40, 30), {})
    page = Client().get(answer.headers["Location"])
    assert "Open" in page.content.decode()
    assert "li@example.org" not in page.content.decode()
    services.confirm(report.case_id, "Bought two alike", by=an_officer(), now=NOON)
    after = Client().get(answer.headers["Location"]).content.decode()
    assert "Confirmed copy" in after
    assert "Bought two alike" not in after
    assert Client().get(reverse("labels:report_receipt", args=["guess"])).status_code == 404


def test_a_program_and_what_is_no_picture_leave_nothing_behind() -> None:
    assert send("192.0.2.2", website="https://example.org").status_code == 422
    text = SimpleUploadedFile("pack.jpg", b"no picture")
    answer = send("192.0.2.2", photo=text)
    assert answer.status_code == 422
    assert str(NotAPicture(name="pack.jpg")) in answer.content.decode()
    assert not ScanCase.objects.exists()
    assert not ConsumerReport.objects.exists()


def test_the_door_is_limited_for_each_address() -> None:
    codes = [send("192.0.2.3").status_code for _ in range(REPORTS.times + 1)]
    assert codes == [302] * REPORTS.times + [429]
    assert ConsumerReport.objects.count() == REPORTS.times


def test_an_officer_takes_on_notes_confirms_and_withdraws() -> None:
    run = a_label_run(10)
    case, officer = a_report(labels.serial_of(run, 4)).case, an_officer()
    client = a_client_for(officer)
    client.post(reverse("labels:case_take_on", args=[case.pk]))
    case.refresh_from_db()
    assert (case.state, case.assigned_to) == ("review", officer.name)
    for verb in ("note", "confirm", "withdraw"):
        address = reverse(f"labels:case_{verb}", args=[case.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"text": ""}).status_code == 422
        assert client.post(address, {"text": f"A {verb}"}).status_code == 302

    case.refresh_from_db()
    assert (case.state, case.conclusion, case.withdrawn_at) == ("confirmed", "A confirm", NOON)
    facts = labels.verify(labels.serial_of(run, 4))
    assert facts is not None
    assert (facts.state, facts.reason) == ("withdrawn", "A withdraw")
    assert LabelRun.objects.get().withdrawn_count == 1
    page = client.get(reverse("labels:case", args=[case.pk])).content.decode()
    assert "A note" in page
    assert LogEntry.objects.get_for_object(case).count() == 4  # made, taken, confirmed, withdrawn


def test_a_decided_case_and_a_code_of_nobody_are_refused_and_stay() -> None:
    officer, case = an_officer(), a_report("FORGED").case
    with pytest.raises(refusals.NothingToWithdraw):
        services.withdraw_label(case.pk, "A copy", by=officer, now=NOON)
    services.dismiss(case.pk, "Not ours", by=officer, now=NOON)
    events = CaseEvent.objects.count()
    with pytest.raises(refusals.CaseIsClosed):
        services.confirm(case.pk, "A copy", by=officer, now=NOON)
    with pytest.raises(refusals.CaseIsClosed):
        services.take_on(case.pk, by=officer, now=NOON)
    assert ScanCase.objects.get().state == "dismissed"
    assert CaseEvent.objects.count() == events


def test_each_role_sees_and_does_its_part() -> None:
    run = a_label_run(10)
    mine = a_report(
        labels.serial_of(run, 0), text="I live at 7", email="li@example.org", shop="Corner shop"
    ).case
    a_report("FORGED")
    officer, inspector = an_officer(), an_inspector()
    services.note(mine.pk, "Ask the shop", by=officer, now=NOON)
    manager = an_actor(run.organisation, "manager")
    stranger = an_actor(an_organisation(), "manager")

    seen = {who: selectors.cases(who).count() for who in (officer, inspector, manager, stranger)}
    assert seen == {officer: 2, inspector: 2, manager: 1, stranger: 0}
    address = reverse("labels:case", args=[mine.pk])
    hidden = ("I live at 7", "li@example.org", "Ask the shop")
    for who in (officer, inspector):
        page = a_client_for(who).get(address).content.decode()
        assert [word for word in hidden if word not in page] == []
    page = a_client_for(manager).get(address).content.decode()
    assert "Corner shop" in page
    assert [word for word in hidden if word in page] == []
    assert a_client_for(stranger).get(address).status_code == 404
    for who in (inspector, manager, stranger, Actor(name="Nobody")):
        with pytest.raises(NotAllowed):
            services.dismiss(mine.pk, "No", by=who, now=NOON)
    assert ScanCase.objects.filter(closed_at=None).count() == 2


def test_only_the_programme_opens_a_photo() -> None:
    run = a_label_run(10)
    draft = ReportDraft(problem="pack", code=labels.serial_of(run, 0))
    report = services.report(draft, a_photo(), now=NOON)
    address = reverse("labels:report_photo", args=[report.pk])
    shown = a_client_for(an_inspector()).get(address)
    assert shown.headers["Content-Type"] == "image/webp"
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"
    assert a_client_for(an_actor(run.organisation, "manager")).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_list_goes_out_as_csv_and_narrows() -> None:
    a_report("FORGED")
    client = a_client_for(an_officer())
    lines = b"".join(client.get(reverse("labels:cases"), {"format": "csv"}).streaming_content)
    assert b"FORGED" in lines
    assert "FORGED" in client.get(reverse("labels:cases"), {"state": "open"}).content.decode()
    assert (
        "FORGED" not in client.get(reverse("labels:cases"), {"state": "dismissed"}).content.decode()
    )

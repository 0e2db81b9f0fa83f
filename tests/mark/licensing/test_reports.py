"""Use reports: opened, reminded of, filed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from builders.applications import a_ruled_brand
from builders.licensing import a_licence
from builders.parties import (
    a_client_for,
    a_member,
    a_programme_office,
    an_actor,
    an_officer,
    an_organisation,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.licensing import report_letters, selectors, services, sockets
from originmark.mark.licensing import report_rules as rules
from originmark.mark.licensing.models import Licence, UseReport
from originmark.mark.licensing.services import ReportLine
from originmark.origin.parties.access import SYSTEM, NotAllowed

pytestmark = pytest.mark.django_db
IN_JULY = datetime(2026, 7, 10, 12, tzinfo=UTC)
LATE = datetime(2026, 7, 20, 12, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def licence() -> Licence:
    """A licence from 1 January 2026: reports each half year, due after fifteen days."""
    organisation = an_organisation(name="Heshun", email="heshun@example.org")
    return a_licence(organisation, a_ruled_brand())


def opened(now: datetime) -> list[UseReport]:
    return services.open_reports(by=SYSTEM, now=now)


def line(month: int = 1, sold: int = 90, labels: int = 100, product: str = "millet") -> ReportLine:
    return ReportLine(product, date(2026, month, 1), sold, labels)


def test_a_report_opens_when_its_period_is_over_and_only_once(licence: Licence) -> None:
    assert opened(datetime(2026, 6, 30, 12, tzinfo=UTC)) == []
    (report,) = opened(IN_JULY)
    assert (report.first_day, report.last_day) == (date(2026, 1, 1), date(2026, 6, 30))
    assert report.due_on == date(2026, 7, 15)
    assert opened(LATE) == []
    assert [each.last_day for each in opened(NEXT_YEAR)] == [date(2026, 12, 31)]


def test_a_licence_that_was_ended_reports_up_to_its_last_day(licence: Licence) -> None:
    services.end_licence(
        licence.number, reason="Gave up", on=date(2026, 3, 1), by=SYSTEM, now=IN_JULY
    )
    (report,) = opened(IN_JULY)
    assert report.last_day == date(2026, 2, 28)


def test_without_rules_no_report_is_owed() -> None:
    a_licence()
    assert opened(NEXT_YEAR) == []


def test_a_user_is_reminded_once_when_the_report_is_overdue(licence: Licence) -> None:
    (report,) = opened(IN_JULY)
    assert services.remind(by=SYSTEM, now=datetime(2026, 7, 15, 12, tzinfo=UTC)) == []
    assert services.remind(by=SYSTEM, now=LATE) == [report]
    assert services.remind(by=SYSTEM, now=LATE) == []

    report_letters.mail({"report": report.pk}, None)  # type: ignore[arg-type]
    (letter,) = mail.outbox
    assert letter.to == ["heshun@example.org"]
    assert f"/licences/reports/{report.pk}/" in letter.body

    services.file_report(report.pk, [line()], by=SYSTEM, now=LATE)
    report_letters.mail({"report": report.pk}, None)  # type: ignore[arg-type]
    assert len(mail.outbox) == 1


def test_what_is_filed_is_kept_beside_what_is_known(
    licence: Licence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known(*asked: object) -> Iterable[sockets.Used]:
        assert asked == (licence.organisation_id, "yangqu", date(2026, 1, 1), date(2026, 6, 30))
        return [sockets.Used("millet", date(2026, 1, 1), 120)]

    monkeypatch.setattr(sockets, "_use_sources", [])
    (report,) = opened(IN_JULY)
    services.file_report(report.pk, [line()], by=SYSTEM, now=LATE)
    assert report.lines.get().labels_known is None

    sockets.register_use_source(known)
    sockets.register_use_source(lambda *_: None)  # this one cannot know
    with pytest.raises(rules.DifferenceUnexplained) as refused:
        services.file_report(report.pk, [line(2, 0, 0), line()], note=" ", by=SYSTEM, now=LATE)
    assert refused.value.facts == {
        "product": "millet", "month": "2026-01", "said": 100, "known": 120,
    }  # fmt: skip
    assert report.lines.get().labels_known is None
    services.file_report(
        report.pk, [line(), line(2, 0, 0)], note="Twenty are left", by=SYSTEM, now=LATE
    )
    figures = list(report.lines.values_list("month", "packs_sold", "labels_used", "labels_known"))
    assert figures == [(date(2026, 1, 1), 90, 100, 120), (date(2026, 2, 1), 0, 0, 0)]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (line(7), rules.NotOfReport),
        (line(product="flour"), rules.NotOfReport),
        (line(sold=-1), rules.NotACount),
        (line(labels=2**31), rules.NotACount),
    ],
)
def test_lines_that_do_not_belong_are_refused(
    licence: Licence, wrong: ReportLine, refusal: type[Exception]
) -> None:
    (report,) = opened(IN_JULY)
    with pytest.raises(refusal):
        services.file_report(report.pk, [line(), wrong], by=SYSTEM, now=LATE)
    report.refresh_from_db()
    assert report.filed_at is None
    assert not report.lines.exists()


def test_who_may_file_and_read(licence: Licence) -> None:
    (report,) = opened(IN_JULY)
    viewer = an_actor(licence.organisation, "viewer")
    for actor in (viewer, an_actor(an_organisation(), "manager"), an_officer("inspector")):
        with pytest.raises(NotAllowed):
            services.file_report(report.pk, [line()], by=actor, now=LATE)
    assert list(selectors.overdue(viewer, on=LATE.date())) == [report]
    assert not selectors.reports(an_actor(an_organisation())).exists()
    recorder = an_actor(licence.organisation, "recorder")
    services.file_report(report.pk, [line()], by=recorder, now=LATE)
    assert not selectors.overdue(viewer, on=LATE.date()).exists()


def test_the_pages_from_overdue_to_filed(
    licence: Licence, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATE)
    (report,) = opened(IN_JULY)
    UseReport.objects.update(suspend_from=date(2026, 7, 18))
    producer = a_client_for(a_member(licence.organisation, "recorder").person)
    officer = a_client_for(a_member(a_programme_office(), "manager").person)
    address, filing = (
        reverse(f"licensing:{name}", args=[report.pk]) for name in ("report", "report_file")
    )

    assert "Use reports overdue" in producer.get("/").content.decode()
    assert "Suspend the licence" in officer.get(address).content.decode()
    assert "Suspend the licence" not in producer.get(address).content.decode()
    assert "Heshun" in officer.get("/licences/reports/?state=suspension").content.decode()
    assert client.get(address).status_code == 302

    shown = producer.get(filing)
    typed = {name: "7" for name in shown.context["form"].fields if name != "note"}
    assert len(typed) == 12
    assert producer.post(filing, {**typed, "note": "Good year"}).status_code == 302
    assert report.lines.count() == 6
    assert "Good year" in officer.get(address).content.decode()
    assert "Heshun" not in officer.get("/licences/reports/?state=suspension").content.decode()

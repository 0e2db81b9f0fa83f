"""Telling producers in writing and in time that their star ends, once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from builders.parties import (
    a_member,
    a_person,
    a_programme_office,
    an_actor,
    an_officer,
    an_organisation,
)
from builders.products import a_trade_item
from builders.stars import NOON, SCHEME, a_star, schemes_of_the_tests
from django.core import mail

from originmark.frame.jobs import services as jobs
from originmark.frame.web import clock
from originmark.mark.evaluation import services, star_letters, stars_refusals
from originmark.mark.evaluation.models.notices import ExpiryNotice
from originmark.mark.schemes.star_values import Deadline
from originmark.origin.parties.access import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
ENDS_SOON = date(2023, 12, 15)  # last day 14 December 2026, notice due by 14 November


def send(on: date = date(2026, 10, 15)) -> list[ExpiryNotice]:
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return services.send_expiry_notices(by=an_officer(), now=now)


def test_the_notice_is_written_ahead_of_the_last_day_for_it_and_never_twice() -> None:
    star = a_star(decided_on=ENDS_SOON)
    assert star.notice_due_on == date(2026, 11, 14)

    assert send(date(2026, 10, 14)) == []
    (notice,) = send(date(2026, 10, 15))
    assert send(date(2026, 10, 16)) == []

    assert (notice.star, notice.due_on, notice.written_on) == (
        star,
        date(2026, 11, 14),
        date(2026, 10, 15),
    )
    assert not notice.is_late
    assert services.send_expiry_notice(star.number, by=an_officer(), now=NOON) == notice


def test_the_office_of_whoever_writes_is_the_sender() -> None:
    an_officer()  # of an office that was there first
    a_star(decided_on=ENDS_SOON)
    second = an_actor(a_programme_office(name="Office of the province"), "manager")

    now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    (notice,) = services.send_expiry_notices(by=second, now=now)

    assert notice.sender == "Office of the province"


def test_a_notice_that_comes_too_late_says_so() -> None:
    a_star(decided_on=ENDS_SOON)
    (notice,) = send(date(2026, 11, 15))
    assert notice.is_late


def test_who_needs_no_notice_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    again = a_trade_item()
    superseded = a_star(again, decided_on=ENDS_SOON)
    a_star(again)
    a_star(decided_on=date(2023, 10, 1))  # over by now
    schemes_of_the_tests(monkeypatch, replace(SCHEME, deadlines=()))
    silent = a_star(decided_on=ENDS_SOON)
    assert silent.notice_due_on is None

    assert send() == []
    for star in (superseded, silent):
        with pytest.raises(stars_refusals.NoNoticeDue):
            services.send_expiry_notice(star.number, by=an_officer(), now=NOON)
    assert not ExpiryNotice.objects.exists()


def test_a_deadline_in_working_days_leaves_the_week_end_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deadline = Deadline("expiry-notice", 1, "working-days")
    schemes_of_the_tests(monkeypatch, replace(SCHEME, deadlines=(deadline,)))
    assert a_star(decided_on=ENDS_SOON).notice_due_on == date(2026, 12, 11)  # a Friday


def test_only_the_office_writes_notices() -> None:
    coop = an_organisation()
    for by in (an_actor(coop, "manager"), an_officer("inspector")):
        with pytest.raises(NotAllowed):
            services.send_expiry_notices(by=by, now=NOON)
        with pytest.raises(NotAllowed):
            services.send_expiry_notice("D-1", by=by, now=NOON)
    with pytest.raises(stars_refusals.UnknownStar):
        services.send_expiry_notice("D-1", by=an_officer(), now=NOON)


def test_the_daily_watch_mails_the_letter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    coop = an_organisation(name="Hợp tác xã Ba Chẽ")
    a_member(coop, "manager", a_person("boss@example.org", language="vi"))
    product = a_trade_item(organisation=coop, name="Trà hoa vàng")
    a_star(product, decided_on=ENDS_SOON, dossier_number="D-1")
    monkeypatch.setattr(clock, "now", lambda: NOON)

    jobs.run_due(NOON)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=1))
    jobs.run_due(NOON + timedelta(days=1))

    (sent,) = mail.outbox
    assert sent.to == ["boss@example.org"]
    assert "Trà hoa vàng" in sent.subject
    assert "/evaluation/stars/D-1/" in sent.body
    ((name, content, kind),) = sent.attachments
    assert (name, kind, content[:5]) == ("D-1.pdf", "application/pdf", b"%PDF-")
    notice = ExpiryNotice.objects.get()
    assert (notice.mailed_at, notice.emails) == (NOON, ["boss@example.org"])


def test_the_letter_names_the_product_its_last_day_and_what_to_do() -> None:
    office = an_organisation(name="Programme office", kind="authority", runs_programme=True)
    star = a_star(a_trade_item(name="Golden flower tea"), decided_on=ENDS_SOON)
    (notice,) = send()
    assert (notice.sender, notice.emails, notice.mailed_at) == (office.name, [], None)

    document = pypdfium2.PdfDocument(star_letters.notice_pdf(notice))
    text = document[0].get_textpage().get_text_bounded()
    document.close()

    for words in ("Golden flower tea", star.number, "14 December 2026", "re-evaluation"):
        assert words in text

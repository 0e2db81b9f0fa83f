"""Certificate and minutes: the code on the paper leads to what is true today."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2
import pytest
import zxingcpp
from builders.evaluation import MEETING, RULES, a_decision, a_round
from builders.parties import a_client_for, an_actor, an_officer
from builders.star_schemes import FULL, POOR
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.evaluation import papers, selectors, services
from originmark.mark.evaluation.models import Decision
from originmark.mark.evaluation.step_refusals import NoCertificate, UnknownPaper
from originmark.origin.parties.access import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stars_of_tests")]


def text_and_codes(pdf: bytes) -> tuple[str, list[str]]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=150 / 72).to_pil() for page in document]
    codes = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
    return "\n".join(page.get_textpage().get_text_range() for page in document), codes


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(*day.timetuple()[:3], 5, tzinfo=UTC))


def test_the_code_on_the_certificate_leads_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, date(2026, 10, 20))
    decision = a_decision(round_=a_round("qn-2026", name="Hội đồng tỉnh"))
    reader = a_client_for(an_actor(decision.dossier.organisation, "viewer"))

    answer = reader.get(reverse("evaluation:certificate_pdf", args=[decision.dossier.number]))

    text, (code,) = text_and_codes(answer.content)
    assert code == papers.certificate_url(decision)
    for words in ("4 stars", "QN-2026-0001", "Hội đồng tỉnh", decision.dossier.product.name):
        assert words in text
    public = Client().get(code.removeprefix("http://localhost:8000"))
    assert "In force today" in public.content.decode()


def test_a_certificate_says_what_is_true_on_each_day(monkeypatch: pytest.MonkeyPatch) -> None:
    code = a_decision().code
    page = reverse("evaluation:certificate", args=[code])
    for day, words in (
        (date(2026, 10, 19), "In force today"),
        (date(2029, 10, 18), "In force today"),
        (date(2029, 10, 19), "Expired"),
    ):
        at(monkeypatch, day)
        assert words in Client().get(page).content.decode()

    at(monkeypatch, date(2026, 11, 2))
    draft = services.RevocationDraft(
        reason="MARK_MISUSE", decision_number="12/QĐ", decided_on=date(2026, 11, 1),
        effective_from=date(2026, 11, 1), hearing_note="Heard",
    )  # fmt: skip
    number = Decision.objects.get().dossier.number
    services.revoke(number, draft, by=an_officer(), now=clock.now())
    assert "Revoked" in Client().get(page).content.decode()


def test_a_decision_set_aside_takes_its_certificate_with_it() -> None:
    decision = a_decision()
    number = decision.dossier.number
    services.set_aside(number, "Two products mixed up", by=an_officer(), now=MEETING)

    assert selectors.certificate(decision.code, date(2026, 10, 20)).state == "set-aside"
    assert "set aside" in Client().get(
        reverse("evaluation:certificate", args=[decision.code])
    ).content.decode()  # fmt: skip


def test_an_unknown_code_is_never_a_page_that_looks_genuine() -> None:
    for name in ("certificate", "public_minutes"):
        answer = Client().get(reverse(f"evaluation:{name}", args=["made-up"]))
        assert answer.status_code == 404
        assert "not ours" in answer.content.decode()


def test_codes_cannot_be_guessed_and_nothing_is_certified_without_stars() -> None:
    decision = a_decision(POOR)
    assert len(decision.code) == 24
    with pytest.raises(UnknownPaper):
        selectors.certificate(decision.code, date(2026, 10, 20))
    with pytest.raises(NoCertificate):
        selectors.certified(decision, decision.dossier.number)
    client = a_client_for(an_officer())
    pdf = client.get(reverse("evaluation:certificate_pdf", args=[decision.dossier.number]))
    assert pdf.status_code == 404


def test_the_same_certificate_is_the_same_bytes_and_says_potential_five() -> None:
    decision = a_decision(FULL, round_=a_round(rules=replace(RULES, recognises_meanwhile=True)))
    first, second = (
        papers.certificate_pdf(decision, valid_until=date(2029, 10, 18), language="vi")
        for _ in range(2)
    )

    assert first == second
    assert decision.points == Decimal("100.00")


def test_the_minutes_say_who_was_there_what_was_voted_and_decided() -> None:
    decision = a_decision(members=3)
    session = decision.session
    chair = session.round.members.get(role="chair").person
    services.note(
        decision.dossier.number,
        "Leaves from two communes 𠮷",
        criterion="1.1",
        by=SYSTEM,
        now=MEETING,
    )
    office = a_client_for(an_officer())
    address = reverse("evaluation:minutes_pdf", args=[session.pk])
    assert office.get(address).status_code == 404  # not before it is closed
    services.close_session(session.pk, by=SYSTEM, now=MEETING)

    text, (code,) = text_and_codes(office.get(address).content)

    session.refresh_from_db()
    assert code == papers.minutes_url(session)
    text = " ".join(text.split())
    assert f"{chair.name} · Chair · – · present" in text
    assert "210 points on 3 sheets, average 70" in text
    assert "Leaves from two communes ?" in text
    public = Client().get(reverse("evaluation:public_minutes", args=[session.code]))
    assert decision.dossier.number in public.content.decode()

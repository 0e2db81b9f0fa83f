"""The pages about stars, for everybody, the producer, the inspector and the office."""

from collections.abc import Iterable
from datetime import date, datetime

import pytest
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from builders.products import a_trade_item
from builders.stars import NOON, a_decision, a_star
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.evaluation import services
from originmark.mark.evaluation.models import Appeal, ExpiryNotice, FieldCheck, Star
from originmark.mark.evaluation.models.stars import StarRevocation
from originmark.origin.parties.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
ENDS_SOON = date(2023, 12, 15)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return NOON


@pytest.fixture
def officer() -> Client:
    return a_client_for(an_officer())


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"evaluation:{name}", args=args) + query)
    assert answer.status_code == 200, name
    return (
        b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    ).decode()


def codes(client: Client, addresses: Iterable[tuple[str, list[object]]]) -> set[int]:
    return {client.get(reverse(f"evaluation:{name}", args=args)).status_code
            for name, args in addresses}  # fmt: skip


def test_everybody_finds_products_with_stars_by_group_star_and_name(client: Client) -> None:
    tea = a_star(a_trade_item(name="Golden tea"), stars=5, group_code="drinks")
    a_star(a_trade_item(name="Oyster floss"))
    a_star(a_trade_item(name="Old wine"), decided_on=date(2023, 1, 1))

    every = page(client, "star_register")
    drinks = page(client, "star_register", query="?group=drinks&stars=5")
    rows = page(client, "star_register", query="?format=csv&q=oyster")

    assert "Golden tea" in every
    assert "Oyster floss" in every
    assert "Old wine" not in every
    assert "Oyster floss" not in drinks
    assert "Drinks" in drinks
    assert "Oyster floss" in rows
    assert "Golden tea" not in rows
    assert "What happened" not in page(client, "star", tea.number)


def test_the_register_takes_the_same_queries_whatever_its_length(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page(client, "star_register")
        return len(found)

    a_star()
    before = queries()
    for _ in range(5):
        a_star()
    assert queries() == before


def test_the_best_stand_first_with_their_honours(client: Client, officer: Client) -> None:
    a_star(a_trade_item(name="Second"), points=80)
    first = a_star(a_trade_item(name="First"), points=89)
    typed = {"title": "Best of the year", "on": "2026-10-15", "citation": "For its story"}
    answer = officer.post(reverse("evaluation:star_honour", args=[first.number]), typed)
    assert answer.status_code == 302

    text = page(client, "star_best")

    assert text.rindex("First") < text.rindex("Second")
    assert "Best of the year 2026" in text
    honour = first.honours.get()
    paper = client.get(reverse("evaluation:honour_certificate", args=[honour.pk]))
    assert paper.content.startswith(b"%PDF-")


def test_the_office_sees_what_ends_writes_notices_and_reads_the_letter(officer: Client) -> None:
    star = a_star(a_trade_item(name="Golden tea"), decided_on=ENDS_SOON)
    late = a_star(a_trade_item(name="Late tea"), decided_on=date(2023, 11, 1))

    watch = page(officer, "star_watch", query="?told=overdue")
    assert "Late tea" in watch
    assert "Golden tea" not in watch
    assert officer.post(reverse("evaluation:star_write_notices")).status_code == 302
    assert ExpiryNotice.objects.count() == 2
    more = officer.post(reverse("evaluation:star_write_notices"), follow=True)
    assert "No notice is due" in more.content.decode()
    assert "too late" in page(officer, "star_notices", query="?late=no")
    letter = officer.get(reverse("evaluation:star_notice_letter", args=[star.number]))
    assert letter.content.startswith(b"%PDF-")
    again = officer.post(reverse("evaluation:star_write_notice", args=[late.number]))
    assert again.status_code == 302
    assert ExpiryNotice.objects.count() == 2


def test_an_officer_revokes_one_star_and_all_that_lapsed(officer: Client) -> None:
    star = a_star()
    typed = {
        "decision_number": "12/2026",
        "decided_on": "2026-10-15",
        "effective_from": "2026-10-15",
    }
    address = reverse("evaluation:star_revoke", args=[star.number])
    assert officer.post(address, typed).status_code == 422  # no reason
    assert officer.post(address, {**typed, "reason": "MARK_MISUSE"}).status_code == 302
    assert "These stars do not count today" in page(officer, "star", star.number)

    for day in (1, 2):
        a_star(decided_on=date(2023, 1, day))
    lapsed = reverse("evaluation:star_lapsed", args=["ocop"])
    assert "2 stars ran out" in officer.get(lapsed).content.decode()
    refused = officer.post(lapsed, {**typed, "confirmed": "3"})
    assert (refused.status_code, StarRevocation.objects.count()) == (422, 1)
    assert officer.post(lapsed, {**typed, "confirmed": "2"}).status_code == 302
    assert StarRevocation.objects.count() == 3
    assert "Nothing has lapsed" in officer.get(lapsed).content.decode()


def test_a_producer_comes_again_and_says_what_changed() -> None:
    coop = an_organisation()
    star = a_star(organisation=coop, decided_on=ENDS_SOON)
    client = a_client_for(an_actor(coop))
    opened = client.post(reverse("evaluation:star_re_evaluate", args=[star.number]))
    typed = {
        "materials": "As before",
        "market": "Hanoi",
        "quality_declaration": "New",
        "results": "+1",
    }

    assert client.post(opened["Location"], {**typed, "market": ""}).status_code == 422
    assert client.post(opened["Location"], typed).status_code == 302
    assert "Hanoi" in client.get(opened["Location"]).content.decode()
    failed = reverse("evaluation:close_re_evaluation", args=[f"{star.number}-R1", "failed"])
    assert client.post(failed).status_code == 403
    gone = reverse("evaluation:close_re_evaluation", args=[f"{star.number}-R1", "withdrawn"])
    assert client.post(gone).status_code == 302


def test_an_appeal_from_its_lodging_to_its_decision(officer: Client) -> None:
    coop = an_organisation()
    number = a_decision(coop).dossier.number
    producer = a_client_for(an_actor(coop))
    reviewer = an_officer()
    file = SimpleUploadedFile("test.pdf", b"%PDF-1.7\n%%EOF")
    lodge = reverse("evaluation:appeal_new", args=["decision", number])
    lodged = producer.post(lodge, {"grounds": "The test was misread.", "evidence": file})
    appeal = Appeal.objects.get()
    assert lodged["Location"] == reverse("evaluation:appeal", args=[appeal.number])
    assign = reverse("evaluation:appeal_assign", args=[appeal.number])
    assert producer.get(assign).status_code == 403
    assert officer.post(assign, {"reviewer": reviewer.person_id}).status_code == 302

    decide = {"outcome": "re-score", "reasons": "It was misread."}
    assert a_client_for(reviewer).post(lodged["Location"], decide).status_code == 302

    text = producer.get(lodged["Location"]).content.decode()
    assert "It was misread." in text
    assert number in page(producer, "appeal_list", query="?state=re-score")
    paper = producer.get(reverse("evaluation:appeal_evidence", args=[appeal.number]))
    assert b"".join(paper).startswith(b"%PDF")  # type: ignore[arg-type]


def test_an_inspector_records_a_check(officer: Client) -> None:
    star = a_star()
    planned = officer.post(
        reverse("evaluation:check_new"),
        {"number": star.number, "kind": "field", "planned_on": "2026-10-15"},
    )
    check = FieldCheck.objects.get()
    assert planned["Location"] == reverse("evaluation:check", args=[check.pk])
    inspector = a_client_for(an_inspector())
    sample = {"units": "5", "seal_number": "S-1", "taken_on": "2026-10-15", "handed_to": "Lab"}
    for name, typed in (
        ("check_sample", sample),
        ("check_record", {"result": "to-mend", "findings": "Labels", "on": "2026-10-15"}),
    ):
        answer = inspector.post(reverse(f"evaluation:{name}", args=[check.pk]), typed)
        assert answer.status_code == 302
    text = page(inspector, "check", check.pk)
    assert "S-1" in text
    assert "Labels" in text
    assert star.organisation.name in page(inspector, "check_list", query="?result=to-mend")


def test_counts_are_pages_with_their_lists(officer: Client) -> None:
    a_star(a_trade_item(name="Gone tea"), decided_on=date(2023, 3, 2))
    period = "?on_from=2026-01-01&on_to=2026-06-30&place="
    assert "Gone tea" in page(officer, "star_counts", query=f"{period}&fate=lapsed")
    rows = page(officer, "star_counts", query=f"{period}&fate=re-awarded&format=csv")
    assert "Gone tea" not in rows


def pages_of(star: Star, check: FieldCheck, appeal: Appeal) -> list[tuple[str, list[object]]]:
    return [
        ("appeal", [appeal.number]),
        ("check", [check.pk]),
        ("re_evaluation", [f"{star.number}-R1"]),
        ("star_notice_letter", [star.number]),
    ]


OFFICE_ONLY: list[str] = ["star_revoke", "star_honour"]


def everything(coop: Organisation) -> tuple[Star, FieldCheck, Appeal]:
    star = a_star(organisation=coop, decided_on=ENDS_SOON)
    services.open_re_evaluation(star.number, by=an_officer(), now=NOON)
    services.send_expiry_notice(star.number, by=an_officer(), now=NOON)
    check = services.plan_check(star.number, kind="field", planned_on=NOON.date(), by=an_officer())
    draft = services.AppealDraft("decision", a_decision(coop).dossier.number, "Wrong")
    return star, check, services.lodge_appeal(draft, by=an_officer(), now=NOON)


def test_who_reads_and_opens_what(client: Client) -> None:
    coop = an_organisation()
    star, check, appeal = everything(coop)
    addresses = pages_of(star, check, appeal)
    for_office: list[tuple[str, list[object]]] = [
        *((name, [star.number]) for name in OFFICE_ONLY),
        ("star_lapsed", ["ocop"]),
        ("check_new", []),
    ]

    for reader in (an_actor(coop, "viewer"), an_inspector(), an_officer("viewer")):
        assert codes(a_client_for(reader), addresses) == {200}
        assert codes(a_client_for(reader), for_office) == {403}
    stranger = a_client_for(an_actor(an_organisation(), "manager"))
    assert codes(stranger, addresses) == {404}
    assert codes(stranger, [*for_office, ("star_counts", [])]) == {403}
    assert codes(client, [*addresses, *for_office, ("star_watch", [])]) == {302}
    assert codes(a_client_for(an_officer()), [*addresses, *for_office]) == {200}
    assert "What happened" in page(a_client_for(an_actor(coop, "viewer")), "star", star.number)
    assert "What happened" not in page(stranger, "star", star.number)


def test_programs_read_the_register_and_the_counts(client: Client, officer: Client) -> None:
    star = a_star(dossier_number="D-1")
    (found,) = client.get("/api/stars/?stars=4&group=food").json()["items"]
    assert (found["number"], found["valid_until"], found["state"]) == (
        "D-1",
        "2029-03-14",
        "in-force",
    )
    assert client.get("/api/stars/D-1").json()["product"] == star.product.code
    assert client.get("/api/stars/D-2").status_code == 404
    period = "/api/stars/counts?on_from=2029-01-01&on_to=2029-12-31"
    assert client.get(period).status_code == 401
    assert officer.get(period).json()["lapsed"] == 1

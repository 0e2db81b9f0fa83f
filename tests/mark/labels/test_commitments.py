"""Commitment certificates: who owes one, what it says, what it speaks for, who collected it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from builders.labels import NOON
from builders.lots import a_harvested_lot, at_noon
from builders.parties import a_client_for, an_actor, an_organisation
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from originmark.frame.web import clock
from originmark.mark.labels import commitment_refusals as refusals
from originmark.mark.labels import commitment_rules as rules
from originmark.mark.labels import commitment_selectors as selectors
from originmark.mark.labels import commitment_services as services
from originmark.mark.labels.models import Collected, Commitment
from originmark.mark.labels.printing import commitment_paper
from originmark.origin.parties.access import SYSTEM, NotAllowed
from originmark.trace.lots import selectors as lots
from originmark.trace.lots import services as lot_services

AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}
IN_FORCE, DAY = date(2026, 2, 1), timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "is_collector", "on", "duty"),
    [
        ("enterprise", False, IN_FORCE, rules.OBLIGATORY),
        ("cooperative", False, IN_FORCE, rules.OBLIGATORY),
        ("household", False, IN_FORCE, rules.ENCOURAGED),
        ("household", True, IN_FORCE, rules.OBLIGATORY),
        ("laboratory", False, IN_FORCE, rules.NONE),
        ("enterprise", False, IN_FORCE - timedelta(days=1), rules.NONE),
    ],
)
def test_who_owes_a_certificate(kind: str, is_collector: bool, on: date, duty: str) -> None:
    told = rules.read(rules.SHIPPED.read_text(encoding="utf-8"))
    assert rules.duty(told, kind=kind, is_collector=is_collector, on=on) == duty


@given(issued=st.dates(date(2026, 1, 1), date(2040, 12, 31)), months=st.integers(1, 24))
def test_it_is_kept_for_whole_months(issued: date, months: int) -> None:
    until = rules.keep_until(issued, months)
    assert (until.year * 12 + until.month) - (issued.year * 12 + issued.month) == months
    assert until.day == issued.day or (until.day < issued.day and (until + DAY).day == 1)


def a_producer(**more: Any) -> Any:
    facts = {"address": "East Village, Yangqu", "phone": "0351 5520001", **more}
    return an_organisation(**facts)


def a_draft(lot_code: str, **more: Any) -> services.CommitmentDraft:
    facts = {"produce": "vegetables", "kg": Decimal(400), "statement": "We keep to the limits."}
    return services.CommitmentDraft(lot_code=lot_code, **{**facts, **more})


@pytest.mark.django_db
def test_a_certificate_says_who_where_and_how_much() -> None:
    lot = a_harvested_lot(organisation=a_producer())
    assert selectors.standing(lots.lot(lot.code), NOON.date()).is_owed
    made = services.issue_commitment(a_draft(lot.code), **AT_NOON)
    assert (made.number, made.kg) == (f"{lot.code}-C1", Decimal(400))
    assert (made.place, made.contact) == ("East Village, Yangqu", "0351 5520001")
    assert made.keep_until == date(2027, 4, 15)
    standing = selectors.standing(lots.lot(lot.code), NOON.date())
    assert (standing.covering, standing.is_owed) == (made, False)


@pytest.mark.django_db
def test_a_certificate_with_gaps_or_too_much_weight_is_refused() -> None:
    lot = a_harvested_lot(organisation=a_producer(address=""))
    with pytest.raises(refusals.CommitmentIncomplete) as caught:
        services.issue_commitment(a_draft(lot.code, produce="gold", statement=" "), **AT_NOON)
    assert caught.value.missing == (
        "a kind of produce", "the commitment in words", "the place of the producer",
    )  # fmt: skip
    for kg in (Decimal(0), Decimal("1000.001")):
        with pytest.raises(refusals.MoreThanTheLot):
            services.issue_commitment(a_draft(lot.code, kg=kg, place="Here"), **AT_NOON)
    assert not Commitment.objects.exists()


@pytest.mark.django_db
def test_a_mixed_lot_needs_a_certificate_of_its_own() -> None:
    producer = a_producer()
    parts = [a_harvested_lot(500, organisation=producer) for _ in range(2)]
    papers = [
        services.issue_commitment(a_draft(each.code, kg=Decimal(500)), **AT_NOON) for each in parts
    ]
    (half,) = lot_services.split(lot_code=parts[0].code, parts_kg=[Decimal(200)], **at_noon())
    assert selectors.standing(lots.lot(half.code), NOON.date()).covering == papers[0]
    mixed = lot_services.blend(
        parts=[lot_services.Part(half.code), lot_services.Part(parts[1].code)],
        product_code=half.product.code, **at_noon(),
    )  # fmt: skip
    standing = selectors.standing(lots.lot(mixed.code), NOON.date())
    assert (standing.is_mixed, standing.covering, standing.is_owed) == (True, None, True)
    own = services.issue_commitment(a_draft(mixed.code), **AT_NOON)
    assert set(own.sources.all()) == set(papers)
    assert selectors.standing(lots.lot(mixed.code), NOON.date()).covering == own


@pytest.mark.django_db
def test_a_program_issues_reads_and_collects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    producer, buyer = a_producer(), an_organisation()
    lot = a_harvested_lot(organisation=producer)
    client, asked = a_client_for(an_actor(producer)), {"content_type": "application/json"}
    body = {"lot": lot.code, "produce": "vegetables", "kg": "400", "statement": "We keep it."}
    issued = client.post("/api/labels/commitments", body, **asked)
    assert issued.status_code == 201, issued.content
    number = issued.json()["number"]
    assert issued.json()["url"].endswith(f"/labels/commitments/{number}/")
    assert (issued.json()["lot"], issued.json()["keep_until"]) == (lot.code, "2027-04-15")
    refused = client.post("/api/labels/commitments", {**body, "produce": "gold"}, **asked)
    assert refused.status_code == 422
    stranger = a_client_for(an_actor(buyer))
    assert stranger.post("/api/labels/commitments", body, **asked).status_code in {403, 404}
    assert stranger.get(f"/api/labels/commitments/{number}").json()["product"] == lot.product.name
    path, said = f"/api/labels/commitments/{number}/collect", {"organisation": buyer.code}
    assert stranger.post(path, said, **asked).json()["organisation"] == buyer.code
    assert [each["number"] for each in stranger.get("/api/labels/commitments").json()["items"]] == [
        number
    ]


@pytest.mark.django_db
def test_a_buyer_collects_a_certificate_once_and_nobody_their_own() -> None:
    lot, buyer = a_harvested_lot(organisation=a_producer()), an_organisation()
    made = services.issue_commitment(a_draft(lot.code), **AT_NOON)
    with pytest.raises(refusals.OwnCertificate):
        services.collect_commitment(made.number, made.organisation_id, **AT_NOON)
    for _ in range(2):
        row = services.collect_commitment(made.number, buyer.pk, finding="3 kg less", **AT_NOON)
    assert Collected.objects.get() == row
    assert row.keep_until == date(2027, 4, 15)
    clerk = an_actor(buyer)
    assert list(selectors.commitments(clerk)) == [made]
    assert list(selectors.commitments(an_actor())) == []
    with pytest.raises(NotAllowed):
        services.collect_commitment(made.number, lot.organisation_id, by=clerk, now=NOON)
    with pytest.raises(NotAllowed):
        services.issue_commitment(a_draft(lot.code), by=clerk, now=NOON)


@pytest.mark.django_db
def test_the_pages_and_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    lot = a_harvested_lot(organisation=a_producer())
    client = a_client_for(an_actor(lot.organisation))
    page = client.get(reverse("lots:lot", args=[lot.code])).content.decode()
    assert reverse("labels:commitment_issue", args=[lot.code]) in page
    asked = {"produce": "fruit", "kg": "10", "statement": "We keep to the limits.",
             "place": "East Village", "contact": "0351 1"}  # fmt: skip
    answer = client.post(reverse("labels:commitment_issue", args=[lot.code]), asked)
    made = Commitment.objects.get()
    address = reverse("labels:commitment", args=[made.number])
    assert answer.headers["Location"] == address
    public = Client().get(address).content.decode()
    assert "We keep to the limits." in public
    document = pypdfium2.PdfDocument(Client().get(f"{address}pdf/").content)[0]
    (read,) = zxingcpp.read_barcodes(document.render(scale=3).to_pil())
    assert read.text == commitment_paper.url(made)
    assert made.number in client.get(reverse("labels:commitments")).content.decode()
    buyer = an_organisation()
    collect = reverse("labels:commitment_collect", args=[made.number])
    a_client_for(an_actor(buyer)).post(collect, {"organisation": buyer.pk})
    assert Collected.objects.get().organisation == buyer

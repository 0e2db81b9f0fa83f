"""A list of this wing asks no more of the database when there is more in it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders.applications import a_ruled_brand, an_application
from builders.artwork import a_draft as a_label
from builders.evaluation import a_draft_dossier, a_round, the_rulebooks
from builders.gi import a_gi
from builders.labels import NOON, a_label_run, a_labelled_lot
from builders.licensing import a_licence
from builders.lots import a_harvested_lot
from builders.parties import a_client_for, an_officer, an_organisation
from builders.products import a_trade_item
from builders.schemes import a_brand, a_right, a_rulebook
from builders.stars import a_star, schemes_of_the_tests
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.evaluation import services as evaluation
from originmark.mark.labels import box_services, commitment_services, roll_services
from originmark.mark.labels.artwork import services as artwork
from originmark.mark.licensing import services as licensing
from originmark.mark.schemes.services import plans
from originmark.origin.parties.access import SYSTEM

pytestmark = pytest.mark.django_db
HOW: dict[str, Any] = {"by": SYSTEM, "now": NOON}
TODAY = NOON.date()
LATE = NOON.replace(year=2027)


def a_plan() -> None:
    draft = plans.PlanDraft(
        title="To quality", brand_code=a_brand().code, currency="CNY",
        begins_on=date(2026, 1, 1), ends_on=date(2028, 12, 31),
    )  # fmt: skip
    plan = plans.record_plan(draft, **HOW)
    measure = plans.MeasureDraft(
        stage="Standards", title="A standard", due_on=TODAY, owner_id=an_organisation().pk
    )
    plans.add_measure(plan.code, measure, **HOW)


def a_revoked_star() -> str:
    star = a_star()
    draft = evaluation.RevocationDraft("MARK_MISUSE", "7/2026", TODAY, TODAY)
    evaluation.revoke(star.number, draft, **HOW)
    return star.number


def an_appeal() -> None:
    draft = evaluation.AppealDraft(
        against="revocation", number=a_revoked_star(), grounds="It was misread"
    )
    evaluation.lodge_appeal(draft, **HOW)


def a_check() -> None:
    evaluation.plan_check(a_star().number, kind="field", planned_on=TODAY, by=SYSTEM)


def a_dossier() -> None:
    the_rulebooks()
    a_draft_dossier(a_round())


def a_commitment() -> None:
    maker = an_organisation(address="East Village, Yangqu", phone="0351 5520001")
    lot = a_harvested_lot(organisation=maker)
    draft = commitment_services.CommitmentDraft(
        lot_code=lot.code, produce="vegetables", kg=Decimal(400), statement="We keep to the limits."
    )
    commitment_services.issue_commitment(draft, **HOW)


def a_report() -> None:
    a_licence(brand=a_ruled_brand(an_organisation().code))
    licensing.open_reports(by=SYSTEM, now=LATE)


def a_finding() -> None:
    licensing.record_finding(licensing.FindingDraft(an_organisation().pk, "Bought grain"), **HOW)


ROWS: dict[str, Callable[[], object]] = {
    "schemes:brand_list": a_brand,
    "schemes:gi_list": a_gi,
    "schemes:plan_list": a_plan,
    "schemes:right_list": lambda: a_right(a_brand()),
    "schemes:rulebook_list": lambda: a_rulebook(a_brand()),
    "evaluation:star_register": a_star,
    "evaluation:star_watch": lambda: a_star(decided_on=date(2023, 11, 1)),
    "evaluation:check_list": a_check,
    "evaluation:appeal_list": an_appeal,
    "evaluation:dossier_list": a_dossier,
    "evaluation:round_list": a_dossier,
    "licensing:licence_list": a_licence,
    "licensing:user_list": a_licence,
    "licensing:application_list": lambda: an_application(a_ruled_brand(an_organisation().code)),
    "licensing:report_list": a_report,
    "licensing:finding_list": a_finding,
    "labels:runs": a_label_run,
    "labels:artworks": lambda: artwork.record_artwork(
        a_label(a_trade_item(organisation=an_organisation())), **HOW
    ),
    "labels:boxes": lambda: box_services.open_box(a_labelled_lot().organisation.pk, "box", **HOW),
    "labels:rolls": lambda: roll_services.cut_rolls(a_label_run(4).number, 2, **HOW),
    "labels:commitments": a_commitment,
}
SCHEMES_OF_THEIR_OWN = {"evaluation:dossier_list", "evaluation:round_list"}
APIS = {
    "/api/schemes/gi/": a_gi,
    "/api/schemes/brands": a_brand,
    "/api/schemes/rights": lambda: a_right(a_brand()),
    "/api/stars/": a_star,
    "/api/evaluation/dossiers": a_dossier,
    "/api/evaluation/rounds": a_dossier,
    "/api/licences": a_licence,
    "/api/licences/users": a_licence,
    "/api/mark-use/applications": ROWS["licensing:application_list"],
    "/api/mark-use/reports": a_report,
    "/api/labels/runs": a_label_run,
    "/api/labels/artworks": ROWS["labels:artworks"],
    "/api/labels/boxes": ROWS["labels:boxes"],
    "/api/labels/rolls": ROWS["labels:rolls"],
    "/api/labels/commitments": a_commitment,
}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def officer() -> Client:
    return a_client_for(an_officer())


def asked_of(client: Client, address: str) -> tuple[int, int]:
    """Return how many queries a list took, and how long its text is."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        text = answer.getvalue()  # a file is read row by row
    assert answer.status_code == 200
    return len(queries), len(text)


def check_that_it_grows_alone(
    client: Client, addresses: list[str], a_row: Callable[[], object]
) -> None:
    a_row()
    for each in addresses:
        client.get(each)  # what is read once per process
    before = [asked_of(client, each) for each in addresses]
    for _row in range(3):
        a_row()
    after = [asked_of(client, each) for each in addresses]
    assert [queries for queries, _ in after] == [queries for queries, _ in before]
    assert all(new > old for (_, new), (_, old) in zip(after, before, strict=True))


@pytest.mark.parametrize("name", ROWS)
def test_a_page_and_its_file_take_as_many_queries_for_four_rows_as_for_one(
    name: str, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name.startswith("evaluation:") and name not in SCHEMES_OF_THEIR_OWN:
        schemes_of_the_tests(monkeypatch)
    address = reverse(name)

    check_that_it_grows_alone(officer, [address, f"{address}?format=csv"], ROWS[name])


@pytest.mark.parametrize("address", APIS)
def test_a_program_takes_as_many_queries_for_four_rows_as_for_one(
    address: str, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    if address == "/api/stars/":
        schemes_of_the_tests(monkeypatch)

    check_that_it_grows_alone(officer, [address], APIS[address])

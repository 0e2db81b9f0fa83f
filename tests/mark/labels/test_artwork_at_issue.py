"""Whether labels are issued while no artwork passed the rules of the day."""

from datetime import date
from typing import Any

import pytest
from builders.artwork import AT_NOON, a_draft, seen
from builders.labels import NOON, Labelled, a_labelled_lot
from builders.parties import a_client_for, an_actor
from builders.rulebooks import a_use_rules_text
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.labels import selectors
from originmark.mark.labels.artwork import services, standing
from originmark.mark.labels.artwork.models import Artwork
from originmark.mark.labels.models import LabelRun
from originmark.mark.labels.refusals import IssueRefused
from originmark.mark.schemes import services as schemes
from originmark.origin.parties.access import SYSTEM
from originmark.origin.products import selectors as products

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready() -> Labelled:
    return a_labelled_lot()


def approved(ready: Labelled, **more: Any) -> Artwork:
    row = services.record_artwork(a_draft(ready.lot.product, **more), **AT_NOON)
    return services.approve_artwork(seen(row).number, **AT_NOON)


def asked(ready: Labelled) -> Any:
    told = selectors.checklist(ready.lot.code, ready.brand.code, 1, **AT_NOON)
    return next((each for each in told if each.key == "artwork"), None)


def refusing(ready: Labelled) -> None:
    text = a_use_rules_text(ready.brand.code).replace(
        "[use]", '[use]\nunchecked_artwork = "refusal"'
    )
    schemes.load_rulebook(text, by=SYSTEM, now=NOON)


def test_where_nobody_checks_artwork_nobody_hears_of_it(ready: Labelled) -> None:
    assert asked(ready) is None
    assert ready.issue().decided_on["advice"] == []


def test_labels_without_approved_artwork_are_issued_with_a_warning(ready: Labelled) -> None:
    services.record_artwork(a_draft(ready.lot.product), **AT_NOON)
    condition = asked(ready)
    assert (condition.refusal.code, condition.is_advice) == ("artwork-none-approved", True)
    assert not condition.is_in_the_way
    (said,) = ready.issue().decided_on["advice"]
    assert "has no label that was checked" in said


def test_approved_artwork_is_enough(ready: Labelled) -> None:
    approved(ready)
    assert asked(ready).is_met
    assert ready.issue().decided_on["advice"] == []


def test_the_rules_of_use_may_refuse(ready: Labelled) -> None:
    refusing(ready)
    with pytest.raises(IssueRefused) as caught:
        ready.issue()
    assert "artwork-none-approved" in [each.code for each in caught.value.refusals]
    assert not LabelRun.objects.exists()
    approved(ready)
    condition = asked(ready)
    assert (condition.is_met, condition.is_advice) == (True, False)


@pytest.mark.parametrize(
    ("on", "code"),
    [(date(2027, 3, 15), None), (date(2027, 3, 16), "artwork-of-older-rules")],
)
def test_artwork_of_the_old_standard_is_old_from_the_day_of_the_new(
    ready: Labelled, on: date, code: str | None
) -> None:
    row = approved(ready, market="CN")
    said = standing.against(products.product(ready.lot.product.code), on)
    assert (said.code if said else None) == code
    if said:
        assert said.facts["number"] == row.number
        assert said.facts["rulesets"] == ("cn-gb7718-2025 v2",)


def test_page_and_program_read_the_warning(
    ready: Labelled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    services.record_artwork(a_draft(ready.lot.product), **AT_NOON)
    client = a_client_for(an_actor(ready.organisation))
    body = {"lot": ready.lot.code, "brand": ready.brand.code, "count": 3}
    page = client.get(reverse("labels:issue"), body).content.decode()
    assert "Not in the way, but:" in page
    assert "Nothing is in the way." in page
    made = client.post("/api/labels/runs", body, content_type="application/json")
    assert made.status_code == 201
    (said,) = made.json()["warnings"]
    run = client.get(reverse("labels:run", args=[made.json()["number"]])).content.decode()
    assert said.split(".")[0] in run


def test_runs_of_before_have_no_warnings(ready: Labelled) -> None:
    run = ready.issue()
    LabelRun.objects.filter(pk=run.pk).update(decided_on={"on": "2026-10-15"})
    told = a_client_for(an_actor(ready.organisation)).get(f"/api/labels/runs/{run.number}").json()
    assert told["warnings"] == []

"""Star, quota and release: conditions of law 3 where the mark or its programme asks for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders.issue_facts import GOOD
from builders.labels import NOON, Labelled, a_labelled_lot
from builders.rulebooks import a_use_rules_text
from builders.stars import a_star, schemes_of_the_tests

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import rules, selectors, services, sockets
from originmark.mark.labels.models import LabelRun
from originmark.mark.labels.refusals import IssueRefused
from originmark.mark.licensing.models import Quota, QuotaDraw
from originmark.mark.schemes import services as schemes
from originmark.origin.parties.access import SYSTEM

AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}
QUOTA = rules.QuotaFact(
    season=2026, granted_kg=Decimal(60), used_kg=Decimal(10), left_kg=Decimal(50), is_spent=False,
    is_set=True, label_kg=Decimal("0.5"),
)  # fmt: skip
VALID = rules.StarFact(is_valid=True, number="ST-1", until=date(2029, 3, 14))


class NotReleased(RuleViolation):
    code = "not-released"


def codes(facts: rules.IssueFacts) -> list[str]:
    return [each.code for each in rules.check_issue(facts)]


def keys(facts: rules.IssueFacts) -> set[str]:
    return {each.key for each in rules.conditions(facts)}


def test_nobody_is_asked_for_a_star_a_quota_or_a_release_in_vain() -> None:
    assert keys(GOOD).isdisjoint({"star", "quota", "release"})
    asked = replace(GOOD, star=VALID, quota=QUOTA, release=rules.ReleaseFact(None))
    assert keys(asked) - keys(GOOD) == {"star", "quota", "release"}
    assert codes(asked) == []


@pytest.mark.parametrize(
    ("star", "code", "said"),
    [
        (rules.StarFact(is_valid=False), "star-missing", "20"),
        (replace(VALID, is_valid=False), "star-expired", "ST-1"),
        (replace(VALID, is_valid=False, revoked_from=date(2026, 5, 1)), "star-revoked", "ST-1"),
    ],
)
def test_a_star_that_does_not_count_is_refused(star: rules.StarFact, code: str, said: str) -> None:
    (refusal,) = rules.check_issue(replace(GOOD, star=star, rights=()))
    assert refusal.code == code
    assert said in str(refusal)


def test_a_star_is_the_right_of_a_star_scheme_but_not_of_another_mark() -> None:
    assert codes(replace(GOOD, star=VALID, rights=())) == []
    beside = replace(VALID, is_right=False)
    assert codes(replace(GOOD, star=beside, rights=())) == ["no-right-in-force"]


def test_labels_beyond_the_quota_are_refused_and_told_how_many_are_left() -> None:
    assert codes(replace(GOOD, quota=QUOTA, count=100)) == []
    (refusal,) = rules.check_issue(replace(GOOD, quota=QUOTA, count=101))
    assert refusal.code == "quota-too-small"
    assert refusal.facts["asked_kg"] == Decimal("50.5")
    assert refusal.facts["labels_left"] == 100


def test_a_blown_fuse_and_a_quota_that_nobody_set_refuse_everything() -> None:
    assert codes(replace(GOOD, quota=replace(QUOTA, is_spent=True), count=1)) == ["quota-too-small"]
    unset = replace(QUOTA, is_set=False, is_spent=True, left_kg=Decimal(0))
    assert codes(replace(GOOD, quota=unset, count=1)) == ["quota-not-set"]


@pytest.fixture
def unplugged() -> Iterator[None]:
    before = list(sockets._releases)
    yield
    sockets._releases[:] = before


@pytest.mark.usefixtures("unplugged")
def test_whoever_plugs_in_decides_on_the_release() -> None:
    sockets._releases.clear()
    assert sockets.release("PK-1", NOON.date()) is None
    refused = NotReleased()
    sockets.register_release(lambda code, _on: refused if code == "PK-1" else None)
    told = sockets.release("PK-1", NOON.date())
    assert codes(replace(GOOD, release=told)) == ["not-released"]
    assert sockets.release("PK-2", NOON.date()) == rules.ReleaseFact(None)


@pytest.mark.django_db
def test_labels_of_a_star_scheme_follow_the_star(monkeypatch: pytest.MonkeyPatch) -> None:
    schemes_of_the_tests(monkeypatch)
    ready = a_labelled_lot()
    ready.brand.kind = "star"
    ready.brand.save(update_fields=["kind"])
    ready.brand.rights.all().delete()
    assert refused(ready, 5) == ["star-missing"]
    star = a_star(ready.lot.product)
    run = ready.issue(5)
    assert run.decided_on["star"] == star.number
    long_after = star.valid_until + timedelta(days=1)
    late = NOON + (long_after - NOON.date())
    assert "star-expired" in refused(ready, 5, now=late)
    star.revoked_from = NOON.date()
    star.save(update_fields=["revoked_from"])
    assert refused(ready, 5) == ["star-revoked"]
    assert LabelRun.objects.count() == 1


@pytest.mark.django_db
def test_labels_draw_on_the_quota_and_spoiled_ones_give_back() -> None:
    ready = a_labelled_lot(packs=100)  # of 500 g
    rules_text = a_use_rules_text(ready.brand.code)
    schemes.load_rulebook(rules_text, by=SYSTEM, now=NOON)
    assert refused(ready, 1) == ["quota-not-set"]
    quota = Quota.objects.create(
        organisation=ready.organisation, brand=ready.brand, season=2026, granted_g=20_000,
        computed_g=20_000,
    )  # fmt: skip
    run = ready.issue(30)
    quota.refresh_from_db()
    assert (run.label_g, quota.used_g) == (500, 15_000)
    assert refused(ready, 11) == ["quota-too-small"]
    services.spoil(run.number, first=0, last=9, **AT_NOON)
    services.spoil(run.number, first=0, last=9, **AT_NOON)  # again: no harm
    quota.refresh_from_db()
    assert quota.used_g == 10_000
    ready.issue(20)
    quota.refresh_from_db()
    assert (quota.used_g, quota.is_spent) == (20_000, True)
    assert refused(ready, 1) == ["quota-too-small"]
    services.withdraw(run.number, first=10, last=29, reason="Weevils", **AT_NOON)
    quota.refresh_from_db()
    assert quota.used_g == 20_000  # what went to market stays counted


@pytest.mark.django_db
def test_a_quota_that_is_used_up_meanwhile_refuses_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What law 3 saw is old: the draw has the last word."""
    ready = a_labelled_lot(packs=100)
    schemes.load_rulebook(a_use_rules_text(ready.brand.code), by=SYSTEM, now=NOON)
    quota = Quota.objects.create(
        organisation=ready.organisation, brand=ready.brand, season=2026, granted_g=20_000,
        computed_g=20_000,
    )  # fmt: skip
    seen = services.facts.gather

    def gather_then_another_draws(*args: Any, **more: Any) -> Any:
        found = seen(*args, **more)
        Quota.objects.filter(pk=quota.pk).update(used_g=15_500)
        return found

    monkeypatch.setattr(services.facts, "gather", gather_then_another_draws)
    assert refused(ready, 10) == ["quota-spent"]
    assert not LabelRun.objects.exists()
    assert not QuotaDraw.objects.exists()
    assert selectors.labels_left(ready.lot.code).in_force == 0


def refused(ready: Labelled, count: int, **more: Any) -> list[str]:
    with pytest.raises(IssueRefused) as caught:
        ready.issue(count, **more)
    return [each.code for each in caught.value.refusals]

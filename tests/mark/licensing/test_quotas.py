"""Quotas in the database: drawing, giving back, the fuse, computing, changing by hand."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from builders.licensing import a_licence
from builders.parties import an_actor, an_officer, an_organisation
from builders.places import a_boundary, a_growing_area, a_square
from builders.quotas import SEASON, User, a_quota_brand, a_user
from builders.schemes import NOON, a_brand
from django.db import IntegrityError, transaction

from originmark.frame.web import clock
from originmark.mark.licensing import quota_daily, selectors, services, sockets
from originmark.mark.licensing import quota_rules as rules
from originmark.mark.licensing.models import Quota, QuotaChange, QuotaDraw
from originmark.origin.parties.access import SYSTEM, NotAllowed

pytestmark = pytest.mark.django_db

NO_PROGRESS: Any = None


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str, int, bool]]:
    """What listeners of the fuse were told."""
    told: list[tuple[int, str, int, bool]] = []
    monkeypatch.setattr(sockets, "_listeners", [])

    def listen(
        organisation_id: int, brand_code: str, season: int, *, is_spent: bool, now: datetime
    ) -> None:
        assert now == NOON
        told.append((organisation_id, brand_code, season, is_spent))

    sockets.register_fuse(listen)
    return told


def set_by_hand(user: User, kg: str, **more: str) -> Quota:
    fuse = Decimal(more.get("fuse", "0"))
    return services.adjust_quota(
        user.quota.pk, granted_kg=Decimal(kg), reason=more.get("reason", "Bought land"),
        fuse_at_kg=fuse, by=SYSTEM, now=NOON,
    )  # fmt: skip


def give_back(reference: str, kg: str) -> QuotaDraw | None:
    return services.return_quota(reference, Decimal(kg), by=SYSTEM, now=NOON)


def test_every_day_quotas_follow_the_land_and_say_nothing_where_it_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    user = a_user()
    a_brand("without-rules")
    assert quota_daily.daily({}, NO_PROGRESS) == {"computed": 1}
    history = list(user.quota.changes.values_list("kind", flat=True))
    assert (user.quota.granted_kg, history) == (Decimal(37_800), ["computed"])
    quota_daily.daily({}, NO_PROGRESS)
    assert user.quota.changes.count() == 1
    a_growing_area(organisation=user.organisation)
    quota_daily.daily({}, NO_PROGRESS)
    assert user.quota.changes.count() == 2


def test_land_times_cap_times_conversion_is_granted() -> None:
    user = a_user()
    left = selectors.quota_left(user.organisation.pk, "yangqu", SEASON)

    assert left is not None
    assert (left.granted_kg, left.used_kg, left.left_kg) == (37800, 0, 37800)
    assert not left.is_spent
    assert user.quota.basis["plots"][0]["goods_kg"] == "36000.000"


def test_a_draw_counts_once_whatever_is_repeated() -> None:
    user = a_user()
    first, again = user.draw("100.5"), user.draw("100.5")

    assert first == again
    assert user.quota.left_kg == Decimal("37699.5")
    with pytest.raises(rules.QuotaReferenceTaken) as refused:
        user.draw("100")
    assert refused.value.facts["drawn_kg"] == Decimal("100.5")
    assert user.quota.used_kg == Decimal("100.5")


def test_more_than_is_left_is_refused_and_leaves_nothing() -> None:
    user = a_user(name="Heshun")
    user.draw("37000")

    with pytest.raises(rules.QuotaSpent) as refused:
        user.draw("800.001", "run-2")

    assert refused.value.facts == {
        "organisation": "Heshun", "brand": user.brand.name, "season": 2026,
        "granted_kg": Decimal(37800), "used_kg": Decimal(37000), "left_kg": Decimal(800),
        "asked_kg": Decimal("800.001"),
    }  # fmt: skip
    assert user.quota.used_kg == 37000
    assert QuotaDraw.objects.count() == 1


def test_the_last_gram_blows_the_fuse_and_a_return_resets_it(
    heard: list[tuple[int, str, int, bool]],
) -> None:
    user = a_user()
    who = user.organisation.pk
    user.draw("37799.999")
    assert not user.quota.is_spent
    user.draw("0.001", "run-2")

    assert user.quota.is_spent
    assert heard == [(who, "yangqu", 2026, True)]
    with pytest.raises(rules.QuotaSpent):
        user.draw("0.001", "run-3")

    give_back("run-1", "100")
    assert not user.quota.is_spent
    assert heard == [(who, "yangqu", 2026, True), (who, "yangqu", 2026, False)]
    assert user.quota.left_kg == 100
    kinds = list(QuotaChange.objects.order_by("pk").values_list("kind", "reason"))
    assert kinds == [("computed", ""), ("fuse-blown", "run-2"), ("fuse-reset", "run-1")]


def test_a_listener_that_refuses_undoes_the_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    user = a_user()

    def refuse(*_: object, **__: object) -> None:
        raise rules.QuotaReasonMissing

    monkeypatch.setattr(sockets, "_listeners", [refuse])
    with pytest.raises(rules.QuotaReasonMissing):
        user.draw("37800")

    assert user.quota.used_g == 0
    assert not QuotaDraw.objects.exists()


def test_a_reserve_blows_the_fuse_early() -> None:
    user = a_user()
    set_by_hand(user, "1000", fuse="10")
    user.draw("990")

    assert user.quota.is_spent
    with pytest.raises(rules.QuotaSpent):
        user.draw("5", "run-2")
    set_by_hand(user, "1100", fuse="10")
    assert not user.quota.is_spent


def test_no_more_comes_back_than_went_out() -> None:
    user = a_user()
    user.draw("100")
    give_back("run-1", "60")

    with pytest.raises(rules.ReturnBeyondDraw) as refused:
        give_back("run-1", "40.001")

    assert refused.value.facts["returned_kg"] == 60
    assert user.quota.used_kg == 40


def test_without_a_quota_rule_nothing_is_counted() -> None:
    coop, brand = an_organisation(), a_brand("plain")
    user = User(coop, brand)

    assert user.draw("5") is None
    assert give_back("run-1", "5") is None
    assert selectors.quota_left(coop.pk, "plain", SEASON) is None
    with pytest.raises(rules.NoQuotaRule):
        services.compute_quotas("plain", SEASON, by=SYSTEM, now=NOON)


def test_a_rule_without_a_quota_lets_nothing_through() -> None:
    user = User(an_organisation(), a_quota_brand())

    with pytest.raises(rules.QuotaNotGranted):
        user.draw("5")
    left = selectors.quota_left(user.organisation.pk, "yangqu", SEASON)
    assert left is not None
    assert left.is_spent


def test_a_season_without_a_cap_cannot_be_computed() -> None:
    a_quota_brand()
    with pytest.raises(rules.NoCapForQuota):
        services.compute_quotas("yangqu", 2027, by=SYSTEM, now=NOON)


def test_only_land_inside_the_boundary_counts() -> None:
    a_boundary("yangqu-line")
    brand = a_quota_brand(boundary_code="yangqu-line")
    coop = an_organisation()
    a_licence(coop, brand)
    a_growing_area("in", organisation=coop, geometry=a_square(), declared="15 ha")
    a_growing_area("out", organisation=coop, geometry=a_square(100.0), declared="15 ha")
    a_growing_area("undrawn", organisation=coop)

    services.compute_quotas("yangqu", SEASON, by=SYSTEM, now=NOON)

    quota = Quota.objects.get()
    bases = {each["code"]: each["basis"] for each in quota.basis["plots"]}
    assert bases == {"in": "cap", "out": "outside", "undrawn": "outside"}
    assert quota.granted_kg == Decimal("15") * 4500 * Decimal("0.8") * Decimal("1.05")


def test_computing_again_changes_nothing_and_keeps_what_was_done_by_hand() -> None:
    user = a_user()
    set_by_hand(user, "38000")
    services.compute_quotas("yangqu", SEASON, by=SYSTEM, now=NOON)

    assert user.quota.granted_kg == 38000
    assert list(user.quota.changes.values_list("kind", flat=True)) == ["adjusted", "computed"]


def test_land_that_is_gone_never_takes_away_what_is_labelled(
    heard: list[tuple[int, str, int, bool]],
) -> None:
    user = a_user()
    user.draw("30000")
    user.organisation.growing_areas.update(status="closed")
    services.compute_quotas("yangqu", SEASON, by=SYSTEM, now=NOON)

    quota = user.quota
    assert (quota.granted_kg, quota.left_kg, quota.overdrawn_kg) == (30000, 0, 30000)
    assert heard == [(user.organisation.pk, "yangqu", SEASON, True)]

    give_back("run-1", "1000")
    assert (user.quota.granted_kg, user.quota.is_spent) == (29000, True)


def test_a_change_by_hand_needs_a_reason_and_respects_what_is_used() -> None:
    user = a_user()
    user.draw("100")

    with pytest.raises(rules.QuotaReasonMissing):
        set_by_hand(user, "500", reason=" ")
    with pytest.raises(rules.QuotaBelowUse):
        set_by_hand(user, "99.999")

    assert user.quota.granted_kg == 37800
    assert user.quota.changes.count() == 1


def test_the_database_itself_refuses_more_than_is_granted() -> None:
    user = a_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(pk=user.quota.pk).update(used_g=user.quota.granted_g + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(pk=user.quota.pk).update(used_g=-1)


def test_who_may_set_and_who_may_read() -> None:
    user = a_user()
    for actor in (an_actor(user.organisation, "manager"), an_actor(), an_officer("inspector")):
        with pytest.raises(NotAllowed):
            services.compute_quotas("yangqu", SEASON, by=actor, now=NOON)
        with pytest.raises(NotAllowed):
            services.adjust_quota(
                user.quota.pk, granted_kg=Decimal(1), reason="x", by=actor, now=NOON
            )

    assert user.quota.changes.count() == 1
    assert selectors.quotas(an_actor(user.organisation, "viewer")).count() == 1
    assert selectors.quotas(an_officer("inspector")).count() == 1
    assert not selectors.quotas(an_actor(an_organisation())).exists()


def test_what_is_nearly_spent_is_found() -> None:
    user, other = a_user(), a_user(a_quota_brand("other"))
    other.draw("100", "run-other")
    user.draw("34020")  # nine tenths

    assert list(selectors.quotas_nearly_spent(an_officer(), season=SEASON)) == [user.quota]

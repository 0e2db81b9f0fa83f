"""Law 3 over random histories: no label is issued unless everything holds on that day.

Thousands of histories in memory, where the rules decide and an oracle written down anew checks
every answer; a few through the services, where the rows are counted.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders.issue_facts import GOOD, NO_LICENCE
from builders.labels import NOON, Labelled, a_labelled_lot
from builders.places import a_boundary, a_square
from builders.rulebooks import a_use_rules_text
from builders.stars import a_star, schemes_of_the_tests
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import rules, selectors, services, spans
from originmark.mark.labels.refusals import IssueRefused
from originmark.mark.licensing import services as licensing
from originmark.mark.licensing.models import Quota
from originmark.mark.schemes import services as schemes
from originmark.origin.parties.access import SYSTEM

PACKS, LABEL_G, QUOTA_G = 20, 500, 8_000  # the quota ends before the packs: 16 labels
FAR_OUT = rules.AreaFact("A1", "Field", is_inside=False, share_inside=0.0)

moves = st.one_of(
    st.tuples(st.just("issue"), st.integers(1, 9)),
    st.tuples(
        st.sampled_from(["activate", "spoil", "withdraw"]),
        st.integers(0, 5), st.integers(0, 9), st.integers(0, 4),
    ),
    st.tuples(st.just("days"), st.integers(1, 200)),
    st.sampled_from([("suspend",), ("lift",), ("move boundary",), ("revoke",), ("new star",)]),
)  # fmt: skip


@dataclass
class World:
    """A lot, a user and a product, as law 3 sees them."""

    today: date = date(2026, 10, 15)
    star_until: date = date(2027, 6, 30)
    is_star_revoked: bool = False
    is_licensed: bool = True
    is_inside: bool = True
    runs: list[list[spans.Span]] = field(default_factory=list)

    @property
    def in_force(self) -> int:
        """Count the labels that are out, run by run."""
        return sum(spans.in_force(run) for run in self.runs)

    def facts(self, count: int) -> rules.IssueFacts:
        """Say what the rooms below would say."""
        left_kg = Decimal(QUOTA_G - LABEL_G * self.in_force) / 1000
        is_valid = self.today <= self.star_until and not self.is_star_revoked
        star = rules.StarFact(is_valid, "ST-1", self.star_until)
        quota = rules.QuotaFact(
            2026, Decimal(QUOTA_G) / 1000, Decimal(0), left_kg, is_spent=left_kg <= 0,
            is_set=True, label_kg=Decimal(LABEL_G) / 1000,
        )  # fmt: skip
        return replace(
            GOOD, on=self.today, count=count, lot=replace(GOOD.lot, pack_count=PACKS), star=star,
            quota=quota, in_force=self.in_force, areas=GOOD.areas if self.is_inside else (FAR_OUT,),
            licence_refusal=None if self.is_licensed else NO_LICENCE,
        )  # fmt: skip

    def holds(self, count: int) -> bool:
        """Say in other words what law 3 asks for."""
        out = sum(each.state != "spoiled" for run in self.runs for each in _each_label(run))
        return (
            self.is_licensed
            and self.is_inside
            and not self.is_star_revoked
            and self.today <= min(self.star_until, date(2027, 11, 1))  # star, best before
            and out + count <= PACKS
            and (out + count) * LABEL_G <= QUOTA_G
        )


def _each_label(run: list[spans.Span]) -> list[spans.Span]:
    return [span for span in run for _ in range(span.count)]


def play(world: World, move: Any) -> None:
    """Make one move of the history; a change that is refused leaves the run as it is."""
    match move:
        case ("issue", count):
            world.runs.append(spans.whole(count))
        case (verb, which, first, length):
            if world.runs:
                number = which % len(world.runs)
                state = {"activate": "activated", "spoil": "spoiled", "withdraw": "withdrawn"}[verb]
                change = spans.Span(first, first + length, state)
                world.runs[number] = spans.paint("R", world.runs[number], change)
        case ("days", days):
            world.today += timedelta(days=days)
        case ("suspend",) | ("lift",):
            world.is_licensed = move == ("lift",)
        case ("move boundary",):
            world.is_inside = not world.is_inside
        case ("revoke",):
            world.is_star_revoked = True
        case _:
            world.star_until, world.is_star_revoked = world.today + timedelta(days=300), False


@settings(max_examples=2000, deadline=None)
@given(history=st.lists(moves, max_size=25))
def test_labels_are_issued_exactly_when_all_holds_that_day(history: list[Any]) -> None:
    world = World()
    for move in history:
        if move[0] == "issue":
            refusals = rules.check_issue(world.facts(move[1]))
            assert (not refusals) == world.holds(move[1])
            if refusals:
                continue
        try:
            play(world, move)
        except RuleViolation:
            continue
        assert world.in_force <= PACKS
        assert world.in_force * LABEL_G <= QUOTA_G


def a_world(patch: pytest.MonkeyPatch) -> tuple[Labelled, Any]:
    """The same in the database: a star scheme with a quota that ends before the packs."""
    schemes_of_the_tests(patch)
    ready = a_labelled_lot(packs=PACKS)
    ready.brand.kind = "star"
    ready.brand.save(update_fields=["kind"])
    schemes.load_rulebook(a_use_rules_text(ready.brand.code), by=SYSTEM, now=NOON)
    Quota.objects.create(
        organisation=ready.organisation, brand=ready.brand, season=2026, granted_g=QUOTA_G,
        computed_g=QUOTA_G,
    )  # fmt: skip
    star = a_star(ready.lot.product, decided_on=date(2024, 7, 1))  # ends on 30 June 2027
    return ready, star


@pytest.mark.django_db
def test_law_3_holds_in_the_database_over_random_histories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few examples: each issue asks every room."""
    ready, star = a_world(monkeypatch)
    elsewhere = a_boundary(outline=a_square(120.0, 30.0))
    places = [ready.brand.boundary_code, elsewhere.code]

    @settings(
        max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(history=st.lists(moves, min_size=3, max_size=8))
    def law(history: list[Any]) -> None:
        with transaction.atomic():
            world = World()
            for move in history:
                step(ready, star, world, move, places)
                count_rows(ready)
            transaction.set_rollback(True)

    law()


def step(ready: Labelled, star: Any, world: World, move: Any, places: list[str]) -> None:
    """Make a move through the services, and the same in the model unless it was refused."""
    at: dict[str, Any] = {"by": SYSTEM, "now": NOON + (world.today - NOON.date())}
    match move:
        case ("issue", count):
            is_done = issues(ready, count, at)
            assert is_done == world.holds(count)
        case ("suspend",) | ("lift",):
            is_done = world.is_licensed == (move == ("suspend",)) and rests(ready, move[0], at)
        case ("move boundary",):
            ready.brand.boundary_code = places[world.is_inside]
            ready.brand.save(update_fields=["boundary_code"])
            is_done = True
        case ("revoke",):
            row = type(star).objects.filter(pk=star.pk, revoked_from=None)
            is_done = bool(row.update(revoked_from=world.today))
        case (_, _, _, _):
            is_done = paints(ready, move, at)
        case _:
            is_done = move[0] == "days"  # a new star needs a council: the model alone plays it
    if is_done:
        play(world, move)


def issues(ready: Labelled, count: int, at: dict[str, Any]) -> bool:
    """Ask for labels; whether they were issued."""
    try:
        with transaction.atomic():
            ready.issue(count, **at)
    except IssueRefused:
        return False
    return True


def rests(ready: Labelled, verb: str, at: dict[str, Any]) -> bool:
    """Suspend the licence, or let it hold again."""
    if verb == "suspend":
        licensing.suspend_licence(ready.licence.number, reason="Visit", **at)
    else:
        licensing.lift_suspension(ready.licence.number, **at)
    return True


def paints(ready: Labelled, move: Any, at: dict[str, Any]) -> bool:
    """Change some labels; whether it was allowed."""
    verb, which, first, length = move
    runs = selectors.runs_of_lot(ready.lot.code)
    if not runs:
        return False
    more = {} if verb == "activate" else {"reason": "why"}
    try:
        with transaction.atomic():
            getattr(services, verb)(
                runs[which % len(runs)].number, first=first, last=first + length, **more, **at
            )
    except RuleViolation:
        return False
    return True


def count_rows(ready: Labelled) -> None:
    """The counters say what the ranges say, and both keep to packs and quota."""
    runs = selectors.runs_of_lot(ready.lot.code)
    in_force = sum(spans.in_force(selectors.spans_of(run)) for run in runs)
    assert selectors.labels_left(ready.lot.code).in_force == in_force <= PACKS
    assert Quota.objects.get(brand=ready.brand).used_g == in_force * LABEL_G <= QUOTA_G

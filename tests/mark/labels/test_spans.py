"""What became of each label of a run, and law 3 over random histories."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import refusals, rules, spans
from originmark.mark.labels.spans import Span

RUN = "PK-1-L1"
changes = st.builds(
    lambda first, length, state: Span(first, first + length, state),
    st.integers(0, 60), st.integers(0, 20), st.sampled_from(spans.STATES[1:]),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(count=st.integers(1, 60), history=st.lists(changes, max_size=12))
def test_spans_always_cover_the_run_and_agree_with_a_list_of_labels(
    count: int, history: list[Span]
) -> None:
    labels, now = [spans.ISSUED] * count, spans.whole(count)
    for change in history:
        try:
            now = spans.paint(RUN, now, change)
        except RuleViolation:
            continue
        for index in range(change.first, change.last + 1):
            assert labels[index] in {change.state, spans.ISSUED, spans.ACTIVATED}
            labels[index] = change.state
    assert [each.state for each in now for _ in range(each.count)] == labels
    assert all(one.last + 1 == other.first for one, other in zip(now, now[1:], strict=False))  # noqa: RUF007 (may be one)
    assert spans.in_force(now) == count - labels.count(spans.SPOILED)
    assert all(spans.at(now, index).state == labels[index] for index in range(count))  # type: ignore[union-attr]


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (0, 10), (5, 4), (10, 10)])
def test_a_range_beyond_the_run_is_refused(first: int, last: int) -> None:
    with pytest.raises(refusals.NotInRun):
        spans.paint(RUN, spans.whole(10), Span(first, last, spans.ACTIVATED))


def test_a_spoiled_label_stays_spoiled() -> None:
    now = spans.paint(RUN, spans.whole(10), Span(2, 4, spans.SPOILED))
    with pytest.raises(refusals.WrongState) as caught:
        spans.paint(RUN, now, Span(0, 9, spans.ACTIVATED))
    assert caught.value.labels == ("3–5",)
    assert spans.paint(RUN, now, Span(3, 3, spans.SPOILED)) == now
    rest = spans.paint_rest(now, spans.ACTIVATED)
    assert spans.counts(rest) == {"issued": 0, "activated": 7, "spoiled": 3, "withdrawn": 0}
    assert spans.at(rest, 10) is None


@dataclass
class Programme:
    """A tiny programme in memory that obeys the rules and keeps account of what it did."""

    packs: int
    today: date = date(2026, 1, 1)
    licensed: set[date] = field(default_factory=set)
    righted: set[date] = field(default_factory=set)
    runs: list[tuple[date, list[Span]]] = field(default_factory=list)

    @property
    def in_force(self) -> int:
        return sum(spans.in_force(each) for _, each in self.runs)

    def issue(self, count: int) -> None:
        refusal = None if self.today in self.licensed else RuleViolation()
        rights = ("GI",) if self.today in self.righted else ()
        lot = rules.LotFact("PK-1", self.packs, rules.ACTIVE, True, None)
        area = rules.AreaFact("A", "A", is_inside=True, share_inside=1.0)
        facts = rules.IssueFacts(
            self.today, count, lot, "Org", True, "Millet", "Mark", True, "", True, refusal,
            rights, (area,), self.in_force,
        )  # fmt: skip
        rules.require_issue(facts)
        self.runs.append((self.today, spans.whole(count)))

    def change(self, number: int, change: Span) -> None:
        if self.runs:
            day, before = self.runs[number % len(self.runs)]
            self.runs[number % len(self.runs)] = (day, spans.paint(RUN, before, change))


steps = st.one_of(
    st.tuples(st.just("issue"), st.integers(1, 40)),
    st.tuples(st.just("change"), st.integers(0, 9), changes),
    st.tuples(st.just("next day"), st.booleans(), st.booleans()),
)


@settings(max_examples=400, deadline=None)
@given(packs=st.integers(0, 60), history=st.lists(steps, max_size=40))
def test_law_3_over_random_histories(packs: int, history: list[tuple]) -> None:  # type: ignore[type-arg]
    """Labels in force never exceed the packs; no run on a day without licence or right."""
    programme = Programme(packs, licensed={date(2026, 1, 1)}, righted={date(2026, 1, 1)})
    for step in history:
        try:
            match step:
                case ("issue", count):
                    programme.issue(count)
                case ("change", number, change):
                    programme.change(number, replace(change, reason="why"))
                case ("next day", is_licensed, is_righted):
                    programme.today += timedelta(days=1)
                    programme.licensed |= {programme.today} if is_licensed else set()
                    programme.righted |= {programme.today} if is_righted else set()
        except RuleViolation:
            pass
        assert programme.in_force <= packs
    for day, _ in programme.runs:
        assert day in programme.licensed & programme.righted

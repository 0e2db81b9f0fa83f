"""What became of each label of a run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import refusals, spans
from originmark.mark.labels.spans import Span

RUN = "PK-1-L1"
BEFORE = {
    "activated": {"issued"}, "spoiled": {"issued", "activated"}, "returned": {"issued"},
    "withdrawn": {"issued", "activated"}, "destroyed": {"returned"},
}  # fmt: skip
changes = st.builds(
    lambda first, length, state: Span(first, first + length, state),
    st.integers(0, 60), st.integers(0, 20), st.sampled_from(spans.STATES[1:]),
)  # fmt: skip


@settings(max_examples=1000, deadline=None)
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
            assert labels[index] in {change.state, *BEFORE[change.state]}
            labels[index] = change.state
    assert [each.state for each in now for _ in range(each.count)] == labels
    assert all(one.last + 1 == other.first for one, other in zip(now, now[1:], strict=False))  # noqa: RUF007 (may be one)
    given_back = labels.count(spans.SPOILED) + labels.count(spans.DESTROYED)
    assert spans.in_force(now) == count - given_back
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
    counted = {state: number for state, number in spans.counts(rest).items() if number}
    assert counted == {"activated": 7, "spoiled": 3}
    assert spans.at(rest, 10) is None


def test_returned_labels_are_void_and_only_destroying_them_gives_their_place_back() -> None:
    now = spans.paint(RUN, spans.whole(10), Span(6, 9, spans.RETURNED))
    assert spans.in_force(now) == 10
    with pytest.raises(refusals.WrongState) as caught:
        spans.paint(RUN, now, Span(0, 9, spans.DESTROYED))
    assert (caught.value.labels, caught.value.state) == (("1–6",), "issued")
    now = spans.paint(RUN, now, Span(6, 9, spans.DESTROYED))
    assert spans.in_force(now) == 6

"""The state of a licence, whatever its dates."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.licensing.rules import (
    VALID,
    Suspension,
    Terms,
    best,
    state_for,
    state_on,
)

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))
spans = st.integers(min_value=0, max_value=800).map(timedelta)


@st.composite
def suspensions(draw: st.DrawFn) -> Suspension:
    begins = draw(days)
    return Suspension(begins, draw(st.none() | spans.map(lambda span: begins + span)))


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    begins = draw(days)
    return Terms(
        number="L-1",
        products=frozenset({"millet"}),
        valid_from=begins,
        valid_until=begins + draw(spans),
        ended_on=draw(st.none() | days),
        suspensions=tuple(draw(st.lists(suspensions(), max_size=3))),
    )


@given(terms(), days)
def test_a_licence_is_valid_exactly_when_nothing_speaks_against_it(found: Terms, day: date) -> None:
    in_its_time = found.valid_from <= day <= found.valid_until
    is_ended = found.ended_on is not None and day >= found.ended_on
    rests = any(
        each.suspended_on <= day and (each.lifted_on is None or day < each.lifted_on)
        for each in found.suspensions
    )

    assert (state_on(found, day) == VALID) == (in_its_time and not is_ended and not rests)


@given(st.lists(terms(), min_size=1, max_size=4), days)
def test_among_several_licences_a_valid_one_wins(found: list[Terms], day: date) -> None:
    state, chosen = best(found, "millet", day)

    assert chosen in found
    assert (state == VALID) == any(state_for(each, "millet", day) == VALID for each in found)

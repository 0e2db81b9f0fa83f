"""Derived serials: bijective, unguessable in shape, and refused when a character is altered."""

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from originmark.mark.labels import serials

KEYS = serials.keys_from("a test secret", version=0)
batches = st.integers(0, serials.MAX_BATCH)
indexes = st.integers(0, serials.MAX_INDEX)


@settings(max_examples=400, deadline=None)
@given(batch=batches, index=indexes)
def test_batch_and_index_are_recovered(batch: int, index: int) -> None:
    serial = serials.derive(KEYS, batch=batch, index=index)
    assert len(serial) == serials.LENGTH
    assert set(serial) <= set(serials.ALPHABET)
    assert serials.verify([KEYS], serial) == serials.Opened(batch, index, 0)


@settings(max_examples=400, deadline=None)
@given(
    batch=batches, index=indexes, place=st.integers(0, 19), letter=st.sampled_from(serials.ALPHABET)
)
def test_any_altered_character_is_refused(batch: int, index: int, place: int, letter: str) -> None:
    serial = serials.derive(KEYS, batch=batch, index=index)
    assume(serial[place] != letter)
    assert serials.verify([KEYS], serial[:place] + letter + serial[place + 1 :]) is None


@settings(max_examples=500, deadline=None)
@given(text=st.text(alphabet=serials.ALPHABET, min_size=20, max_size=20))
def test_a_made_up_serial_is_refused(text: str) -> None:
    assert serials.verify([KEYS], text) is None


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=30))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert serials.verify([KEYS], text) is None


@settings(max_examples=300, deadline=None)
@given(batch=batches, index=indexes, data=st.data())
def test_people_may_type_look_alikes(batch: int, index: int, data: st.DataObject) -> None:
    serial = serials.derive(KEYS, batch=batch, index=index)
    alike = {"0": ["0", "O", "o"], "1": ["1", "I", "i", "L", "l"]}
    typed = "".join(
        data.draw(st.sampled_from(alike.get(letter, [letter, letter.lower()]))) for letter in serial
    )
    assert serials.canonical(typed) == serial
    assert serials.verify([KEYS], f" {serials.grouped(typed)}-") == serials.Opened(batch, index, 0)


@settings(max_examples=100, deadline=None)
@given(batch=batches, first=st.integers(0, serials.MAX_INDEX - 300), count=st.integers(1, 300))
def test_many_at_once_equal_one_by_one(batch: int, first: int, count: int) -> None:
    many = serials.derive_many(KEYS, batch=batch, first=first, count=count)
    each = [serials.derive(KEYS, batch=batch, index=first + n) for n in range(count)]
    assert [serial.decode() for serial in many] == each


def test_a_hundred_thousand_are_all_different_and_share_no_prefix() -> None:
    many = serials.derive_many(KEYS, batch=7, first=0, count=100_000).tolist()
    assert len(set(many)) == 100_000
    # Two neighbours agree in their first four letters by chance once in 32**4, a million times.
    neighbours = itertools.pairwise(many)
    assert sum(one[:4] == other[:4] for one, other in neighbours) <= 3


def test_letters_are_spread_evenly_at_each_place() -> None:
    many = serials.derive_many(KEYS, batch=7, first=0, count=32_000)
    for place in range(serials.LENGTH):
        counts = [0] * 256
        for serial in many.tolist():
            counts[serial[place]] += 1
        seen = [count for count in counts if count]
        assert len(seen) == 32
        assert min(seen) > 800  # 1000 expected, standard deviation 31
        assert max(seen) < 1200


@pytest.mark.parametrize(("batch", "index"), [(0, 0), (serials.MAX_BATCH, serials.MAX_INDEX)])
def test_the_ends_of_the_range_work(batch: int, index: int) -> None:
    serial = serials.derive(KEYS, batch=batch, index=index)
    assert serials.verify([KEYS], serial) == serials.Opened(batch, index, 0)
    many = serials.derive_many(KEYS, batch=batch, first=index, count=1)
    assert many.tolist() == [serial.encode()]


@pytest.mark.parametrize(
    ("batch", "index"), [(-1, 0), (0, -1), (serials.MAX_BATCH + 1, 0), (0, serials.MAX_INDEX + 1)]
)
def test_beyond_the_range_is_a_bug_of_the_caller(batch: int, index: int) -> None:
    with pytest.raises(ValueError, match="is not between 0 and"):
        serials.derive(KEYS, batch=batch, index=index)


def test_a_range_that_runs_over_the_end_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="is not between 0 and"):
        serials.derive_many(KEYS, batch=0, first=serials.MAX_INDEX, count=2)
    assert serials.derive_many(KEYS, batch=0, first=0, count=0).tolist() == []


def test_each_key_makes_its_own_serials_and_old_ones_go_on_verifying() -> None:
    new, old = serials.key_ring("old,new")
    serial = serials.derive(old, batch=5, index=6)
    assert serial != serials.derive(new, batch=5, index=6)
    assert serials.verify([new, old], serial) == serials.Opened(5, 6, 0)
    assert serials.verify([new], serial) is None


def test_a_withdrawn_key_no_longer_verifies_and_later_versions_keep_their_number() -> None:
    (_, old), (only,) = serials.key_ring("old,new"), serials.key_ring(",new")
    assert only.version == 1
    assert serials.verify([only], serials.derive(old, batch=5, index=6)) is None
    with pytest.raises(ValueError, match="no serial key"):
        serials.key_ring(" , ")


def test_the_worked_example_of_the_documentation() -> None:
    keys = serials.keys_from("example", version=0)
    assert serials.derive(keys, batch=1, index=0) == "122CA56JY0DXP9M98MRR"
    assert serials.derive(keys, batch=1, index=1) == "WWCGF1QYYFTWA1BW65CC"

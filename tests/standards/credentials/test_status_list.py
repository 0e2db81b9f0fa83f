"""The bits of a status list survive the way to others."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.credentials import status_list
from originmark.standards.credentials.encodings import to_base64url
from originmark.standards.credentials.status_list import StatusListInvalid

indexes = st.sets(st.integers(0, status_list.SIZE - 1), max_size=50)


@given(revoked=indexes, asked=indexes)
def test_exactly_the_revoked_are_set(revoked: set[int], asked: set[int]) -> None:
    bits = status_list.decode(status_list.encode(revoked))

    assert len(bits) == 16_384
    assert {each for each in revoked | asked if status_list.is_set(bits, each)} == revoked
    assert sum(byte.bit_count() for byte in bits) == len(revoked)


@given(revoked=indexes)
def test_the_same_bits_give_the_same_text(revoked: set[int]) -> None:
    assert status_list.encode(revoked) == status_list.encode(sorted(revoked, reverse=True))


def test_the_first_entry_is_the_highest_bit_of_the_first_byte() -> None:
    bits = status_list.decode(status_list.encode([0, 7, 8]))

    assert bits[:2] == b"\x81\x80"


def test_an_empty_list_reads_as_the_standard_prints_it() -> None:
    """The example of Bitstring Status List 1.0: 131,072 bits, none of them set."""
    printed = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"

    assert status_list.decode(printed) == bytes(16_384)


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "zabc",
        "u!!!",
        "u" + to_base64url(b"not gzip"),
        "u" + to_base64url(gzip.compress(bytes(16_383))),
        "u" + to_base64url(gzip.compress(bytes(16_384))[:-9]),
        "u" + to_base64url(gzip.compress(bytes(5_000_000))),
    ],
    ids=["empty", "base58", "letters", "no gzip", "too short", "cut", "a bomb"],
)
def test_what_is_no_list_is_refused(encoded: str) -> None:
    with pytest.raises(StatusListInvalid):
        status_list.decode(encoded)


@pytest.mark.parametrize("index", [-1, status_list.SIZE])
def test_no_entry_outside_the_list_is_written_or_read(index: int) -> None:
    with pytest.raises(ValueError, match="outside a list of 131072"):
        status_list.encode([index])
    with pytest.raises(StatusListInvalid, match="outside a list of 131072"):
        status_list.is_set(bytes(16_384), index)

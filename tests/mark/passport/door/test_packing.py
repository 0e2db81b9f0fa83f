"""A packed page with holes: what comes out is what was meant, whatever the page and the filling."""

import gzip

from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.passport.door.packing import Pieces, cut, pack

SAMPLES = (b"0123 4567 89AB CDEF GHJK", b"0123456789ABCDEFGHJK")
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300)
serials = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=20, max_size=20)
pages = st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=4)


def spelled(serial: str) -> tuple[bytes, bytes]:
    return " ".join(serial[at : at + 4] for at in range(0, 20, 4)).encode(), serial.encode()


def page_of(page: list[list[str]], filling: tuple[bytes, bytes]) -> bytes:
    """Return a page: segments with the first spelling between, parts with the second."""
    outer, inner = filling
    return outer.join([inner.join([part.encode() for part in segment]) for segment in page])


@given(pages, st.lists(serials, min_size=1, max_size=3))
def test_each_hole_is_filled_and_the_checksum_is_right(
    page: list[list[str]], fillings: list[str]
) -> None:
    pieces = cut(page_of(page, SAMPLES), SAMPLES)
    packed = pack(pieces, SAMPLES)
    for filling in map(spelled, fillings):
        assert pieces.filled(filling) == page_of(page, filling)
        assert gzip.decompress(packed.filled(filling)) == page_of(page, filling)


def test_a_page_is_cut_where_either_spelling_stands() -> None:
    grouped, plain = SAMPLES
    page = b"a" + plain + b"b" + grouped + b"c" + grouped + plain
    assert cut(page, SAMPLES) == Pieces([b"a", b"b", b"c", b"", b""], [1, 0, 0, 1])
    assert cut(page, SAMPLES).filled(SAMPLES) == page


def test_a_page_longer_than_the_window_of_the_packer_comes_out_whole() -> None:
    page = [["grain " * 9000, "of " * 20_000], ["millet" * 11_000, ""]]
    packed = pack(cut(page_of(page, SAMPLES), SAMPLES), SAMPLES)
    filling = spelled("ZZZZZZZZZZZZZZZZZZZZ")
    assert gzip.decompress(packed.filled(filling)) == page_of(page, filling)
    assert len(packed.filled(filling)) == len(packed.filled(SAMPLES))

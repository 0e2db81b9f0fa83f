"""A packed page with holes: what comes out is what was meant, whatever the page and the filling."""

import gzip

from hypothesis import given
from hypothesis import strategies as st

from originmark.mark.passport.door.packing import pack

SAMPLE = b"0123456789ABCDEFGHJK"
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300)
serials = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=20, max_size=20)


@given(st.lists(texts, min_size=1, max_size=6), st.lists(serials, min_size=1, max_size=3))
def test_each_hole_is_filled_and_the_checksum_is_right(
    parts: list[str], fillings: list[str]
) -> None:
    said = [part.encode() for part in parts]
    packed = pack(said, SAMPLE)
    for filling in fillings:
        assert gzip.decompress(packed.filled(filling.encode())) == filling.encode().join(said)


def test_a_page_longer_than_the_window_of_the_packer_comes_out_whole() -> None:
    parts = [b"grain " * 9000, b"of " * 20_000, b"millet" * 11_000, b""]
    packed = pack(parts, SAMPLE)
    filling = b"ZZZZZZZZZZZZZZZZZZZZ"
    assert gzip.decompress(packed.filled(filling)) == filling.join(parts)
    assert len(packed.filled(filling)) == len(packed.filled(SAMPLE))

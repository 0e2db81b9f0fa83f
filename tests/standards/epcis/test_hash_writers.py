"""The quick way to write a text says nothing, or what the whole way says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.epcis import hash_writers, vocabulary
from originmark.standards.epcis.hash_values import Names
from originmark.standards.epcis.hash_writers import FIGURE, MEASURED, PLAIN, TEXT, TIME, Writer

WRITERS = {
    "plain": PLAIN,
    "text": TEXT,
    "time": TIME,
    "figure": FIGURE,
    "measured": MEASURED,
    "step": hash_writers.words(vocabulary.BIZ_STEP),
    "paper": hash_writers.words(vocabulary.TRANSACTION_TYPE),
    "component": hash_writers.words(vocabulary.COMPONENT),
}
SPELLINGS = sorted(
    spelling for listed in vocabulary.ALL for spelling in (*listed.spellings, f" {listed.name} ")
)
TEXTS = st.one_of(
    st.sampled_from(SPELLINGS),
    st.sampled_from(
        [
            "", " ", "2026-09-22T07:15:00+08:00", " 2026-09-22T07:15:00+08:00", "2026-09-22",
            "urn:epc:id:sscc:0614141.1234567890", "urn:epc:class:lgtin:4054739.099914.007",
            "https://shop.example/01/06901234567892/10/007", "ex:shipping", "1.50", "gs1:Speed",
        ]
    ),
    st.text(max_size=30),
)  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@given(text=TEXTS)
def test_the_quick_way_says_what_the_whole_way_says(writer: Writer, text: str) -> None:
    declared = Names({"ex": "https://ex.example/", "gs1": "https://mine.example/"})
    quick = writer.quick(text)
    if quick:
        assert writer.whole("name", text, declared) == f"name={quick}"


def test_usual_texts_have_a_quick_way() -> None:
    assert WRITERS["step"].quick("shipping") == "https://ref.gs1.org/cbv/BizStep-shipping"
    assert MEASURED.quick("Temperature") == "https://gs1.org/voc/Temperature"
    assert TIME.quick("2026-09-22T07:15:00+08:00") == "2026-09-21T23:15:00.000Z"
    assert TEXT.quick("ex:own") is None

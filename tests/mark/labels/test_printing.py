"""What is printed: every code in the PDF decodes to its own serial."""

import io
from datetime import UTC, datetime

import numpy as np
import pypdfium2
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.frame.web import typesetting
from originmark.mark.labels import serials
from originmark.mark.labels.printing import letters, qr, sheets
from originmark.mark.labels.printing.layouts import LAYOUTS, Layout
from originmark.mark.labels.refusals import MissingLetters

KEYS = serials.keys_from("a test secret", version=0)
PREFIX = "https://mark.example/01/06901234567892/10/YQ-2026-PK1/21/"
MADE_AT = datetime(2026, 10, 15, 12, 0, 1, 234567, tzinfo=UTC)
ARTWORK = sheets.Artwork(
    title="Labels PK1-L1",
    lang="zh-hans",
    names=(("zh-hans", "阳曲小米"), ("en", "Yangqu millet"), ("vi", "Kê Dương Khúc")),
    facts=(("Lot", "YQ-2026-PK1"), ("Net", "500 g"), ("Best before", "2027-11-01")),
    url_prefix=PREFIX,
    number_word="No.",
    note="DEMONSTRATION",
)


def decoded(pdf: bytes) -> list[list[str]]:
    """The texts of the codes on each page, sorted."""
    pages = [page.render(scale=200 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return [sorted(code.text for code in zxingcpp.read_barcodes(page)) for page in pages]


def issued(count: int, *, batch: int = 1) -> np.ndarray:  # type: ignore[type-arg]
    return serials.derive_many(KEYS, batch=batch, first=0, count=count)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_each_printed_code_decodes_to_its_address(layout: Layout) -> None:
    codes = issued(layout.labels_per_page + 1)
    pdf = sheets.pdf(ARTWORK, layout, codes, numbers=range(1, len(codes) + 1), made_at=MADE_AT)
    expected = [PREFIX + code.decode() for code in codes.tolist()]
    first = layout.labels_per_page
    assert decoded(pdf) == [sorted(expected[:first]), expected[first:]]


def test_the_text_of_a_label_stands_in_the_pdf() -> None:
    pdf = sheets.pdf(ARTWORK, LAYOUTS["a4-24"], issued(2), numbers=[41, 42], made_at=MADE_AT)
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    serial = serials.grouped(issued(2)[1].decode())
    words = ["阳曲小米", "Kê Dương Khúc", "YQ-2026-PK1", "500 g", "No. 42", "DEMONSTRATION"]
    assert [word for word in [*words, serial] if word not in text] == []
    assert document.get_metadata_dict()["Title"] == "Labels PK1-L1"
    assert b"/StructTreeRoot" in pdf or b"/MarkInfo" in pdf or document.is_tagged()


def test_a_test_sheet_is_full_and_its_codes_are_no_serials() -> None:
    pdf = sheets.test_sheet(ARTWORK, LAYOUTS["a4-12"], note="TEST PRINT", made_at=MADE_AT)
    (codes,) = decoded(pdf)
    assert codes == [PREFIX + sheets.TEST_SERIAL] * 12
    assert serials.verify([KEYS], sheets.TEST_SERIAL) is None


def test_a_big_run_comes_in_parts_of_whole_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LABELS_PER_PDF", 30)
    told: list[tuple[int, int]] = []
    parts = list(
        sheets.pdf_parts(
            ARTWORK, LAYOUTS["a4-12"], issued(50), numbers=range(1, 51), made_at=MADE_AT,
            report=lambda done, total: told.append((done, total)),
        )
    )  # fmt: skip
    assert [len(pypdfium2.PdfDocument(part)) for part in parts] == [2, 2, 1]
    assert told == [(24, 50), (48, 50), (50, 50)]


def test_a_letter_that_the_fonts_lack_is_told_and_not_printed_as_a_box() -> None:
    rare = sheets.replace(ARTWORK, names=(("zh-hans", "㐀米"),))
    with pytest.raises(MissingLetters) as caught:
        sheets.pdf(rare, LAYOUTS["a4-24"], issued(1), numbers=[1], made_at=MADE_AT)
    assert caught.value.letters == ("㐀",)
    assert "㐀米" in str(caught.value)


def test_the_fonts_have_every_letter_of_gb_2312_and_vietnamese() -> None:
    rows = range(0xB0, 0xF8)
    chinese = b"".join(bytes([row, cell]) for row in rows for cell in range(0xA1, 0xFF))
    assert letters.missing(chinese.decode("gb2312", errors="ignore")) == ()
    assert letters.missing("ĂÂĐÊÔƠƯăâđêôơư ẤầẨẫậ ẮằẲẵặ ẾềỂễệ ỐồỔỗộ ỚờỞỡợ ỨừỬữự ỲỵỶỹ ₫ × – “”") == ()


def test_no_vendored_font_is_unwieldy() -> None:
    fonts = sorted(typesetting.FONTS.glob("*.ttf"))
    assert len(fonts) == 4
    assert all(font.stat().st_size < 1_500_000 for font in fonts)


@settings(max_examples=15, deadline=None)
@given(
    prefix=st.text(alphabet="abcXYZ019/:.-_%", min_size=1, max_size=120),
    batch=st.integers(0, serials.MAX_BATCH),
)
def test_symbols_equal_those_of_segno_bit_by_bit(prefix: str, batch: int) -> None:
    codes = issued(6, batch=batch)
    made = list(qr.symbols(prefix, codes))
    first = segno.make_qr(prefix.encode() + codes[0], error="m", boost_error=False, mode="byte")
    for code, modules in zip(codes, made, strict=True):
        text = prefix.encode() + code
        each = segno.make_qr(text, error="m", boost_error=False, mode="byte", mask=first.mask)
        assert modules.tolist() == [list(row) for row in each.matrix]


def test_no_endings_make_no_symbols() -> None:
    assert list(qr.symbols(PREFIX, issued(0))) == []


def test_a_drawn_path_decodes() -> None:
    (modules,) = qr.symbols(PREFIX, issued(1))
    drawn = qr.path(modules)
    picture = np.full((len(modules) + 8,) * 2, 255, dtype=np.uint8)
    for stroke in drawn.split("M")[1:]:
        place, length = stroke.split("h")
        x, y = place.split(" ")
        picture[int(float(y)), int(x) : int(x) + int(length)] = 0
    (code,) = zxingcpp.read_barcodes(np.kron(picture, np.ones((4, 4), dtype=np.uint8)))
    assert code.text == PREFIX + issued(1)[0].decode()
    assert io.StringIO(qr.svg(modules)).read(4) == "<svg"

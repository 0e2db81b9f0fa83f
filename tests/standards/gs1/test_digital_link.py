import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.gs1 import digital_link, keys
from originmark.standards.gs1.digital_link import DigitalLink, InvalidDigitalLink

characters = "".join(chr(code) for code in range(33, 123) if keys.CSET_82.fullmatch(chr(code)))
texts = st.text(characters, min_size=1, max_size=20)
gtins = st.text("0123456789", min_size=13, max_size=13).map(lambda b: b + keys.check_digit(b))


@st.composite
def links(draw: st.DrawFn) -> DigitalLink:
    chosen = [ai for ai in ("22", "10", "21") if draw(st.booleans())]
    return DigitalLink("01", draw(gtins), tuple((ai, draw(texts)) for ai in chosen))


@given(links(), st.sampled_from(["https://id.gs1.org", "https://shop.example/a/01/b", "http://h/"]))
def test_what_is_built_is_read_again_on_any_host(link: DigitalLink, root: str) -> None:
    uri = link.uri(root)
    assert uri.isascii()
    assert digital_link.parse(uri) == link
    assert digital_link.parse(f"{uri}?linkType=gs1:pip#top") == link
    assert digital_link.canonical(uri) == link.uri()


@pytest.mark.conforms("T-4")
@given(st.text("0123456789", min_size=1, max_size=20))
def test_numeric_lots_keep_their_leading_zeros(lot: str) -> None:
    uri = DigitalLink("01", "06901234567892", (("10", lot),)).uri()
    assert digital_link.parse(uri).qualifier("10") == lot


@pytest.mark.parametrize(
    "path",
    [
        "00/012345678901234560",
        "01/06901234567892/235/TPX-1",
        "253/4012345000009AB",
        "255/4012345000009001",
        "401/4012345X",
        "402/40123450000000009",
        "414/4012345000009/254/32a",
        "415/4012345000009/8020/REF7",
        "417/4012345000009/7040/1ABC",
        "8003/04012345000009A-1",
        "8004/4012345ABC",
        "8006/040123450000090102/21/7",
        "8010/4012345AB/8011/12",
        "8013/1987654Ad4X4bL5ttr2310c2K",
        "8017/401234500000000012/8019/1",
        "8018/401234500000000012",
    ],
)
def test_each_primary_key_is_read_and_built(path: str) -> None:
    assert digital_link.canonical(f"https://example.org/x/{path}/") == f"https://id.gs1.org/{path}"


@pytest.mark.conforms("T-4")
@pytest.mark.parametrize(
    ("uri", "sentence"),
    [
        (
            "id.gs1.org/01/06901234567892",
            "'id.gs1.org/01/06901234567892' should start with https://",
        ),
        ("https://[x/01/1", "'https://[x/01/1' is no web address"),
        ("https://a.b/about/us", "/about/us names no primary key, one of 00, 01, 253"),
        (
            "https://a.b/01/06901234567893",
            "GTIN 06901234567893 ends in 3, its check digit should be 2",
        ),
        ("https://a.b/01/06901234567892/10", "(10) at the end of the link has no value"),
        (
            "https://a.b/01/06901234567892/21/7/10/L",
            "(01) is followed by (21), (10); allowed, in this order: (22), (10), (21) or (235)",
        ),
        ("https://a.b/01/06901234567892/10/L/235/T", "(01) is followed by (10), (235); allowed"),
        ("https://a.b/01/06901234567892/foo/x", "(01) is followed by (foo); allowed"),
        (
            "https://a.b/00/012345678901234560/10/L",
            "(00) is followed by (10); it takes no qualifier",
        ),
        ("https://a.b/01/06901234567892/10/5%", "'%' is no percent escape; write a lone % as %25"),
        ("https://a.b/01/06901234567892/10/%C3%A9", "'%C3%A9' holds a character outside ASCII"),
        ("https://a.b/01/٠٦٩٠١٢٣٤٥٦٧٨٩٢", "'٠٦٩٠١٢٣٤٥٦٧٨٩٢' holds a character outside ASCII"),
        ("https://a.b/01/06901234567892/10//", "(10) at the end of the link has no value"),
        ("https://a.b/01/06901234567892/10/%20", "lot   holds ' ', which GS1 does not allow there"),
    ],
)
def test_a_wrong_link_is_told_what_is_wrong(uri: str, sentence: str) -> None:
    with pytest.raises(InvalidDigitalLink) as refused:
        digital_link.parse(uri)
    assert str(refused.value).startswith(sentence)
    assert not digital_link.is_digital_link(uri)


def test_an_unknown_key_cannot_be_built() -> None:
    with pytest.raises(InvalidDigitalLink, match=r"^\(02\) is no primary key"):
        DigitalLink("02", "06901234567892")


def test_a_link_walks_up() -> None:
    link = digital_link.parse("https://a.b/01/06901234567892/22/V/10/L/21/7")
    assert link.without("21").path() == "/01/06901234567892/22/V/10/L"
    assert link.without("21", "10", "22").path() == "/01/06901234567892"

"""Compressed Digital Links: published examples, the round trip as a law, and refusals."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.gs1 import compression, digital_link, keys
from originmark.standards.gs1.compression import (
    Elements,
    compress,
    compress_partly,
    decompress,
    read_path,
)
from originmark.standards.gs1.compression_formats import FORMATS, SEQUENCES
from originmark.standards.gs1.digital_link import DigitalLink, InvalidDigitalLink

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
DICTIONARY = SHARED / "vectors/gs1/gs1-syntax-dictionary.txt"

# Made with two toolkits of others (JavaScript and .NET), without and with codes for pairs.
EXAMPLES = [
    ("/00/998440410914660971", {}, "/AN2yxDhfaiaw"),
    ("/01/05412345000013", {}, "/AQnYUc1gmg"),
    ("/01/05412345000013/10/0007", {}, "/CwnYUc1gmggAO"),
    ("/01/05412345000013/10/ABC123", {"17": "290331"}, "/CwnYUc1gmo1XgkYujcNg"),
    ("/01/05412345000013/235/8TFV883a904GH%263", {}, "/AQnYUc1gmkax7ipGrOHDPC5YNI8hMz"),
    ("/01/05412345000013", {"3103": "000195"}, "/LQnYUc1gmgAYY"),
    ("/01/05412345000013/22/2A/10/abc/21/12", {"11": "280101", "15": "290101"},
     "/HwnYUc1gmkdXiNpqIojEpCBDCJCKg"),
    ("/253/3060077601309", {}, "/JTLIetaiHYA"),
    ("/255/5678409730535", {}, "/JVUqG5hJ5wA"),
    ("/401/0541234537290A41%26GHpp33", {}, "/QBl2DVoxZM2jVm3ZOWEFoxTR5HDgzZg"),
    ("/402/21173492661712079", {}, "/QCJZyW9mC6Z4"),
    ("/414/5060917510004/254/RP56J920471", {}, "/JUa0T-eifdtOO9UFEmlYwv3Q"),
    ("/417/5060917510004/7040/5KFX", {}, "/QXSaVjC_dHBAVlCrg"),
    ("/8004/0541234537290A41%26GHpp33", {}, "/gASXYNWjFkzaNWbdk5YQWjFNHkcODNm"),
    ("/8018/411369833821910265", {}, "/gBhbV6rzBENPk"),
]  # fmt: skip
PARTLY = [
    ("/01/05412345000013", "/01/05412345000013"),
    ("/01/05412345000013/10/ABC123", "/01/05412345000013/EEarwSM"),
    ("/01/05412345000013/10/ABC123/21/72292641703", "/01/05412345000013/EEarwSMhC4an0V04"),
    ("/414/5060917510004/254/RP56J920471", "/414/5060917510004/JUa0T-eifdtOO9Q"),
    ("/8018/411369833821910265/8019/4003812", "/8018/411369833821910265/gBlz0X5A"),
]
# Codes that GS1's toolkit writes in an order of its own; read, never written.
TWO_ORDERS = [
    ("/GgnYUc1gmo1XgkaNw2xJag", "/01/05412345000013/10/ABC123/21/S1", {"17": "290331"}),
    ("/nWtE_non3bTjvVJpWML90", "/414/5060917510004/254/RP56J920471", {}),
]


@pytest.mark.parametrize(("path", "attributes", "short"), EXAMPLES)
def test_published_examples_both_ways(path: str, attributes: dict[str, str], short: str) -> None:
    said = Elements(digital_link.parse_path(path), attributes)
    assert compress(said) == short
    assert decompress(short) == said
    assert read_path(short) == said
    assert compression.is_compressed(short)


@pytest.mark.parametrize(("path", "short"), PARTLY)
def test_the_key_in_the_open_and_the_rest_short(path: str, short: str) -> None:
    said = Elements(digital_link.parse_path(path))
    assert compress_partly(said) == short
    assert read_path(short) == said
    assert read_path(f"/shop{short}/") == said


@pytest.mark.parametrize(("short", "path", "attributes"), TWO_ORDERS)
def test_both_orders_of_a_code_are_read(short: str, path: str, attributes: dict[str, str]) -> None:
    said = Elements(digital_link.parse_path(path), attributes)
    assert decompress(short) == said
    assert compression.is_compressed(short)
    assert decompress(compress(said)) == said


@pytest.mark.conforms("T-4")
@given(st.text("0123456789", min_size=1, max_size=20), st.text("0", min_size=1, max_size=20))
def test_numeric_lots_and_serials_keep_their_zeros_when_compressed(lot: str, serial: str) -> None:
    said = Elements(DigitalLink("01", "05412345000013", (("10", lot), ("21", serial))))
    assert decompress(compress(said)) == said
    assert decompress(compress_partly(said)) == said


CHARACTERS = "".join(chr(code) for code in range(33, 123) if keys.CSET_82.fullmatch(chr(code)))
ALPHABETS = st.sampled_from(["0123456789", "0123456789abcdef", "0123456789ABCDEF",
                             "ABCxyz019-_", CHARACTERS])  # fmt: skip


@st.composite
def values(draw: st.DrawFn, ai: str) -> str:
    """A value of an identifier, each component of a length that it may have."""
    text = ""
    for part in FORMATS[ai]:
        least = part.length if part.is_fixed else (0 if text else 1)
        alphabet = "0123456789" if part.is_numeric else draw(ALPHABETS)
        text += draw(st.text(alphabet, min_size=least, max_size=part.length))
    return text


def _checked(digits: str) -> str:
    return digits[:-1] + keys.check_digit(digits[:-1])


@st.composite
def primary_keys(draw: st.DrawFn, key: str) -> str:
    """A key with its check digit right."""
    text: str = draw(values(key))
    if key == "8013":
        return text[:23] + keys.model_check_pair(text[:23])
    if key == "8006":
        return _checked(text[:14]) + "0102"
    if key == "8003":
        return _checked("0" + text[1:14]) + text[14:]
    if key == "8010":
        return "".join(each for each in text if keys.CSET_39.fullmatch(each)) or "0"
    fixed = FORMATS[key][0]
    return _checked(text[: fixed.length]) + text[fixed.length :] if fixed.is_numeric else text


@st.composite
def said_by_links(draw: st.DrawFn) -> Elements:
    """Anything that a link can say: any key and qualifiers, attributes and other parameters."""
    key = draw(st.sampled_from(sorted(digital_link.QUALIFIERS)))
    sequence = draw(st.sampled_from(digital_link.QUALIFIERS[key] or ((),)))
    qualifiers = tuple(
        (ai, f"{draw(values(ai)):0<4}"[:4] if ai == "7040" else draw(values(ai)))
        for ai in sequence if draw(st.booleans())
    )  # fmt: skip
    own = {key, *(ai for ais in digital_link.QUALIFIERS[key] for ai in ais)}
    free = st.sampled_from(sorted(FORMATS.keys() - own))
    attributes = {ai: draw(values(ai)) for ai in draw(st.lists(free, max_size=4, unique=True))}
    names = st.text("abcXYZ-_", min_size=1, max_size=6)
    others = draw(st.dictionaries(names, st.text(CHARACTERS, max_size=9), max_size=2))
    return Elements(DigitalLink(key, draw(primary_keys(key)), qualifiers), attributes, others)


@given(said_by_links())
def test_what_is_compressed_comes_back(said: Elements) -> None:
    assert decompress(compress(said)) == said
    if said.attributes or said.others or said.link.qualifiers:
        assert decompress(compress_partly(said)) == said


@given(values("10"), values("21"))
def test_the_link_of_a_pack_is_shorter_compressed(lot: str, serial: str) -> None:
    link = DigitalLink("01", "05412345000013", (("10", lot), ("21", serial)))
    assert len(compress(Elements(link))) < len(link.path())


@pytest.mark.parametrize("ai", sorted(FORMATS))
def test_every_identifier_has_a_code_that_no_other_begins_with(ai: str) -> None:
    assert not any(other != ai and other.startswith(ai) for other in FORMATS)
    assert ai[:2] not in SEQUENCES


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/AQnYUc1gnA", "check digit should be"),
        ("/01/05412345000013/foo", "(foo) at the end of the link has no value"),
        ("/01/05412345000013/10", "(10) at the end of the link has no value"),
        ("/CwnYUc1gmo1", "names no primary key"),
        ("/ABC", "names no primary key"),
        ("/!!", "names no primary key"),
    ],
)
def test_what_is_no_link_is_refused_with_the_reason(path: str, reason: str) -> None:
    with pytest.raises(InvalidDigitalLink, match=re.escape(reason)):
        read_path(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("AQnYUc1g", "ends in the middle of a value"),
        ("AQnYUc1gmgITsKOawTQ", "stands twice"),
        ("EEarwSM", "holds no primary key"),
        ("QnYUc1gm", "is no code"),
        ("!", "other characters"),
    ],
)
def test_what_does_not_decompress_says_why(text: str, reason: str) -> None:
    with pytest.raises(InvalidDigitalLink, match=reason):
        decompress(f"/{text}")


@pytest.mark.parametrize(
    ("attributes", "others", "reason"),
    [
        ({"10": "A"}, {}, "belongs into the path"),
        ({"17": "2903"}, {}, "shorter than"),
        ({"17": "2903311"}, {}, "longer than allowed"),
        ({"17": "٢٩٠٣٣١"}, {}, "digits alone"),
        ({"240": "a b"}, {}, "not in GS1's alphabets"),
        ({"99999": "1"}, {}, "no application identifier"),
        ({}, {"a b": "1"}, "leave it in the query"),
        ({}, {"name": "茶"}, "leave it in the query"),
    ],
)
def test_what_cannot_be_compressed_is_refused(
    attributes: dict[str, str], others: dict[str, str], reason: str
) -> None:
    with pytest.raises(InvalidDigitalLink, match=reason):
        compress(Elements(DigitalLink("01", "05412345000013"), attributes, others))


def test_an_uncompressed_link_shows_attributes_in_its_query() -> None:
    said = Elements(DigitalLink("01", "05412345000013"), {"17": "290331"}, {"lang": "vi"})
    assert said.uri("https://example.com") == (
        "https://example.com/01/05412345000013?17=290331&lang=vi"
    )


@pytest.mark.skipif(not DICTIONARY.exists(), reason="needs shared/vectors/gs1")
def test_the_formats_are_those_of_the_syntax_dictionary() -> None:
    line = re.compile(r"(\d+)(?:-(\d+))?\s+[*?]*\s+((?:\[?[NXYZ]\S+\s+)+)")
    asked: dict[str, int] = {}
    for text in DICTIONARY.read_text().splitlines():
        if found := line.match(text + " "):
            first, last, parts = found.groups()
            longest = sum(int(each) for each in re.findall(r"[NXYZ](?:\.\.)?(\d+)", parts))
            for number in range(int(first), int(last or first) + 1):
                asked[str(number).zfill(len(first))] = longest
    assert len(asked) > 300
    assert {ai: sum(each.length for each in parts) for ai, parts in FORMATS.items()} == asked

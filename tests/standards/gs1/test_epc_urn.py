import csv
import os
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.gs1 import digital_link, epc_urn, keys
from originmark.standards.gs1.digital_link import InvalidDigitalLink
from originmark.standards.gs1.epc_urn import (
    InvalidUrn,
    canonical_epc,
    to_digital_link,
    to_urn,
    usual_link,
)

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
PAIRS = SHARED / "vectors/gs1/epc_urn_digital_link_pairs.csv"

characters = "".join(chr(code) for code in range(33, 123) if keys.CSET_82.fullmatch(chr(code)))
texts = st.text(characters, min_size=1, max_size=12)


@st.composite
def urns(draw: st.DrawFn) -> tuple[str, int]:
    """A URN of any type, with the length of its company prefix."""
    name = draw(st.sampled_from(sorted(epc_urn._SHAPES)))
    shape = epc_urn._SHAPES[name]
    length = draw(st.integers(6, 12))
    prefix = draw(st.text("0123456789", min_size=length, max_size=length))
    digits = shape.digits
    if digits is None:
        reference = draw(st.text("ABCDEF0123456789", min_size=1, max_size=8))
    else:
        reference = draw(st.text("0123456789", min_size=digits - length, max_size=digits - length))
    parts = [prefix, reference]
    if shape.key == "8006":
        parts += ["01", "02"]
    if name.startswith("idpat:"):
        parts.append("*")
    elif len(parts) < shape.parts:
        serial = draw(texts)
        if shape.key in {"8010", "255"}:
            serial = draw(st.text("0123456789", min_size=1, max_size=12))
        parts.append(quote(serial, safe=epc_urn._LITERAL))
    return f"urn:epc:{name}:{'.'.join(parts)}", length


@given(urns())
def test_a_urn_comes_back_from_its_link(pair: tuple[str, int]) -> None:
    urn, length = pair
    # A bare GTIN does not say which kind of item was meant: it comes back as the usual kind.
    back = urn.replace("idpat:upui", "idpat:sgtin")
    assert to_urn(to_digital_link(urn), length) == back
    assert canonical_epc(urn) == to_digital_link(urn)


def _id(urn: str) -> str:
    """Return the requirement that a URN of this type shows."""
    _urn, _epc, kind, name, _rest = urn.split(":", 4)
    return "U-idpat" if kind == "idpat" else f"U-{name}"


EACH_TYPE = [
    ("urn:epc:id:sgtin:0614141.812345.6789", "/01/80614141123458/21/6789"),
    ("urn:epc:class:lgtin:4012345.012345.998%2F7", "/01/04012345123456/10/998%2F7"),
    ("urn:epc:idpat:sgtin:4012345.012345.*", "/01/04012345123456"),
    ("urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7'SDB", None),
    ("urn:epc:id:sscc:4012345.1234567891", "/00/140123452345678914"),
    ("urn:epc:id:sgln:4012345.12345.0", "/414/4012345123456"),
    ("urn:epc:id:sgln:4012345.12345.A1", "/414/4012345123456/254/A1"),
    ("urn:epc:id:pgln:4012345.12345", "/417/4012345123456"),
    ("urn:epc:id:grai:4012345.12345.400", "/8003/04012345123456400"),
    ("urn:epc:id:giai:4012345.54AB", "/8004/401234554AB"),
    ("urn:epc:id:gsrn:4012345.0000000001", "/8018/401234500000000015"),
    ("urn:epc:id:gsrnp:4012345.0000000001", "/8017/401234500000000015"),
    ("urn:epc:id:gdti:4012345.12345.006847", "/253/4012345123456006847"),
    ("urn:epc:id:sgcn:4012345.12345.04711", "/255/401234512345604711"),
    ("urn:epc:id:cpi:4012345.5PQ7%2FZ43.12", "/8010/40123455PQ7%2FZ43/8011/12"),
    ("urn:epc:id:ginc:4012345.ABC", "/401/4012345ABC"),
    ("urn:epc:id:gsin:4012345.123456789", "/402/40123451234567891"),
    ("urn:epc:id:itip:4012345.012345.01.02.987", "/8006/040123451234560102/21/987"),
]


@pytest.mark.parametrize(
    ("urn", "link"),
    [
        pytest.param(urn, link, marks=pytest.mark.conforms(_id(urn)), id=_id(urn))
        for urn, link in EACH_TYPE
    ],
)
def test_each_type_has_its_link(urn: str, link: str | None) -> None:
    found = to_digital_link(urn)
    if link is not None:
        assert found.removeprefix("https://id.gs1.org")[: len(link) - 1] == link[:-1]
    assert to_urn(found, 7) == urn


@pytest.mark.conforms("T-4")
@pytest.mark.parametrize(
    ("urn", "sentence"),
    [
        ("urn:uuid:1", "'urn:uuid:1' should look like urn:epc:id:TYPE:…"),
        ("urn:epc:id:foo:1.2", "urn:epc:id:foo is no EPC type with a Digital Link"),
        ("urn:epc:id:sgtin:0614141.812345", "3 parts between dots are needed, 2 found"),
        ("urn:epc:id:sgtin:0614141.81234.1", "12 digits together, 13 are needed"),
        ("urn:epc:id:sgtin:٠614141.812345.1", "company prefix '٠614141' should be 4 to 12 digits"),
        ("urn:epc:id:sgtin:0614141.81234x.1", "holds 'x', only the digits 0 to 9"),
        ("urn:epc:idpat:sgtin:0614141.812345.7", "a class pattern ends in .*"),
        ("urn:epc:id:sgtin:0614141.812345.", "serial has 0 characters"),
    ],
)
def test_a_wrong_urn_is_told_what_is_wrong(urn: str, sentence: str) -> None:
    with pytest.raises(InvalidUrn) as refused:
        to_digital_link(urn)
    assert sentence in str(refused.value)


def test_types_without_a_link_stay() -> None:
    for urn in ("urn:epc:id:imovn:9176187", "urn:epc:id:bic:CSQU3054383"):
        assert to_digital_link(urn) == urn
        assert canonical_epc(urn) == urn


@pytest.mark.conforms("U-gcp-length", "U-no-gs1-key")
@pytest.mark.parametrize(
    "uri",
    [
        "https://id.gs1.org/8006/040123451234560102/10/L",  # a lot of pieces has no URN
        "https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2K",  # a model neither
        "https://id.gs1.org/8004/ABC",  # starts with no prefix
        "https://example.org/not/a/link",
        "urn:originmark:local:lot:YQ-1",
    ],
)
def test_what_has_no_urn_stays_untouched(uri: str) -> None:
    assert to_urn(uri) == uri


@pytest.mark.conforms("U-gcp-length")
def test_a_prefix_that_does_not_fit_changes_nothing() -> None:
    uri = "https://id.gs1.org/01/80614141123458/21/6789"
    assert [to_urn(uri, length) for length in (0, 3, 13)] == [uri] * 3


@pytest.mark.conforms("T-3")
def test_only_a_thing_with_a_serial_is_one_thing() -> None:
    lot = "https://id.gs1.org/01/06901234567892/10/L1"
    assert epc_urn.is_class(lot)
    assert epc_urn.is_class("https://id.gs1.org/01/06901234567892")
    assert epc_urn.is_class("urn:epc:class:lgtin:4012345.012345.1")
    assert not epc_urn.is_class(lot + "/21/7")
    assert not epc_urn.is_class("https://id.gs1.org/00/012345678901234560")
    assert not epc_urn.is_class("urn:originmark:local:lot:YQ-1")


@pytest.mark.conforms("U-sgtin", "U-sgln", "U-sscc", "U-pgln", "U-lgtin", "U-idpat", "U-gcp-length")
def test_the_published_pairs() -> None:
    """A few write their values raw; those are compared after decoding.

    Two links hold a bare / or % in a serial, which no URI may: they are written as RFC 3986 asks.
    """
    if not PAIRS.exists():
        pytest.skip(f"the published vectors are not at {PAIRS}; set ORIGINMARK_SHARED")
    with PAIRS.open(newline="") as file:
        rows = [
            {name: text.replace('\\"', '"') for name, text in row.items()}
            for row in csv.DictReader(file)
        ]
    assert len(rows) == 51
    for row in rows:
        if row["direction"] == "toURN":
            length = int(row["gcp_length"]) if row["gcp_length"] else None
            got = to_urn(_escape_serial(row["input"]), length)
        else:
            got = to_digital_link(row["input"])
        assert unquote(got) == unquote(row["expected"]), row


def _escape_serial(uri: str) -> str:
    head, marker, serial = uri.partition("/21/")
    return head + marker + quote(unquote(serial), safe="!'()*+,-.:;=_")


@given(
    scheme=st.sampled_from(["id:sgtin", "class:lgtin", "id:sscc", "id:sgln", "id:upui"]),
    prefix=st.text("0123456789", min_size=3, max_size=13),
    reference=st.text("0123456789", max_size=14),
    tail=st.text("0aZ-._;='%2F!", max_size=22),
)
def test_the_quick_way_to_a_link_says_what_the_whole_one_says(
    scheme: str, prefix: str, reference: str, tail: str
) -> None:
    serial = "" if scheme == "id:sscc" and not tail.startswith("a") else f".{tail}"
    urn = f"urn:epc:{scheme}:{prefix}.{reference}{serial}"
    quick = usual_link(urn)
    try:
        whole = epc_urn.parse(urn).uri()
    except InvalidUrn:
        assert quick is None
    else:
        assert quick in (None, whole)


@pytest.mark.parametrize("prefix", ["0614141", "9521", "061414112345"])
def test_units_lots_and_cases_take_the_quick_way(prefix: str) -> None:
    item = "0123456789012"[: 13 - len(prefix)]
    for urn in (
        f"urn:epc:id:sgtin:{prefix}.{item}.7-A",
        f"urn:epc:class:lgtin:{prefix}.{item}.7-A",
        f"urn:epc:id:sscc:{prefix}.{'12345678901234567'[: 17 - len(prefix)]}",
    ):
        assert usual_link(urn) == epc_urn.parse(urn).uri()


@given(st.from_regex(epc_urn.PLAIN_LINK, fullmatch=True))
def test_a_plain_link_is_canonical_whatever_its_check_digit(link: str) -> None:
    try:
        assert epc_urn.finest(digital_link.parse(link)).uri() == link
    except InvalidDigitalLink:
        assert canonical_epc(link) == link

"""Which identifiers a pattern means, and under which spellings they may be kept."""

import pytest

from originmark.standards.gs1 import epc_patterns, epc_urn
from originmark.standards.gs1.epc_patterns import InvalidPattern

ROOT = "https://id.gs1.org"


@pytest.mark.parametrize(
    ("pattern", "found", "not_found"),
    [
        (
            "urn:epc:idpat:sgtin:0614141.812345.*",
            "urn:epc:id:sgtin:0614141.812345.6789",
            "urn:epc:id:sgtin:0614141.812346.6789",
        ),
        (
            "urn:epc:idpat:sgtin:0614141.812345.*",
            "urn:epc:class:lgtin:0614141.812345.L1",
            "urn:epc:class:lgtin:0614141.812346.L1",
        ),
        (
            "urn:epc:idpat:sgtin:0614141.812345.6789",
            f"{ROOT}/01/80614141123458/21/6789",
            f"{ROOT}/01/80614141123458/21/67890",
        ),
        ("urn:epc:idpat:sgtin:0614141.*.*", f"{ROOT}/01/80614141123458/21/1", f"{ROOT}/00/1"),
        ("urn:epc:idpat:sgtin:*.*.*", f"{ROOT}/01/80614141123458", f"{ROOT}/414/0614141073467"),
        (
            "urn:epc:idpat:sscc:0614141.*",
            "urn:epc:id:sscc:0614141.1234567890",
            "urn:epc:id:sscc:0614142.1234567890",
        ),
        (
            "urn:epc:idpat:sgln:0614141.07346.*",
            "urn:epc:id:sgln:0614141.07346.0",
            "urn:epc:id:sgln:0614141.07347.0",
        ),
        (
            "urn:epc:idpat:grai:0614141.12345.*",
            "urn:epc:id:grai:0614141.12345.400",
            "urn:epc:id:grai:0614141.12346.400",
        ),
        (
            "urn:epc:idpat:itip:0614141.812345.*.*.*",
            "urn:epc:id:itip:0614141.812345.01.02.987",
            "urn:epc:id:itip:0614141.812346.01.02.987",
        ),
        (
            "urn:epc:idpat:adi:35962.PQ7VZ4.*",
            "urn:epc:id:adi:35962.PQ7VZ4.M37GXB92",
            "urn:epc:id:adi:35962.PQ7VZ5.M37GXB92",
        ),
        (f"{ROOT}/01/80614141123458", f"{ROOT}/01/80614141123458/10/L", f"{ROOT}/01/80614141123"),
        (
            f"{ROOT}/01/80614141123458/10/L",
            "https://shop.example/p/01/80614141123458/10/L?x=1",
            f"{ROOT}/01/80614141123458/10/L2",
        ),
        ("urn:originmark:local:lot:7", "urn:originmark:local:lot:7", "urn:originmark:local:lot:07"),
    ],
)
@pytest.mark.conforms("U-idpat", "Q-MATCH_epc")
def test_a_pattern_means_its_things_in_any_spelling(
    pattern: str, found: str, not_found: str
) -> None:
    parsed = epc_patterns.parse(pattern)
    assert parsed.matches(found)
    assert not parsed.matches(not_found)


@pytest.mark.parametrize(
    "text",
    [
        "urn:epc:idpat:sgtin:0614141.*.1",
        "urn:epc:idpat:sgtin:06.*.*",
        "urn:epc:idpat:sgtin:0614141.812345",
        "urn:epc:idpat:sgtin:0614141.8123.*",
        "urn:epc:idpat:ship:1.*",
    ],
)
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(InvalidPattern, match=r"urn:epc:idpat|nothing"):
        epc_patterns.parse(text)


@pytest.mark.parametrize(
    "identifier",
    [
        "urn:epc:id:sgtin:0614141.812345.6789",
        "urn:epc:id:sgtin:0614141.812345.a%2Fb",
        "urn:epc:id:sgtin:0614141.812345.a%2fb",
        "urn:epc:class:lgtin:0614141.812345.007",
        "urn:epc:id:sgln:0614141.07346.0",
        "urn:epc:id:pgln:0614141.07346",
        "urn:epc:id:giai:0614141.logger7",
        "urn:epc:id:bic:CSQU3054383",
        f"{ROOT}/01/80614141123458/21/6789?linkType=x",
        "https://shop.example/p/01/80614141123458/10/L?x=1",
        "https://shop.example/lots/7",
        "urn:uuid:4f1c0000-0000-4000-8000-00000000000a",
    ],
)
def test_a_thing_is_found_by_its_key_and_by_any_spelling(identifier: str) -> None:
    key = epc_patterns.key(identifier)
    assert epc_patterns.key(key) == key
    for asked in {identifier, key}:
        assert {identifier, key} & set(epc_patterns.spellings(asked))


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        (f"{ROOT}/01/80614141123458", "urn:epc:id:sgtin:0614141.812345.6789"),
        (f"{ROOT}/01/80614141123458", "urn:epc:class:lgtin:0614141.812345.L1"),
        ("urn:epc:idpat:sgtin:0614141.812345.*", f"{ROOT}/01/80614141123458/21/6789"),
        ("urn:epc:idpat:grai:0614141.12345.*", "urn:epc:id:grai:0614141.12345.400"),
        ("urn:epc:idpat:gdti:0614141.06012.*", "urn:epc:id:gdti:0614141.06012.1234"),
        ("urn:epc:idpat:cpi:0614141.5PQ7.*", "urn:epc:id:cpi:0614141.5PQ7.12"),
        ("urn:epc:idpat:sgln:0614141.07346.*", "urn:epc:id:sgln:0614141.07346.1234"),
        ("urn:epc:idpat:sgtin:0614141.*.*", "urn:epc:class:lgtin:0614141.812345.L1"),
        ("urn:epc:idpat:sscc:*.*", "urn:epc:id:sscc:0614141.1234567890"),
        ("urn:epc:idpat:bic:*", "urn:epc:id:bic:CSQU3054383"),
        ("urn:epc:idpat:itip:0614141.812345.*.*.*", "urn:epc:id:itip:0614141.812345.01.02.987"),
    ],
)
def test_whatever_a_pattern_means_lies_where_it_is_searched(pattern: str, kept: str) -> None:
    parsed = epc_patterns.parse(pattern)
    key = epc_patterns.key(kept)
    assert parsed.matches(kept)
    assert key == parsed.exact or key.startswith(parsed.starts)


@pytest.mark.parametrize("end", ["21/007", "10/L-1_b.c", "21/a%2Fb", "21/a!b"])
def test_the_quick_spellings_are_those_of_the_long_way(end: str) -> None:
    link = f"{ROOT}/01/80614141123458/{end}"
    long_way = [epc_urn.to_urn(link, length) for length in epc_patterns.PREFIX_LENGTHS]
    assert set(long_way) | {link} == set(epc_patterns.spellings(link))

"""The event hash: published vectors, what must not change it, and the faults of others."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from builders.ledger import a_transformation, an_aggregation, an_object_event
from hypothesis import given, settings
from hypothesis import strategies as st

from originmark.standards.epcis import event_hashes, hash_identifiers, vocabulary
from originmark.standards.epcis.event_hash import digest, event_prehashes, prehash
from originmark.standards.epcis.hash_fields import TooDeep
from originmark.standards.epcis.times import parse_moment, write_moment

EX = {"ex": "https://ex.example/voc/"}
# The published pre-hash strings of this file are garbled; its hashes are not.
GARBLED = "epcisDocWithAllGS1Keys"


def written(**fields: Any) -> str:
    """Return what the fields add to the pre-hash string of a small event."""
    event = {"type": "ObjectEvent", "action": "ADD", **fields}
    return prehash(event, EX).removeprefix("eventType=ObjectEvent").replace("action=ADD", "", 1)


@pytest.mark.conforms("A-vectors", "T-1")
def test_published_events_hash_as_published(vectors: Path) -> None:
    files = sorted((vectors / "hash").glob("*.jsonld"))
    assert len(files) == 5
    for file in files:
        published = file.with_suffix(".hashes").read_text().split()
        assert event_hashes(file.read_bytes(), "application/ld+json") == published, file.name


@pytest.mark.conforms("A-vectors")
def test_the_strings_before_hashing_are_those_published(vectors: Path) -> None:
    files = [each for each in (vectors / "hash").glob("*.jsonld") if each.stem != GARBLED]
    assert len(files) == 4
    for file in files:
        published = file.with_suffix(".prehashes").read_text().splitlines()
        assert event_prehashes(file.read_bytes(), "application/json") == published, file.name


RICH = an_object_event(
    epcList=["urn:epc:id:sgtin:4012345.011111.A1", "urn:epc:id:sscc:4012345.0000000333"],
    quantityList=[
        {"epcClass": "urn:epc:class:lgtin:4054739.099914.007", "quantity": 2.5, "uom": "KGM"},
        {"epcClass": "urn:lot:1"},
    ],
    bizTransactionList=[
        {"type": "po", "bizTransaction": "urn:po:1"},
        {"type": "inv", "bizTransaction": "urn:inv:1"},
    ],
    sourceList=[{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00000"}],
    destinationList=[{"type": "location", "destination": "urn:epc:id:sgln:4012345.00011.0"}],
    persistentDisposition={"set": ["completeness_verified"], "unset": ["recalled"]},
    sensorElementList=[
        {
            "sensorMetadata": {"time": "2026-09-22T07:15:00+08:00", "deviceID": "urn:device:1"},
            "sensorReport": [{"type": "Temperature", "value": 4.0, "uom": "CEL"}],
        }
    ],
    ilmd={"ex:season": "2026"},
    **{"ex:own": {"ex:deep": [1, 2]}},
)
EVENTS = [RICH, a_transformation(), an_aggregation()]


def shuffled(value: Any, data: st.DataObject) -> Any:
    """Return the same with all fields and all lists in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], data) for key in data.draw(st.permutations(list(value)))}
    if isinstance(value, list):
        return [shuffled(each, data) for each in data.draw(st.permutations(value))]
    return float(value) if isinstance(value, int) else value


@pytest.mark.conforms("A-invariance")
@settings(max_examples=100)
@given(st.sampled_from(EVENTS), st.data())
def test_order_and_spelling_do_not_change_the_hash(event: dict[str, Any], data: Any) -> None:
    other = shuffled(event, data)
    offset = data.draw(st.sampled_from(["+00:00", "-03:30", "+14:00"]))
    other["eventTime"] = write_moment(parse_moment(event["eventTime"]), offset)
    for name, words in (("bizStep", vocabulary.BIZ_STEP), ("disposition", vocabulary.DISPOSITION)):
        if name in other:
            spelling = data.draw(st.sampled_from([words.urn, words.web_uri, words.normalise]))
            other[name] = spelling(other[name])
    other |= data.draw(st.sampled_from([{}, {"eventID": "urn:uuid:1", "comment": "seen"}]))
    assert digest(other, EX) == digest(event, EX)


@pytest.mark.conforms("A-invariance")
@settings(max_examples=100)
@given(st.sampled_from(EVENTS), st.data())
def test_every_field_is_part_of_the_hash(event: dict[str, Any], data: Any) -> None:
    name = data.draw(st.sampled_from(sorted(event.keys() - {"eventID", "recordTime", "@context"})))
    less = {key: value for key, value in event.items() if key != name}
    assert digest(less, EX) != digest(event, EX)


SAME = [
    ("urn:epc:id:sgtin:4012345.012345.12", "https://a.example/x/01/04012345123456/10/L/21/12?17=1"),
    ("urn:epc:id:sgtin:4012345.012345.a%2Fb!c", "http://b.example/gtin/4012345123456/21/a%2fb%21c"),
    ("urn:epc:id:sscc:4012345.0000000333", "https://id.gs1.de/00/040123450000003338/"),
    ("urn:epc:id:sgln:4012345.00011.987", "https://a.example/414/4012345000115/254/987"),
    ("urn:epc:id:sgln:4012345.00011.0", "https://a.example/gln/4012345000115"),
    ("urn:epc:id:grai:4012345.66666.87", "https://a.example/8003/0401234566666387"),
    ("urn:epc:id:giai:4012345.AAbb", "https://a.example/8004/4012345AAbb"),
    ("urn:epc:id:gsrn:4012345.9876540000", "https://a.example/8018/401234598765400000"),
    ("urn:epc:id:gsrnp:4012345.0000098765", "https://a.example/8017/401234500000987658"),
    ("urn:epc:id:gdti:4012345.55555.98", "https://a.example/253/401234555555498"),
    ("urn:epc:id:cpi:4012345.ABC.123", "https://a.example/8010/4012345ABC/8011/123"),
    ("urn:epc:id:sgcn:4012345.99999.44", "https://a.example/255/401234599999044"),
    ("urn:epc:id:ginc:4012345.333", "https://a.example/401/4012345333"),
    ("urn:epc:id:gsin:4012345.999987654", "https://a.example/402/40123459999876541"),
    (
        "urn:epc:id:itip:4012345.012345.01.02.999",
        "https://a.example/8006/040123451234560102/21/999",
    ),
    ("urn:epc:id:upui:4012345.012345.AB12", "https://a.example/01/04012345123456/235/AB12"),
    ("urn:epc:id:pgln:4012345.00000", "https://a.example/417/4012345000009"),
    ("urn:epc:class:lgtin:4054739.099914.007", "https://a.example/01/04054739999148/22/V/10/007"),
    ("urn:epc:idpat:sgtin:4054739.099914.*", "https://a.example/shop/01/4054739999148#top"),
    ("urn:epc:idpat:upui:4054739.099914.*", "https://a.example/01/04054739999148"),
]


@pytest.mark.conforms("A-invariance", "T-4")
@pytest.mark.parametrize(("urn", "link"), SAME, ids=lambda text: text.split(".")[0])
def test_a_urn_and_its_link_are_one(urn: str, link: str) -> None:
    assert written(epcList=[urn]) == written(epcList=[link])
    assert written(epcList=[urn]).startswith("epcListepc=https://id.gs1.org/")


@pytest.mark.conforms("A-invariance", "T-4")
@settings(max_examples=100)
@given(st.text("!\"%&'()*+,-./0123456789:;<=>?ABCxyz_", min_size=1, max_size=20))
def test_a_serial_of_any_characters_is_one_in_urn_and_link(serial: str) -> None:
    urn = "urn:epc:id:sgtin:4012345.012345." + quote(serial, safe="!'()*+,-.:;=_")
    escaped = "".join(f"%{ord(each):02x}" for each in serial)
    found = written(epcList=[urn])
    assert found == written(epcList=[f"https://a.example/01/04012345123456/21/{escaped}"])
    assert unquote(found.partition("/21/")[2]) == serial


@pytest.mark.conforms("A-robust")
@pytest.mark.parametrize(
    "identifier",
    [
        "https://farm.example/trees/01",
        "https://farm.example/01/tree/7",
        "urn:uuid:4f1c",
        "urn:epc:id:sgtin:٠614141.011111.987",
        "https://a.example/01/٠4012345123456",
        "urn:epc:id:bic:CSQU3054383",
        "geo:50.9,6.9",
    ],
)
def test_an_identifier_of_somebody_else_stays_untouched(identifier: str) -> None:
    assert written(epcList=[identifier]) == f"epcListepc={identifier}"


TIMES = {
    "2026-12-31T23:59:59.9996Z": "2027-01-01T00:00:00.000Z",
    "2026-09-22T07:15:00+08:00": "2026-09-21T23:15:00.000Z",
    "2026-09-22T07:15:00.1245Z": "2026-09-22T07:15:00.125Z",
    "2026-09-22T07:15:00.12449999999Z": "2026-09-22T07:15:00.124Z",
    "9999-12-31T23:59:59.9996Z": "9999-12-31T23:59:59.9996Z",
    "yesterday": "yesterday",
}


@pytest.mark.conforms("A-robust")
@pytest.mark.parametrize(("text", "expected"), TIMES.items())
def test_half_a_millisecond_is_rounded_up(text: str, expected: str) -> None:
    assert written(eventTime=text) == f"eventTime={expected}"


VALUES: list[tuple[Any, str]] = [
    ("007", "=007"),
    ("+7", "=+7"),
    ("12E4", "=12E4"),
    ("nan", "=nan"),
    ("1_000", "=1_000"),
    ("1.50", "=1.5"),
    (1, "=1"),
    (1.0, "=1"),
    (Decimal("1.00"), "=1"),
    (12345678901234567, "=12345678901234567"),
    (1e22, "=10000000000000000000000"),
    (1e-7, "=0.0000001"),
    (-0.0, "=0"),
    (float("inf"), "=inf"),
    (True, "=true"),
    (False, "=false"),
    (" true ", "=true"),
    ("receiving", "=receiving"),
    ("ex:word", "=https://ex.example/voc/word"),
    ("", ""),
    (None, ""),
    ({}, ""),
    ({"#text": "5", "@unit": "KGM"}, "=5unit=KGM"),
    ({"@xmlns:in": "https://in.example/", "in:b": 1}, "{https://in.example/}b=1"),
    ({"@context": {"in": "https://in.example/"}, "in:b": 1}, "{https://in.example/}b=1"),
]


@pytest.mark.conforms("A-robust", "T-4")
@pytest.mark.parametrize(("value", "expected"), VALUES, ids=repr)
def test_an_extension_keeps_what_it_says(value: Any, expected: str) -> None:
    assert written(**{"ex:own": value}) == "{https://ex.example/voc/}own" + expected


@pytest.mark.conforms("A-robust")
def test_lists_in_extensions_are_sorted_at_any_depth() -> None:
    own = "{https://ex.example/voc/}own"
    assert written(**{"ex:own": ["b", "a"]}) == f"{own}=a{own}=b"
    assert written(**{"ex:own": [[2, 1], [3]]}) == f"{own}=1=2{own}=3"
    assert written(**{"ex:ownList": ["a"]}) == "{https://ex.example/voc/}ownList=a"
    assert written(**{"ex:own": []}) == ""
    assert written(**{"https://ex.example/voc/own": 1}) == f"{own}=1"


@pytest.mark.conforms("A-robust")
def test_a_transaction_needs_no_type() -> None:
    listed = [{"bizTransaction": "urn:po:1"}, {"type": "po", "bizTransaction": "urn:po:2"}]
    assert written(bizTransactionList=listed) == (
        "bizTransactionListbizTransaction=urn:po:1"
        "type=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:po:2"
    )


@pytest.mark.conforms("A-robust")
def test_the_number_of_a_quantity_may_be_written_as_text() -> None:
    for quantity in (1, 1.0, "1", "01.0", "1e0", Decimal(1)):
        listed = [{"epcClass": "urn:lot:1", "quantity": quantity, "uom": "KGM"}]
        assert written(quantityList=listed) == (
            "quantityListquantityElementepcClass=urn:lot:1quantity=1uom=KGM"
        )


@pytest.mark.conforms("A-robust")
def test_sensor_values_come_in_the_order_of_the_standard() -> None:
    report = {
        "ex:transaction": "own",
        "uom": "DD",
        "component": "longitude",
        "stringValue": "1.10",
        "hexBinaryValue": "1E5",
        "booleanValue": True,
        "value": 1.50,
        "type": "Angle",
    }
    elements = [{"sensorReport": [report], "ex:of": "element"}]
    assert written(sensorElementList=elements) == (
        "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Anglevalue=1.5"
        "component=https://ref.gs1.org/cbv/Comp-longitudestringValue=1.10booleanValue=true"
        "hexBinaryValue=1E5uom=DD{https://ex.example/voc/}transaction=own"
        "{https://ex.example/voc/}of=element"
    )


@pytest.mark.conforms("A-robust")
def test_what_is_empty_or_no_content_says_nothing() -> None:
    assert (
        written(
            epcList=[],
            quantityList=[],
            sourceList=[],
            persistentDisposition={},
            ilmd={},
            recordTime="2026-09-22T07:15:00Z",
            eventID="urn:uuid:1",
            errorDeclaration={"declarationTime": "2026-09-22T07:15:00Z"},
            comment="seen",
            **{"rdfs:comment": "seen", "@context": {"a": "https://a.example/"}},
        )
        == ""
    )


@pytest.mark.conforms("A-robust")
def test_the_order_where_text_and_code_disagree() -> None:
    """docs/algorithms/event-hash.md gives the reasons."""
    event = written(
        parentID="urn:box:1",
        epcList=["urn:item:1"],
        sensorElementList=[{"sensorReport": [{"type": "Angle"}]}],
        bizTransactionList=[{"bizTransaction": "urn:po:1"}],
        sourceList=[{"type": "location", "source": "urn:place:1"}],
        destinationList=[{"type": "location", "destination": "urn:place:2"}],
        ilmd={"ex:a": 1},
        certificationInfo=["urn:cert:2", "urn:cert:1"],
        **{"ex:own": 1},
    )
    places = [
        event.index(each)
        for each in (
            "certificationInfo=urn:cert:1certificationInfo=urn:cert:2",
            "epcList",
            "parentID",
            "sensorElementList",
            "bizTransactionList",
            "destinationList",
            "ilmd",
            "sourceList",
            "{https://ex.example/voc/}own",
        )
    ]
    assert places == sorted(places)


@pytest.mark.conforms("A-robust")
@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from([*RICH, "ex:a"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["ex:b", "id"]), inner),
            max_leaves=5,
        ),
    )
)
def test_no_event_is_without_a_hash(event: dict[str, Any]) -> None:
    assert len(digest(event, EX)) == 64


def test_an_event_nested_beyond_reason_is_refused() -> None:
    event: dict[str, Any] = {}
    for _ in range(5000):
        event = {"ex:in": event}
    with pytest.raises(TooDeep, match="nested too deeply"):
        prehash(event, EX)


def test_long_texts_do_not_stay_in_memory() -> None:
    before = hash_identifiers.remembered.cache_info().currsize
    for number in range(20):
        assert written(**{"ex:own": f"{number}" + "a" * 300}).endswith("a")
    assert hash_identifiers.remembered.cache_info().currsize == before

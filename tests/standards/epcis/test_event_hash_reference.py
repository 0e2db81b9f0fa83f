"""On events that the reference can read, ours is its hash: 100 examples, three events each."""

import logging
from typing import Any

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.event_hash import event_prehashes

pytestmark = pytest.mark.filterwarnings("ignore")  # its own, about its own imports
CONTEXT = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"ex": "https://ex.example/voc/"},
]
digits = st.integers(0, 999_999).map(lambda number: f"{number:06}")
serials = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
times = st.builds(
    "2026-{:02}-{:02}T{:02}:15:{:02}.{:03}+08:00".format,
    *(st.integers(*bounds) for bounds in ((1, 12), (1, 28), (0, 23), (0, 59), (0, 999))),
)
instances = st.one_of(
    st.builds("urn:epc:id:sgtin:4012345.{}.{}".format, digits, serials),
    st.builds("urn:epc:id:sscc:4012345.0000{}".format, digits),
    st.builds("urn:epc:id:giai:4012345.{}".format, serials),
    st.builds("https://a.example/01/04012345111118/10/L/21/{}?x=1".format, serials),
    st.builds("urn:of-our-own:{}".format, serials),
)
classes = st.one_of(
    st.builds("urn:epc:class:lgtin:4012345.{}.{}".format, digits, serials),
    st.builds("urn:epc:idpat:sgtin:4012345.{}.*".format, digits),
    st.builds("http://a.example/x/gtin/4012345111118/lot/{}".format, serials),
)
places = st.builds("urn:epc:id:sgln:4012345.00011.{}".format, st.integers(0, 99))
numbers = st.integers(0, 10**6) | st.decimals(0, 1000, places=3).map(float)
# The reference takes digits for a number, and knows some words.
texts = st.from_regex(r"[b-d][b-d ]{0,8}[b-d]", fullmatch=True)
words = {
    "bizStep": st.sampled_from(sorted(vocabulary.BIZ_STEP.words)),
    "disposition": st.sampled_from(sorted(vocabulary.DISPOSITION.words)),
}
extensions = st.dictionaries(
    st.sampled_from(["ex:b", "ex:c", "ex:d"]),
    st.recursive(
        texts | st.integers(0, 9),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(st.sampled_from(["ex:e", "ex:f"]), inner, max_size=2)
        ),
        max_leaves=4,
    ),
)
quantities = st.lists(
    st.fixed_dictionaries(
        {"epcClass": classes},
        optional={"quantity": numbers, "uom": st.sampled_from(["KGM", "LTR"])},
    ),
    min_size=1,
    max_size=3,
)
reports = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Temperature", "Angle"]),
        "value": numbers,
        "component": st.sampled_from(["x", "longitude"]),
    },
    optional={
        "time": st.just("2026-09-22T07:15:00.25+08:00"),
        "uom": st.just("CEL"),
        "ex:b": texts,
    },
)


def _typed(name: str, kind: str) -> st.SearchStrategy[list[dict[str, str]]]:
    """Return lists of typed objects; the reference wants the type in front."""
    one = instances.map(lambda value: {"type": kind, name: value})
    return st.lists(one, min_size=1, max_size=3)


events = st.fixed_dictionaries(
    {
        "type": st.just("ObjectEvent"),
        "eventTime": times,
        "eventTimeZoneOffset": st.sampled_from(["+08:00", "-03:30"]),
        "action": st.sampled_from(sorted(vocabulary.ACTIONS)),
    },
    optional={
        **words,
        "epcList": st.lists(instances, min_size=1, max_size=4),
        "quantityList": quantities,
        "persistentDisposition": st.fixed_dictionaries(
            {"set": st.lists(words["disposition"], min_size=1, max_size=2)}
        ),
        "readPoint": st.fixed_dictionaries({"id": places}, optional={"ex:b": texts}),
        "bizLocation": st.fixed_dictionaries({"id": places}),
        "bizTransactionList": _typed("bizTransaction", "po"),
        "sourceList": _typed("source", "owning_party"),
        "destinationList": _typed("destination", "location"),
        "sensorElementList": st.lists(
            st.fixed_dictionaries({"sensorReport": st.lists(reports, min_size=1, max_size=2)}),
            min_size=1,
            max_size=2,
        ),
        "ilmd": extensions.filter(bool),
        "certificationInfo": st.just("https://certificate.example/1"),
    },
)


def reference(document: bytes) -> list[str]:
    generator = pytest.importorskip("epcis_event_hash_generator.hash_generator")
    from epcis_event_hash_generator import json_to_py

    logging.disable(logging.CRITICAL)
    try:
        read = json_to_py.event_list_from_epcis_document_str(document.decode())
        return list(generator.derive_prehashes_from_events(read))
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.conforms("A-vectors")
@settings(max_examples=100, phases=[Phase.generate])
@given(st.lists(st.builds(dict.__or__, events, extensions), min_size=3, max_size=3))
def test_ours_is_the_string_of_the_reference(found: list[dict[str, Any]]) -> None:
    document = orjson.dumps(
        {"@context": CONTEXT, "type": "EPCISDocument", "epcisBody": {"eventList": found}}
    )
    assert event_prehashes(document, "application/json") == reference(document)

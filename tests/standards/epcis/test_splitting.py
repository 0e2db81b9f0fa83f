"""Events cut out of a document: each as it was sent, parsed once."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.epcis.documents import DocumentInvalid, parse
from originmark.standards.epcis.splitting import brackets, split

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
events = st.lists(st.dictionaries(st.text(), values, max_size=5), max_size=6)


def written(document: Any, *, indent: int | None, is_ascii: bool) -> bytes:
    return json.dumps(document, indent=indent, ensure_ascii=is_ascii).encode()


@given(events=events, before=values, after=values, indent=st.sampled_from([None, 2]), ascii_=...)
def test_every_event_is_cut_out_as_it_was_written(
    events: list[dict[str, Any]], before: Any, after: Any, indent: int | None, ascii_: bool
) -> None:
    body = {"before": before, "eventList": events, "after": after}
    data = written({"x": before, "epcisBody": body}, indent=indent, is_ascii=ascii_)
    parts = split(data, brackets(data))
    if parts is None or before != json.loads(json.dumps(before)):
        return  # "eventList" may stand in what came before
    document, texts = parse(data)
    assert document["epcisBody"]["eventList"] == events
    if texts is not None:
        assert [json.loads(each) for each in texts] == events
        assert all(each.encode() in data for each in texts)


@pytest.mark.parametrize(
    "inside",
    ['{"a":1} {"b":2}', '{"a":1},,{"b":2}', ',{"a":1}', '{"a":1},', '{"a":1]', "{]}", '{"a":"}'],
)
def test_what_is_no_json_between_the_events_is_refused(inside: str) -> None:
    with pytest.raises(DocumentInvalid, match="this is no JSON"):
        parse(b'{"type": "EPCISDocument", "epcisBody": {"eventList": [%b]}}' % inside.encode())


@pytest.mark.parametrize("inside", ["1", '"a"', "null", '{"a":1}, 2', '[{"a":1}]', "{},[]"])
def test_what_is_no_event_is_left_to_the_validation(inside: str) -> None:
    document, texts = parse(
        b'{"type": "EPCISDocument", "epcisBody": {"eventList": [%b]}}' % inside.encode()
    )
    assert texts is None
    assert document["epcisBody"]["eventList"] == json.loads(f"[{inside}]")


def test_of_two_lists_the_one_that_counts_is_read() -> None:
    data = b'{"epcisBody": {"eventList": [{"a": 1}], "eventList": [{"b": 2}]}, "type": "%b"}'
    document, texts = parse(data % b"EPCISDocument")
    assert document["epcisBody"]["eventList"] == [{"b": 2}]
    assert texts is None


def test_a_list_of_that_name_elsewhere_is_not_taken_for_the_events() -> None:
    data = (
        b'{"type": "EPCISDocument", "h": {"eventList": [1]}, "epcisBody": {"eventList": [{"b":2}]}}'
    )
    document, texts = parse(data)
    assert document["epcisBody"]["eventList"] == [{"b": 2}]
    assert texts is None


def test_the_name_in_a_text_is_no_list() -> None:
    data = rb'{"t": "\"eventList\": [{", "epcisBody": {"eventList": [ {"b": "\\"} ]}}'
    document, texts = parse(data)
    assert texts == [r'{"b": "\\"}']
    assert document["epcisBody"]["eventList"] == [{"b": "\\"}]

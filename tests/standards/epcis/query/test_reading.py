"""What is a query and what is none; order, counts, and the name of a query."""

import pytest
from builders.queries import LOT, PALLET, TREE, an_event

from originmark.standards.epcis.query import QueryInvalid, parse_json, parse_parameters
from originmark.standards.gs1.epc_patterns import key

Pairs = list[tuple[str, str]]


@pytest.mark.conforms("QS-unknown")
@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ([("EQ_bizstep", "packing")], "EQ_bizstep"),
        ([("nonsense", "1")], "nonsense"),
        ([("EQ_grade", "A")], "EQ_grade"),
        ([("eventType", "")], "eventType"),
        ([("eventType", "Object")], "eventType"),
        ([("EQ_bizStep", "shiping")], "EQ_bizStep"),
        ([("EQ_action", "MAKE")], "EQ_action"),
        ([("EQ_type", "Warmth")], "EQ_type"),
        ([("GE_eventTime", "yesterday")], "GE_eventTime"),
        ([("GE_eventTime", "2026-09-25T01:00:00")], "GE_eventTime"),
        ([("GE_eventTime", "2026-09-25T01:00:00Z")] * 2, "GE_eventTime"),
        ([("EQ_readPoint", "here")], "EQ_readPoint"),
        ([("MATCH_epc", "urn:epc:idpat:sgtin:0614141.*.7")], "MATCH_epc"),
        ([("MATCH_epc", "urn:epc:idpat:sgtin:0614141.*")], "MATCH_epc"),
        ([("MATCH_epc", "urn:epc:idpat:nothing:*.*")], "MATCH_epc"),
        ([("MATCH_epc", "urn:epc:idpat:sscc:٣٣٣٣.*")], "MATCH_epc"),
        ([("GE_quantity", "much")], "GE_quantity"),
        ([("GE_quantity", "٣")], "GE_quantity"),
        ([("EQ_value_CEL", "warm")], "EQ_value_CEL"),
        ([("EXISTS_errorDeclaration", "perhaps")], "EXISTS_errorDeclaration"),
        ([("EQ_bizTransaction_deed", TREE)], "EQ_bizTransaction_deed"),
        ([("GT_ex:mass", "heavy")], "GT_ex:mass"),
        ([("EQ_ex:grade", "[1,")], "EQ_ex:grade"),
        ([("EQ_stringValue", "a\x00b")], "EQ_stringValue"),
        ([("EQ_ATTR_x", "a")], "EQ_ATTR_x"),
        ([("orderBy", "bizStep")], "orderBy"),
        ([("orderDirection", "UP")], "orderDirection"),
        ([("maxEventCount", "0")], "maxEventCount"),
        ([("maxEventCount", "٣")], "maxEventCount"),
    ],
)
def test_what_is_no_query_is_refused_with_its_place(pairs: Pairs, name: str) -> None:
    with pytest.raises(QueryInvalid) as refused:
        parse_parameters(pairs)
    assert refused.value.name == name
    assert refused.value.expected in str(refused.value)


@pytest.mark.parametrize("body", [[], "EQ_action", {"EQ_action": "MAKE"}, {"GE_quantity": "2"}])
def test_a_body_that_is_no_query_is_refused(body: object) -> None:
    with pytest.raises(QueryInvalid):
        parse_json(body)


@pytest.mark.conforms("Q-orderBy", "Q-orderDirection", "Q-eventCountLimit", "Q-maxEventCount")
def test_order_and_counts_are_read() -> None:
    query = parse_parameters([("orderBy", "eventTime"), ("eventCountLimit", "5")])
    assert query.order is not None
    assert (query.order.by, query.order.direction) == ("eventTime", "DESC")
    assert query.event_count_limit == 5
    upward = parse_parameters([("orderBy", "recordTime"), ("orderDirection", "ASC")])
    assert upward.order is not None
    assert not upward.order.is_descending
    assert parse_json({"maxEventCount": 3}).max_event_count == 3


@pytest.mark.conforms("Q-eventCountLimit", "Q-maxEventCount", "QS-exclusive")
def test_a_limit_needs_an_order_and_bears_no_second_count() -> None:
    with pytest.raises(QueryInvalid, match="orderBy"):
        parse_parameters([("eventCountLimit", "5")])
    with pytest.raises(QueryInvalid, match="one of the two"):
        parse_parameters(
            [("orderBy", "eventTime"), ("eventCountLimit", "5"), ("maxEventCount", "5")]
        )


@pytest.mark.conforms("QS-lists")
@pytest.mark.parametrize(
    "pairs",
    [
        [("MATCH_epc", f"{TREE}|{PALLET}")],
        [("MATCH_epc", TREE), ("MATCH_epc", PALLET)],
        [("MATCH_epc", f'["{TREE}","{PALLET}"]')],
        [("MATCH_epc", f"{TREE},{PALLET}")],
    ],
)
def test_a_list_is_written_in_four_ways(pairs: Pairs) -> None:
    [condition] = parse_parameters(pairs).conditions
    assert [each.exact for each in condition.values] == [key(TREE), key(PALLET)]


@pytest.mark.conforms("QS-lists")
def test_a_comma_inside_an_identifier_is_part_of_it() -> None:
    serial = "https://id.gs1.org/01/10614141073464/21/A,B"
    query = parse_parameters([("MATCH_epc", serial)])
    assert query.matches(an_event(epcList=[serial]))
    assert len(query.conditions[0].values) == 1


@pytest.mark.conforms("QS-and-or")
def test_two_parameters_both_hold() -> None:
    query = parse_parameters([("MATCH_epc", TREE), ("EQ_action", "ADD")])
    assert query.matches(an_event(action="ADD"))
    assert not query.matches(an_event(action="OBSERVE"))
    assert not query.matches(an_event(action="ADD", epcList=[]))


def test_a_query_has_one_name_whatever_the_order_and_spelling_of_its_parameters() -> None:
    one = parse_parameters([("EQ_action", "ADD|DELETE"), ("MATCH_epcClass", LOT)])
    again = parse_json({"MATCH_epcClass": LOT, "EQ_action": ["DELETE", "ADD"]})
    other = parse_parameters([("EQ_action", "ADD"), ("MATCH_epcClass", LOT)])
    assert one.digest == again.digest
    assert one.digest != other.digest


def test_an_extension_field_gives_the_order() -> None:
    query = parse_parameters([("orderBy", "ex:mass")], {"ex": "https://ns.example.org/"})
    context = [{"own": "https://ns.example.org/"}]
    found = query.sort_value(an_event(**{"own:mass": "12.5"}), context)
    assert found is not None
    assert float(found.number or 0) == 12.5
    assert query.sort_value(an_event(), context) is None

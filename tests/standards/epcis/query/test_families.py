"""The parameters whose names hold a type, a field or a unit: found and not found."""

from typing import Any

import pytest
from builders.queries import (
    CONTEXT,
    DOCK,
    FARM,
    LOT,
    NAMESPACES,
    PAPER,
    a_declaration,
    a_reading,
    an_element,
    an_event,
)

from originmark.standards.epcis.query import Facts, parse_json, parse_parameters

Event = dict[str, Any]
PLAIN = an_event()


def sensed(**fields: Any) -> Event:
    return an_event(sensorElementList=[an_element(a_reading(**fields))])


def element(**fields: Any) -> Event:
    return an_event(sensorElementList=[an_element() | fields])


def metadata(**fields: Any) -> Event:
    return an_event(sensorElementList=[an_element(**fields)])


def ilmd(**fields: Any) -> Event:
    return an_event(action="ADD", ilmd=fields)


def declared(**fields: Any) -> Event:
    return an_event(errorDeclaration=a_declaration(**fields))


def counted(quantity: float, uom: str) -> Event:
    return an_event(quantityList=[{"epcClass": LOT, "quantity": quantity, "uom": uom}])


def papers(kind: str) -> Event:
    return an_event(bizTransactionList=[{"type": kind, "bizTransaction": PAPER}])


def party(listed: str, member: str, kind: str = "owning_party") -> Event:
    return an_event(**{listed: [{"type": kind, member: DOCK}]})


DEEP = {"ex:outer": {"ex:middle": [{"ex:grade": "A"}, {"ex:mass": 12}]}}
DOCK_LINK = "https://id.gs1.org/414/0614141073467/254/1234"
WHEN = "2026-10-01T00:00:00Z"
TABLE: list[tuple[str, str, str, Event, Event]] = [
    ("bizTransaction", "EQ_bizTransaction_po", PAPER, papers("po"), papers("inv")),
    ("bizTransaction", "EQ_bizTransaction_ex:deed", PAPER, papers("ex:deed"), papers("po")),
    (
        "bizTransaction",
        "EQ_bizTransaction_urn:epcglobal:cbv:btt:po",
        PAPER,
        papers("po"),
        an_event(bizTransactionList=[{"bizTransaction": PAPER}]),
    ),
    (
        "source",
        "EQ_source_owning_party",
        DOCK_LINK,
        party("sourceList", "source"),
        party("destinationList", "destination"),
    ),
    (
        "source",
        "EQ_source_location",
        DOCK,
        party("sourceList", "source", "location"),
        party("sourceList", "source"),
    ),
    (
        "destination",
        "EQ_destination_owning_party",
        f"{FARM}|{DOCK}",
        party("destinationList", "destination"),
        party("sourceList", "source"),
    ),
    ("extension", "EQ_ex:grade", "A|B", an_event(**{"ex:grade": "A"}), an_event(**DEEP)),
    ("extension", "EQ_ex:grade", "7", an_event(**{"ex:grade": 7.0}), an_event(**{"ex:grade": 8})),
    (
        "extension",
        "EQ_ex:grade",
        "7",
        an_event(**{"ex:grade": "7"}),
        an_event(**{"ex:grade": "07"}),
    ),
    ("extension", "EQ_ex:ok", "true", an_event(**{"ex:ok": True}), an_event(**{"ex:ok": False})),
    (
        "extension",
        "EQ_ex:at",
        "2026-10-01T08:00:00+08:00",
        an_event(**{"ex:at": WHEN}),
        an_event(**{"ex:at": "2026-10-01T00:00:01Z"}),
    ),
    ("extension", "GT_ex:mass", "5", an_event(**{"ex:mass": 6}), an_event(**{"ex:mass": 5})),
    ("extension", "GE_ex:mass", "5", an_event(**{"ex:mass": "5.0"}), an_event(**{"ex:mass": 4})),
    ("extension", "LT_ex:at", WHEN, an_event(**{"ex:at": "2026-09-01T00:00:00Z"}), PLAIN),
    ("extension", "LE_ex:mass", "5", an_event(**{"ex:mass": [9, 5]}), an_event(**{"ex:mass": 6})),
    ("extension", "EXISTS_ex:grade", "true", an_event(**{"ex:grade": {}}), an_event(**DEEP)),
    (
        "extension",
        "EQ_https://ns.example.org/epcis/#grade",
        "A",
        an_event(**{"ex:grade": "A"}),
        an_event(**{"mill:grade": "A"}),
    ),
    (
        "extension",
        "EQ_https://mill.example.org/voc#grade",
        "A",
        an_event(**{"mill:grade": "A"}),
        an_event(**{"ex:grade": "A"}),
    ),
    ("inner", "EQ_INNER_ex:grade", "A", an_event(**DEEP), an_event(**{"ex:grade": "A"})),
    ("inner", "GE_INNER_ex:mass", "12", an_event(**DEEP), ilmd(**DEEP)),
    ("inner", "EXISTS_INNER_ex:mass", "", an_event(**DEEP), an_event(**{"ex:mass": 1})),
    ("ilmd", "EQ_ILMD_ex:grade", "A", ilmd(**{"ex:grade": "A"}), an_event(**{"ex:grade": "A"})),
    ("ilmd", "LT_ILMD_ex:mass", "5", ilmd(**{"ex:mass": 4}), ilmd(**{"ex:mass": 5})),
    ("ilmd", "EXISTS_ILMD_ex:grade", "1", ilmd(**{"ex:grade": ""}), ilmd(**DEEP)),
    ("inner_ilmd", "EQ_INNER_ILMD_ex:grade", "A", ilmd(**DEEP), ilmd(**{"ex:grade": "A"})),
    ("inner_ilmd", "GT_INNER_ILMD_ex:mass", "11", ilmd(**DEEP), an_event(**DEEP)),
    (
        "error_declaration",
        "EQ_ERROR_DECLARATION_ex:by",
        "Li",
        declared(**{"ex:by": "Li"}),
        an_event(**{"ex:by": "Li"}),
    ),
    (
        "error_declaration",
        "EXISTS_ERROR_DECLARATION_ex:by",
        "true",
        declared(**{"ex:by": 1}),
        declared(),
    ),
    (
        "inner_error_declaration",
        "EQ_INNER_ERROR_DECLARATION_ex:grade",
        "A",
        declared(**DEEP),
        an_event(**DEEP),
    ),
    (
        "sensorelement",
        "EQ_SENSORELEMENT_ex:grade",
        "A",
        element(**{"ex:grade": "A"}),
        metadata(**{"ex:grade": "A"}),
    ),
    (
        "sensormetadata",
        "GE_SENSORMETADATA_ex:mass",
        "3",
        metadata(**{"ex:mass": 3}),
        element(**{"ex:mass": 3}),
    ),
    (
        "sensorreport",
        "EXISTS_SENSORREPORT_ex:grade",
        "",
        sensed(**{"ex:grade": "A"}),
        element(**{"ex:grade": "A"}),
    ),
    ("inner_sensor", "EQ_INNER_SENSORELEMENT_ex:grade", "A", element(**DEEP), sensed(**DEEP)),
    ("inner_sensor", "EQ_INNER_SENSORMETADATA_ex:mass", "12", metadata(**DEEP), element(**DEEP)),
    ("inner_sensor", "GT_INNER_SENSORREPORT_ex:mass", "11", sensed(**DEEP), metadata(**DEEP)),
    (
        "readPoint",
        "EQ_readPoint_ex:gate",
        "3",
        an_event(readPoint={"id": DOCK, "ex:gate": 3}),
        an_event(bizLocation={"id": DOCK, "ex:gate": 3}),
    ),
    (
        "readPoint",
        "EQ_INNER_readPoint_ex:grade",
        "A",
        an_event(readPoint={"id": DOCK, **DEEP}),
        an_event(readPoint={"id": DOCK, "ex:grade": "A"}),
    ),
    (
        "bizLocation",
        "EQ_bizLocation_ex:gate",
        "3",
        an_event(bizLocation={"id": DOCK, "ex:gate": "3"}),
        an_event(readPoint={"id": DOCK, "ex:gate": 3}),
    ),
    (
        "bizLocation",
        "EQ_INNER_bizLocation_ex:mass",
        "12",
        an_event(bizLocation={"id": DOCK, **DEEP}),
        an_event(bizLocation={"id": DOCK}),
    ),
    ("value_uom", "EQ_value_CEL", "20", sensed(), sensed(uom="FAH")),
    ("value_uom", "EQ_value_FAH", "68", sensed(), sensed(value=68)),
    ("value_uom", "GE_value_FAH", "67.9", sensed(), sensed(value=19)),
    ("value_uom", "GT_value_KEL", "293", sensed(), sensed(type="Mass", value=999, uom="KGM")),
    ("value_uom", "LT_value_CEL", "21", sensed(), sensed(value=21)),
    ("value_uom", "LE_value_P1", "50", sensed(value=50, uom="P1"), sensed(value=50.1, uom="P1")),
    ("value_uom", "EQ_value_QQQ", "5", sensed(value=5, uom="QQQ"), sensed(value=5, uom="QQ")),
    ("min_max_mean_sdev_perc_uom", "GE_minValue_CEL", "2", sensed(minValue=2), sensed(minValue=1)),
    ("min_max_mean_sdev_perc_uom", "LT_maxValue_FAH", "47", sensed(maxValue=8), sensed(maxValue=9)),
    ("min_max_mean_sdev_perc_uom", "GT_meanValue_CEL", "4", sensed(meanValue=5), sensed()),
    ("min_max_mean_sdev_perc_uom", "LE_sDev_FAH", "1.8", sensed(sDev=1), sensed(sDev=1.1)),
    ("min_max_mean_sdev_perc_uom", "GE_percValue_CEL", "1", sensed(percValue=1), sensed()),
    ("quantity_uom", "EQ_quantity_KGM", "1.5", counted(1500, "GRM"), counted(1500, "KGM")),
    ("quantity_uom", "GE_quantity_KGM", "1", counted(1, "KGM"), counted(999, "GRM")),
    ("quantity_uom", "LT_quantity_TNE", "1", counted(999, "KGM"), counted(1, "LTR")),
]


@pytest.mark.parametrize(
    ("name", "value", "found", "not_found"),
    [
        pytest.param(*row, id=f"{row[0]}={row[1]}", marks=pytest.mark.conforms(f"QF-{family}"))
        for family, *row in TABLE
    ],
)
def test_a_parameter_of_a_family_finds_what_it_says(
    name: str, value: str, found: Event, not_found: Event
) -> None:
    query = parse_parameters([(name, value)], NAMESPACES)
    assert query.matches(found, CONTEXT)
    assert not query.matches(not_found, CONTEXT)


def attributes(identifier: str) -> dict[str, list[Any]]:
    """The master data of one place."""
    known = {"urn:epcglobal:cbv:mda:city": ["Yên Bái"], "ex:altitude_m": [800]}
    return known if identifier == DOCK else {}


@pytest.mark.parametrize(
    ("name", "value", "is_found"),
    [
        pytest.param(
            "HASATTR_readPoint", "cbvmda:city", True, marks=pytest.mark.conforms("QF-hasattr")
        ),
        pytest.param(
            "HASATTR_readPoint",
            "urn:epcglobal:cbv:mda#city",
            True,
            marks=pytest.mark.conforms("QF-hasattr"),
        ),
        pytest.param(
            "HASATTR_readPoint", "cbvmda:street", False, marks=pytest.mark.conforms("QF-hasattr")
        ),
        pytest.param(
            "HASATTR_bizLocation", "cbvmda:city", False, marks=pytest.mark.conforms("QF-hasattr")
        ),
        pytest.param(
            "HASATTR_ex:seen_at", "cbvmda:city", True, marks=pytest.mark.conforms("QF-hasattr")
        ),
        pytest.param(
            "EQ_ATTR_readPoint_cbvmda:city", "Yên Bái", True, marks=pytest.mark.conforms("QF-attr")
        ),
        pytest.param(
            "EQ_ATTR_readPoint_cbvmda:city", "Hue", False, marks=pytest.mark.conforms("QF-attr")
        ),
        pytest.param(
            "EQ_ATTR_ex:seen_at_ex:altitude_m", "800", True, marks=pytest.mark.conforms("QF-attr")
        ),
    ],
)
def test_master_data_is_asked_about(name: str, value: str, is_found: bool) -> None:
    event = an_event(readPoint={"id": DOCK}, **{"ex:seen_at": DOCK})
    query = parse_parameters([(name, value)], NAMESPACES)
    assert query.matches(event, CONTEXT, Facts(attributes=attributes)) is is_found
    assert not query.matches(event, CONTEXT)


def test_a_prefix_means_what_each_side_declares() -> None:
    event = an_event(**{"mill:grade": "A", "@context": [{"mill": "https://ns.example.org/epcis/"}]})
    query = parse_json({"@context": CONTEXT, "EQ_ex:grade": ["A"]})
    assert query.matches(event, CONTEXT)


def test_a_prefix_that_the_query_does_not_declare_is_searched_as_it_stands() -> None:
    query = parse_parameters([("EQ_ex:grade", "A")])
    assert query.matches(an_event(**{"ex:grade": "A"}), CONTEXT)
    assert not query.matches(an_event(**{"mill:grade": "A"}), CONTEXT)


def test_a_json_query_compares_numbers_and_texts_as_what_they_are() -> None:
    event = an_event(**{"ex:grade": "007"})
    assert parse_json({"EQ_ex:grade": "007"}).matches(event)
    assert not parse_json({"EQ_ex:grade": ["7"]}).matches(event)
    assert parse_json({"GE_ex:grade": 7}).matches(event)

"""The credentials of UNTP 0.7.0 validate against what its authors and others check them with."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from builders.credentials import DID, an_envelope
from dppvalidator import ValidationEngine

from originmark.standards.credentials.untp import credentials as untp
from originmark.standards.credentials.untp.lifecycle import Names, lifecycle
from originmark.standards.credentials.untp.values import (
    CONFORMITY_LINK,
    Address,
    Claim,
    Classification,
    Country,
    Image,
    Link,
    Location,
    Material,
    Measure,
    Named,
    Party,
    Performance,
    ProductName,
    Score,
)
from originmark.standards.epcis.events import (
    AggregationEvent,
    ObjectEvent,
    StandardEvent,
    TransformationEvent,
)
from originmark.standards.epcis.values import Party as EpcisParty
from originmark.standards.epcis.values import Place, Quantity, SensorElement

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
SCHEMAS = SHARED / "vectors" / "untp" / "schema" / "v0.7.0"
NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
VIETNAM = Country("VN", "Viet Nam")
SCHEME = Named("IdentifierScheme", "https://brand.example", "Brand office")
COOPERATIVE = Named("Party", "urn:brand:party:coop", "Cooperative")
TEA = Classification("tea", "Tea", "urn:brand:groups", "Groups of the programme")
MILL = Named("Facility", "urn:brand:place:mill", "The mill")
LOT = ProductName("https://brand.example/own/tea/10/L1", "Tea", model="tea", batch="L1")
ORIGIN = Named("ConformityTopic", "urn:brand:topic:origin", "Geographical origin")
CRITERION = Named("Criterion", "urn:brand:ocop:3:stars", "OCOP, version 3")
STARS = Performance(
    Named("PerformanceMetric", "urn:brand:ocop:stars", "Stars"), score=Score("4", 4, "Four stars")
)


def schema_of(path: str) -> Any:
    file = SCHEMAS / path
    if not file.exists():
        pytest.skip(f"the published schemas are not at {SCHEMAS} (set ORIGINMARK_SHARED)")
    return jsonschema_rs.validator_for(json.loads(file.read_text()), validate_formats=True)


def a_passport() -> dict[str, Any]:
    proof = Link(
        "https://brand.example/credentials/2", "OCOP", "application/vc+jwt", CONFORMITY_LINK
    )
    claim = Claim(
        "urn:brand:star:9", "OCOP, four stars", (CRITERION,), date(2026, 3, 15), (ORIGIN,),
        (STARS,), (proof,), period=(date(2026, 3, 15), date(2029, 3, 14)),
    )  # fmt: skip
    return untp.passport(
        an_envelope(),
        untp.Product(
            name=LOT,
            id_scheme=SCHEME,
            categories=(TEA,),
            produced_at=MILL,
            country=VIETNAM,
            produced_on=date(2026, 10, 1),
            parties=(Party("producer", COOPERATIVE.id, COOPERATIVE.name, "0100", SCHEME, VIETNAM),),
            documents=(proof,),
            materials=(Material("Leaves", VIETNAM, TEA, 1.0, Measure(12.5, "KGM")),),
            labels=(Image("OCOP", "iVBORw0KGgo=", "image/png", "Four stars"),),
            claims=(claim,),
            weight=Measure(0.5, "KGM"),
            characteristics=(("variety", "Bát Tiên"),),
        ),
    )


def a_conformity() -> dict[str, Any]:
    assessment = untp.Assessment(
        "urn:brand:assessment:9", "Council of the province", (CRITERION,), date(2026, 3, 15),
        (ORIGIN,), (STARS,), (Named("Product", LOT.id, LOT.name),), (MILL,), COOPERATIVE,
        (Named("Regulation", "urn:brand:law:148", "148/QĐ-TTg"),),
    )  # fmt: skip
    return untp.conformity(
        an_envelope(),
        untp.Attestation(
            id="urn:brand:star:9",
            name="Four stars",
            issued_to=COOPERATIVE,
            scheme=Named("ConformityScheme", "urn:brand:ocop", "OCOP"),
            assessments=(assessment,),
            profile=Named("ConformityProfile", "urn:brand:ocop:3", "OCOP, version 3"),
            score=Score("4", 4, "Four stars"),
            authority=Named("Party", DID, "Province"),
            document=Link("https://brand.example/certificates/9", "Certificate"),
        ),
    )


def a_facility(location: Location) -> dict[str, Any]:
    return untp.facility_record(
        an_envelope(),
        untp.Facility(
            id="urn:brand:area:plot-1",
            name="Plot 1",
            country=VIETNAM,
            categories=(TEA,),
            location=location,
            address=Address(VIETNAM, locality="Ba Chẽ", region="Quảng Ninh"),
            registered_id="VN-QNOR-0001",
            id_scheme=SCHEME,
            parties=(Party("operator", COOPERATIVE.id, COOPERATIVE.name),),
        ),
    )


def an_anchor() -> dict[str, Any]:
    return untp.identity_anchor(
        an_envelope(),
        untp.Identity(
            "urn:brand:party:coop", "Cooperative", "0100", date(2020, 1, 1), SCHEME,
            Named("Party", DID, "Province"), public_page="https://brand.example/users",
        ),
    )  # fmt: skip


def an_event(kind: type[StandardEvent] = ObjectEvent, **more: Any) -> Any:
    facts = {
        "event_time": NOON,
        "event_time_zone_offset": "+07:00",
        "event_id": "urn:uuid:f994e610-bb7a-4f95-9d1d-a88714264014",
        **({"action": "OBSERVE"} if kind is not TransformationEvent else {}),
    }
    return kind(**facts | more)


def told(*events: StandardEvent) -> list[dict[str, Any]]:
    return lifecycle(
        events,
        Names(
            thing=lambda epc: ProductName(epc, epc[-2:]),
            place=lambda uri, _event: Named(
                "Facility", uri or "urn:brand:unknown", uri[-4:] or "?"
            ),
            parties=lambda _event: (Party("producer", COOPERATIVE.id, COOPERATIVE.name),),
            links=lambda event: (Link(f"https://brand.example/events/{event.event_id}", "Event"),),
        ),
    )


HARVEST = an_event(
    action="ADD", biz_step="commissioning", read_point=Place("urn:brand:area:plot"),
    quantities=(Quantity("urn:brand:lot:H1", 2000, "KGM"),),
)  # fmt: skip
MILLING = an_event(
    TransformationEvent, biz_step="creating_class_instance",
    input_quantities=(Quantity("urn:brand:lot:H1"),),
    output_quantities=(Quantity("urn:brand:lot:M1", 1400, "KGM"),),
)  # fmt: skip
SENT = an_event(
    biz_step="shipping", read_point=Place("urn:brand:place:mill"),
    destinations=(EpcisParty("location", "urn:brand:place:shop"),),
    quantities=(Quantity("urn:brand:lot:M1", 10, "KGM"),),
)  # fmt: skip
GOT = an_event(
    biz_step="receiving", read_point=Place("urn:brand:place:dock"),
    quantities=(Quantity("urn:brand:lot:M1", 10, "KGM"),),
)  # fmt: skip
MEASURED = an_event(
    biz_step="inspecting", epcs=("urn:brand:item:I1",), disposition="active",
    sensor_elements=(SensorElement(({"type": "Temperature", "value": 4.2, "uom": "CEL"},)),),
)  # fmt: skip
PACKED = an_event(
    AggregationEvent, action="ADD", biz_step="packing", parent_id="urn:brand:pallet:P1",
    child_quantities=(Quantity("urn:brand:lot:M1", 20),),
)  # fmt: skip


def test_the_passport_validates_with_the_schema_and_with_a_validator_of_others() -> None:
    assert [
        str(each) for each in schema_of("dpp/DigitalProductPassport.json").iter_errors(a_passport())
    ] == []


def test_a_validator_of_others_finds_nothing_wrong_with_the_passport() -> None:
    found = ValidationEngine(schema_version="0.7.0").validate(a_passport())

    assert (found.valid, found.errors) == (True, [])


@pytest.mark.parametrize(
    ("path", "credential"),
    [
        ("dpp/Product.json", a_passport()["credentialSubject"]),
        ("dcc/ConformityCredential.json", a_conformity()),
        ("dfr/DigitalFacilityRecord.json", a_facility(Location((107.2, 21.2)))),
        ("dia/DigitalIdentityAnchor.json", an_anchor()),
        (
            "dte/DigitalTraceabilityEvent.json",
            untp.traceability_event(an_envelope(), told(HARVEST, MILLING, SENT, GOT, MEASURED)),
        ),
        ("dte/MakeEvent.json", told(HARVEST)[0]),
        ("dte/MakeEvent.json", told(MILLING)[0]),
        ("dte/MoveEvent.json", told(SENT)[0]),
        ("dte/ModifyEvent.json", told(MEASURED)[0]),
        ("dte/ModifyEvent.json", told(PACKED)[0]),
    ],
)
def test_each_type_validates_against_its_schema(path: str, credential: dict[str, Any]) -> None:
    assert [str(each) for each in schema_of(path).iter_errors(credential)] == []


def test_the_schema_does_find_a_missing_name() -> None:
    """The control: a schema that finds nothing wrong with anything proves nothing."""
    broken = a_passport()
    del broken["credentialSubject"]["name"]

    assert schema_of("dpp/DigitalProductPassport.json").is_valid(broken) is False
    assert ValidationEngine(schema_version="0.7.0").validate(broken).valid is False


def test_a_plot_is_told_with_the_outline_of_its_land() -> None:
    ring = [[107.1, 21.1], [107.2, 21.1], [107.2, 21.2], [107.1, 21.1]]
    place = Location.of_geometry({"type": "MultiPolygon", "coordinates": [[ring]]}, (107.17, 21.13))
    record = a_facility(place)

    assert [
        str(each) for each in schema_of("dfr/DigitalFacilityRecord.json").iter_errors(record)
    ] == []
    assert record["credentialSubject"]["locationInformation"] == {
        "geoLocation": {"latitude": 21.13, "longitude": 107.17},
        "geoBoundary": [{"latitude": y, "longitude": x} for x, y in ring],
    }


def test_a_shipment_and_its_receipt_are_one_move() -> None:
    moved = told(SENT, GOT)

    assert [each["type"][0] for each in moved] == ["MoveEvent"]
    assert moved[0]["fromFacility"]["id"] == "urn:brand:place:mill"
    assert moved[0]["toFacility"]["id"] == "urn:brand:place:dock"
    assert moved[0]["movedProduct"][0]["disposition"] == "active"


def test_a_shipment_on_its_way_goes_where_it_was_sent() -> None:
    moved = told(SENT)[0]

    assert moved["toFacility"]["id"] == "urn:brand:place:shop"
    assert moved["movedProduct"][0]["disposition"] == "inTransit"


def test_a_receipt_without_a_shipment_changes_a_thing() -> None:
    assert [each["type"][0] for each in told(GOT)] == ["ModifyEvent"]


def test_what_goes_in_and_what_comes_out_is_told_with_its_mass() -> None:
    made = told(MILLING)[0]

    assert [each["product"]["id"] for each in made["inputProduct"]] == ["urn:brand:lot:H1"]
    assert made["outputProduct"][0]["quantity"] == {"value": 1400.0, "unit": "KGM"}
    assert made["outputProduct"][0]["disposition"] == "new"


def test_a_reading_is_told_with_its_unit() -> None:
    (reading,) = told(MEASURED)[0]["sensorData"]

    assert reading["metric"]["id"] == "https://gs1.org/voc/Temperature"
    assert reading["measure"] == [{"value": 4.2, "unit": "CEL"}]

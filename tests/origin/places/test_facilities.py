"""Facilities: GLN checked, position on the globe, packing codes remarked upon."""

from datetime import datetime

import pytest
from builders.parties import an_actor, an_organisation
from builders.places import a_facility

from originmark.origin.parties.access import NotAllowed
from originmark.origin.places import rules, selectors, services
from originmark.origin.places.models import Facility

pytestmark = pytest.mark.django_db

GLN = "6901234567892"


def test_a_facility_with_a_gln_is_named_by_it() -> None:
    facts = selectors.facility(a_facility(gln=GLN).code)

    assert facts.uri == f"https://id.gs1.org/414/{GLN}"
    assert selectors.facility_by_uri(facts.uri) == facts


def test_a_facility_without_one_gets_an_identifier_of_the_programme() -> None:
    facts = selectors.facility(a_facility("mill-1").code)

    assert facts.uri == "urn:originmark:local:place:mill-1"
    assert selectors.facility_by_uri(facts.uri) == facts
    assert selectors.facility_by_uri("urn:something:else") is None


@pytest.mark.parametrize("gln", ["6901234567893", "690123456789", "٦٩٠١٢٣٤٥٦٧٨٩٢"])
def test_a_wrong_gln_is_refused(gln: str) -> None:
    with pytest.raises(rules.WrongGln):
        a_facility(gln=gln)

    assert not Facility.objects.exists()


def test_two_facilities_do_not_share_a_gln() -> None:
    a_facility("mill-1", gln=GLN)
    with pytest.raises(rules.WrongGln, match="mill-1"):
        a_facility(gln=GLN)


def test_a_position_with_latitude_first_is_refused() -> None:
    with pytest.raises(rules.LatitudeFirst):
        a_facility(longitude=21.0, latitude=107.3)


def test_an_odd_packing_code_is_remarked_upon() -> None:
    assert a_facility(registration_code="VN-TGPH-0012").warnings == []
    odd = a_facility(registration_code="PH12")
    assert [remark["code"] for remark in odd.warnings] == ["odd-registration-code"]


def test_who_changes_a_facility(noon: datetime) -> None:
    mill = a_facility(address="Street 1")
    own, viewer = an_actor(mill.organisation), an_actor(mill.organisation, "viewer")

    changed = services.change_facility(mill.code, name="New mill", kind="mill", by=own, now=noon)
    assert (changed.name, changed.address) == ("New mill", "Street 1")
    with pytest.raises(NotAllowed):
        services.change_facility(mill.code, name="X", kind="mill", by=viewer, now=noon)
    with pytest.raises(rules.UnknownPlace):
        services.change_facility(
            mill.code, name="X", kind="mill", by=an_actor(an_organisation()), now=noon
        )

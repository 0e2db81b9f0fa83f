"""Growing areas: registered, remarked upon, suspended, closed."""

from datetime import datetime
from decimal import Decimal

import pytest
from builders.parties import an_actor, an_officer, an_organisation
from builders.places import a_boundary, a_growing_area, a_square, an_administrative_unit

from originmark.origin.parties.access import NOBODY, NotAllowed
from originmark.origin.places import rules, selectors, services
from originmark.origin.places.models import GrowingArea

pytestmark = pytest.mark.django_db


def remark_codes(area: GrowingArea) -> list[str]:
    return [remark["code"] for remark in area.warnings]


def test_an_area_declared_in_mu_is_kept_in_both_units() -> None:
    area = a_growing_area(declared="52 亩")

    area.refresh_from_db()
    assert (area.declared_value, area.declared_unit) == (Decimal(52), "mu")
    assert area.declared_ha == Decimal("3.4667")
    assert area.warnings == []


def test_a_difference_over_five_percent_is_remarked_upon_and_the_smaller_counts() -> None:
    area = a_growing_area(declared="20 ha", geometry=a_square())

    assert area.computed_ha is not None
    assert Decimal("15.5") < area.computed_ha < Decimal("15.7")
    assert remark_codes(area) == ["areas-differ"]
    assert selectors.growing_area(area.code).area_ha == area.computed_ha


def test_a_difference_within_five_percent_is_not() -> None:
    area = a_growing_area(declared="15.9 ha", geometry=a_square())

    assert area.warnings == []
    assert selectors.growing_area(area.code).area_ha == area.computed_ha


def test_acres_that_fit_the_outline_as_mu_are_remarked_upon() -> None:
    """The outline is 15.6 ha: 234 mu; someone wrote 234 acres."""
    area = a_growing_area(declared="234 acres", geometry=a_square())

    assert remark_codes(area) == ["really-mu"]
    assert area.warnings[0]["facts"]["mu_ha"] == "15.60"


def test_nearly_200_000_acres_of_chinese_greenhouses_are_questioned() -> None:
    county = an_administrative_unit(scheme="CN")
    area = a_growing_area(declared="200 000 acres", unit_id=county.pk)

    assert remark_codes(area) == ["acre-in-china"]
    assert area.warnings[0]["facts"] == {
        "value": "200000", "acres_ha": "80937.13", "mu_ha": "13333.33",
    }  # fmt: skip


def test_land_that_another_organisation_claims_is_remarked_upon() -> None:
    first = a_growing_area("first", declared="15.6 ha", geometry=a_square())
    second = a_growing_area("second", declared="15.6 ha", geometry=a_square(112.672))
    own = a_growing_area(
        "third", declared="15.6 ha", geometry=a_square(), organisation=first.organisation
    )

    assert remark_codes(second) == ["overlap"]
    assert second.warnings[0]["facts"]["other"] == "first"
    assert [remark["facts"]["other"] for remark in own.warnings] == ["second"]


def test_both_sides_of_an_overlap_learn_of_it_and_of_its_end(noon: datetime) -> None:
    first = a_growing_area("first", declared="15.6 ha", geometry=a_square())
    second = a_growing_area("second", declared="15.6 ha", geometry=a_square(112.672))
    first.refresh_from_db()
    assert [remark["facts"]["other"] for remark in first.warnings] == ["second"]

    moved = a_square(112.69)
    services.change_growing_area(
        second.code, name="Moved", declared="15.6 ha", geometry=moved, by=an_officer(), now=noon
    )
    first.refresh_from_db()
    assert first.warnings == []


def test_neighbours_that_share_an_edge_do_not_overlap() -> None:
    a_growing_area(declared="15.6 ha", geometry=a_square(112.67))
    neighbour = a_growing_area(declared="15.6 ha", geometry=a_square(112.674))

    assert neighbour.warnings == []


@pytest.mark.parametrize(
    ("code", "remarks"),
    [
        ("VN-TGOR-0095", []),
        ("", []),
        ("VN-TGPH-0012", ["odd-registration-code"]),
        ("VN-TGOR-٠٠٩٥", ["odd-registration-code"]),
        ("0095", ["odd-registration-code"]),
    ],
)
def test_an_odd_growing_area_code_is_remarked_upon(code: str, remarks: list[str]) -> None:
    assert remark_codes(a_growing_area(registration_code=code)) == remarks


def test_a_refused_outline_leaves_no_area_behind() -> None:
    bow_tie = {"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [2, 1], [1, 2], [1, 1]]]}
    with pytest.raises(rules.CrossesItself):
        a_growing_area(geometry=bow_tie)

    assert not GrowingArea.objects.exists()


@pytest.mark.parametrize("declared", ["0 ha", "12 rai", "5 sào", "1,200 ha", "99 999 999 ha"])
def test_an_area_that_cannot_be_is_refused(declared: str) -> None:
    with pytest.raises(rules.AreaUnreadable) as refused:
        a_growing_area(declared=declared)

    assert refused.value.field == "declared_value"
    assert not GrowingArea.objects.exists()


def test_a_code_is_given_once_whatever_its_case() -> None:
    a_growing_area("north-1")
    with pytest.raises(rules.CodeTaken):
        a_growing_area("North-1")
    with pytest.raises(rules.CodeUnusable):
        a_growing_area("north 1")

    assert GrowingArea.objects.count() == 1


def test_without_a_code_the_next_number_is_given(noon: datetime) -> None:
    organisation = an_organisation()
    by = an_actor(organisation)
    codes = [
        services.register_growing_area(
            organisation_id=organisation.pk, name="Plot", declared="1 ha", by=by, now=noon
        ).code
        for _ in range(2)
    ]
    assert len(set(codes)) == 2
    assert all(code.startswith("A") and len(code) == 6 for code in codes)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("recorder", True), ("manager", True), ("viewer", False), ("inspector", False)],
)
def test_who_registers_land(role: str, *, allowed: bool, noon: datetime) -> None:
    organisation = an_organisation()
    by = an_actor(organisation, role)

    def register() -> None:
        services.register_growing_area(
            organisation_id=organisation.pk, name="Plot", declared="1 ha", by=by, now=noon
        )

    if allowed:
        register()
    else:
        with pytest.raises(NotAllowed):
            register()
    assert GrowingArea.objects.exists() == allowed


def test_an_officer_registers_for_anybody_and_a_stranger_for_nobody(noon: datetime) -> None:
    organisation = an_organisation()
    facts = {"organisation_id": organisation.pk, "name": "Plot", "declared": "1 ha", "now": noon}

    services.register_growing_area(by=an_officer(), **facts)
    for stranger in (an_actor(an_organisation()), an_actor(), NOBODY):
        with pytest.raises(NotAllowed):
            services.register_growing_area(by=stranger, **facts)
    assert GrowingArea.objects.count() == 1


def test_an_area_is_changed_by_its_own_people_only(noon: datetime) -> None:
    area = a_growing_area(crop="millet")
    own, stranger = an_actor(area.organisation), an_actor(an_organisation())

    changed = services.change_growing_area(
        area.code, name="Upper plot", declared="11 ha", by=own, now=noon
    )
    assert (changed.name, changed.crop) == ("Upper plot", "millet")
    with pytest.raises(rules.UnknownPlace):
        services.change_growing_area(area.code, name="X", declared="1 ha", by=stranger, now=noon)


def test_an_officer_suspends_and_resumes_with_a_reason(noon: datetime) -> None:
    area, officer = a_growing_area(), an_officer()

    with pytest.raises(rules.ReasonMissing):
        services.suspend_growing_area(area.code, reason=" ", by=officer, now=noon)
    suspended = services.suspend_growing_area(
        area.code, reason="Residue found", by=officer, now=noon
    )
    assert (suspended.status, suspended.status_reason) == ("suspended", "Residue found")
    with pytest.raises(rules.StateUnchanged):
        services.suspend_growing_area(area.code, reason="Again", by=officer, now=noon)
    with pytest.raises(NotAllowed):
        services.resume_growing_area(
            area.code, reason="Fine", by=an_actor(area.organisation, "manager"), now=noon
        )
    assert (
        services.resume_growing_area(area.code, reason="Clean", by=officer, now=noon).status
        == "active"
    )


def test_a_closed_area_stays_closed(noon: datetime) -> None:
    area = a_growing_area()
    manager = an_actor(area.organisation, "manager")

    with pytest.raises(NotAllowed):
        services.close_growing_area(
            area.code, reason="Sold", by=an_actor(area.organisation), now=noon
        )
    closed = services.close_growing_area(area.code, reason="Sold", by=manager, now=noon)
    assert (closed.status, closed.valid_until) == ("closed", noon.date())
    with pytest.raises(rules.StateUnchanged):
        services.change_growing_area(area.code, name="X", declared="1 ha", by=manager, now=noon)
    with pytest.raises(rules.StateUnchanged):
        services.close_growing_area(area.code, reason="Again", by=manager, now=noon)


def test_people_see_the_areas_of_their_own_organisations() -> None:
    area = a_growing_area()
    a_growing_area()

    assert list(selectors.growing_areas(an_actor(area.organisation, "viewer"))) == [area]
    assert selectors.growing_areas(an_officer("inspector")).count() == 2
    assert not selectors.growing_areas(an_actor()).exists()
    assert not selectors.growing_areas(NOBODY).exists()


def test_containment_is_answered_by_geometry() -> None:
    a_boundary("gi", outline=a_square(112.672, 38.0, 0.5), name="GI area")
    plot = a_growing_area(geometry=a_square(112.67, 38.06))
    inner = a_growing_area(geometry=a_square(112.9, 38.1))
    blank = a_growing_area()

    answer = selectors.containment(plot.pk, "gi")
    assert (answer.inside, answer.boundary_name) == (False, "GI area")
    assert answer.share_inside == pytest.approx(0.5, abs=0.01)
    assert selectors.containment(inner.pk, "gi").inside
    with pytest.raises(rules.NoShape):
        selectors.containment(blank.pk, "gi")
    with pytest.raises(rules.UnknownPlace):
        selectors.containment(plot.pk, "nowhere")
    touched = selectors.overlapping_outlines(plot)
    assert [(row.code, found.inside) for row, found in touched] == [("gi", False)]


def test_only_an_officer_draws_boundaries_and_a_point_is_none(noon: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.register_boundary(
            name="GI", outline=a_square(), by=an_actor(an_organisation(), "manager"), now=noon
        )
    with pytest.raises(rules.ShapeEmpty):
        services.register_boundary(
            name="GI",
            outline={"type": "Point", "coordinates": [112, 38]},
            by=an_officer(),
            now=noon,
        )
    assert not selectors.boundaries().exists()


def test_an_area_is_found_again_by_the_identifier_of_an_event() -> None:
    area = a_growing_area("north.1".replace(".", "-"))
    facts = selectors.growing_area(area.code)

    assert facts.uri == "urn:originmark:local:area:north-1"
    assert selectors.growing_area_by_uri(facts.uri) == facts
    assert selectors.growing_area_by_uri("urn:originmark:local:area:other") is None
    assert selectors.growing_area_by_uri("https://id.gs1.org/414/6901234567892") is None

"""Pages about places: what each role sees, what a form refuses, what a file brings."""

import io
import json
from typing import Any

import pytest
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from builders.places import (
    a_boundary,
    a_facility,
    a_growing_area,
    a_square,
    an_administrative_unit,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from originmark.origin.parties.models import Organisation
from originmark.origin.places.models import Boundary, Facility, GrowingArea

pytestmark = pytest.mark.django_db

BOW_TIE = {"type": "Polygon", "coordinates": [[[112, 38], [113, 39], [113, 38], [112, 39]]]}


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation("huangzhai", name="Huangzhai Millet Cooperative")


@pytest.fixture
def recorder(organisation: Organisation) -> Client:
    return a_client_for(an_actor(organisation))


def area_form(organisation: Organisation, **more: Any) -> dict[str, Any]:
    facts = {
        "organisation": organisation.pk,
        "name": "North slope",
        "declared_value_0": "234",
        "declared_value_1": "mu",
        "geometry": json.dumps(a_square()),
    }
    return {**facts, **more}


PAGES = [
    "/places/areas/",
    "/places/areas/new/",
    "/places/areas/upload/",
    "/places/areas/growing-areas.geojson",
    "/places/import/growing-areas/",
    "/places/facilities/",
    "/places/facilities/new/",
    "/places/boundaries/",
    "/places/units/",
    "/places/units/search/?q=ab",
    "/places/map-layers/",
]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_a_recorder_and_asks_others_to_sign_in(
    page: str, recorder: Client
) -> None:
    assert recorder.get(page).status_code == 200
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


FORMS = [
    "/places/areas/new/",
    "/places/areas/upload/",
    "/places/facilities/new/",
    "/places/boundaries/new/",
]


@pytest.mark.parametrize("page", FORMS)
def test_a_viewer_registers_nothing(page: str, organisation: Organisation) -> None:
    viewer = a_client_for(an_actor(organisation, "viewer"))

    assert viewer.get(page).status_code == 403
    assert viewer.post(page, area_form(organisation)).status_code == 403
    assert not GrowingArea.objects.exists()


def test_a_recorder_registers_land_and_reads_it_back(
    recorder: Client, organisation: Organisation
) -> None:
    county = an_administrative_unit("cn-140122", name="阳曲县")
    answer = recorder.post(
        "/places/areas/new/", area_form(organisation, unit="cn-140122", code="north"), follow=True
    )

    area = GrowingArea.objects.get()
    assert (area.code, area.unit, area.declared_unit, area.warnings) == ("north", county, "mu", [])
    page = answer.content.decode()
    assert "Growing area north is registered." in page
    assert "234\u00a0mu" in page
    assert "15.6" in page
    assert "阳曲县" in page
    assert "<svg" in page


def test_a_crossing_outline_comes_back_with_the_spot(
    recorder: Client, organisation: Organisation
) -> None:
    form = area_form(organisation, geometry=json.dumps(BOW_TIE))
    answer = recorder.post("/places/areas/new/", form)

    assert answer.status_code == 422
    assert "The edge crosses itself near longitude 112.5, latitude 38.5" in answer.content.decode()
    assert not GrowingArea.objects.exists()


def test_an_outline_may_come_as_a_file(recorder: Client, organisation: Organisation) -> None:
    file = SimpleUploadedFile("plot.csv", b"lat,lon\n38.06,112.67\n38.06,112.674\n38.064,112.674")
    form = area_form(organisation, geometry="", outline_file=file)

    assert recorder.post("/places/areas/new/", form).status_code == 302
    assert GrowingArea.objects.get().computed_ha is not None


def test_a_file_that_is_no_text_is_refused(recorder: Client, organisation: Organisation) -> None:
    file = SimpleUploadedFile("plot.kmz", b"PK\x03\x04\xff\xfe\x00")
    answer = recorder.post(
        "/places/areas/new/", area_form(organisation, outline_file=file, geometry="")
    )

    assert answer.status_code == 422
    assert "not KMZ" in answer.content.decode()


def test_the_land_of_others_cannot_be_seen_or_taken(recorder: Client) -> None:
    foreign = a_growing_area()

    assert recorder.get(f"/places/areas/{foreign.code}/").status_code == 404
    assert recorder.get(f"/places/areas/{foreign.code}/edit/").status_code == 404
    answer = recorder.post("/places/areas/new/", area_form(foreign.organisation))
    assert answer.status_code == 422
    assert GrowingArea.objects.count() == 1


def test_a_remark_is_shown_on_the_page(recorder: Client, organisation: Organisation) -> None:
    area = a_growing_area(organisation=organisation, declared="20 ha", geometry=a_square())

    page = recorder.get(f"/places/areas/{area.code}/").content.decode()
    assert "Declared 20.00 ha, but the outline measures 15." in page


def test_a_correction_keeps_what_was_not_changed_and_has_a_history(
    recorder: Client, organisation: Organisation
) -> None:
    area = a_growing_area(organisation=organisation, geometry=a_square(), declared="15.6 ha")
    page = recorder.get(f"/places/areas/{area.code}/edit/").content.decode()
    assert 'value="15.6"' in page

    form = area_form(organisation, name="South slope", declared_value_0="15.5",
                     declared_value_1="ha", geometry=area.geometry)  # fmt: skip
    answer = recorder.post(f"/places/areas/{area.code}/edit/", form, follow=True)
    assert "South slope" in answer.content.decode()
    area.refresh_from_db()
    assert (area.name, str(area.declared_value)) == ("South slope", "15.5000")


def test_an_officer_suspends_on_a_page_and_must_say_why(organisation: Organisation) -> None:
    area, officer = a_growing_area(organisation=organisation), a_client_for(an_officer())
    address = f"/places/areas/{area.code}/suspend/"

    assert officer.get(address).status_code == 200
    assert officer.post(address, {"reason": ""}).status_code == 422
    page = officer.post(address, {"reason": "Residue found"}, follow=True).content.decode()
    assert "Residue found" in page
    area.refresh_from_db()
    assert area.status == "suspended"


def test_a_recorder_cannot_suspend(recorder: Client, organisation: Organisation) -> None:
    area = a_growing_area(organisation=organisation)

    answer = recorder.post(f"/places/areas/{area.code}/suspend/", {"reason": "x"})
    assert answer.status_code == 403


def test_the_list_filters_and_goes_out_as_csv(recorder: Client, organisation: Organisation) -> None:
    a_growing_area(organisation=organisation, name="Plain plot")
    a_growing_area(organisation=organisation, name="Odd plot", registration_code="?")

    page = recorder.get("/places/areas/?remarks=yes").content.decode()
    assert "Odd plot" in page
    assert "Plain plot" not in page
    answer = recorder.get("/places/areas/?format=csv")
    assert b"Plain plot" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    recorder: Client,
    organisation: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(12):
        unit = an_administrative_unit()
        a_growing_area(organisation=organisation, unit_id=unit.pk)
    with django_assert_max_num_queries(12):
        recorder.get("/places/areas/")


def test_areas_go_out_as_geojson_and_come_in_again(
    recorder: Client, organisation: Organisation
) -> None:
    a_growing_area("one", organisation=organisation, geometry=a_square(), declared="234 mu")
    out = recorder.get("/places/areas/growing-areas.geojson").json()
    assert out["features"][0]["properties"]["area"] == "234 mu"

    out["features"][0]["properties"]["name"] = "Renamed"
    out["features"][0]["properties"].pop("status")
    file = SimpleUploadedFile("areas.geojson", json.dumps(out).encode())
    answer = recorder.post("/places/areas/upload/", {"organisation": organisation.pk, "file": file})
    assert answer.status_code == 302
    assert GrowingArea.objects.get().name == "Renamed"


def test_one_wrong_feature_keeps_all_out(recorder: Client, organisation: Organisation) -> None:
    good = {
        "type": "Feature",
        "geometry": a_square(),
        "properties": {"name": "Good", "area": "234 mu"},
    }
    bad = {"type": "Feature", "geometry": BOW_TIE, "properties": {"name": "Bad", "area": "5 sào"}}
    crossing = {**bad, "properties": {"name": "Bad", "area": "5 ha"}}
    content = json.dumps({"type": "FeatureCollection", "features": [good, bad, crossing]}).encode()
    answer = recorder.post(
        "/places/areas/upload/",
        {"organisation": organisation.pk, "file": SimpleUploadedFile("a.json", content)},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is not one measure" in page
    assert "The edge crosses itself" in page
    assert not GrowingArea.objects.exists()


def test_a_code_stands_once_in_a_file(recorder: Client, organisation: Organisation) -> None:
    one = {
        "type": "Feature",
        "geometry": None,
        "properties": {"code": "n1", "name": "N", "area": "1 ha"},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [one, one]}).encode()
    answer = recorder.post(
        "/places/areas/upload/",
        {"organisation": organisation.pk, "file": SimpleUploadedFile("a.json", content)},
    )

    assert "belongs to another place" in answer.content.decode()
    assert not GrowingArea.objects.exists()


@pytest.mark.parametrize("content", [b"{}", b"[]", b"\xff", b'{"features": []}'])
def test_a_file_without_features_is_refused(
    content: bytes, recorder: Client, organisation: Organisation
) -> None:
    file = SimpleUploadedFile("a.json", content)
    answer = recorder.post("/places/areas/upload/", {"organisation": organisation.pk, "file": file})

    assert answer.status_code == 422


def test_a_table_of_areas_is_imported_after_its_preview(
    recorder: Client, organisation: Organisation
) -> None:
    an_administrative_unit("cn-140122", name="阳曲县")
    lines = (
        "code,organisation,name,area,place,geometry\n"
        'n1,huangzhai,North,"52 亩",阳曲县,\n'
        'n2,huangzhai,South,234 mu,cn-140122,"POLYGON((112.67 38.06,112.674 38.06,'
        '112.674 38.064,112.67 38.064,112.67 38.06))"\n'
    )
    file = io.BytesIO(lines.encode())
    file.name = "areas.csv"
    preview = recorder.post("/places/import/growing-areas/", {"file": file})
    assert preview.status_code == 302
    done = recorder.post(preview["Location"])

    assert done.status_code == 302
    assert done["Location"] == "/places/areas/"
    assert set(GrowingArea.objects.values_list("code", "unit__key")) == {
        ("n1", "cn-140122"),
        ("n2", "cn-140122"),
    }


def test_a_facility_is_registered_and_shown(recorder: Client, organisation: Organisation) -> None:
    form = {
        "organisation": organisation.pk, "name": "Mill", "kind": "mill", "latitude": "38.06",
        "longitude": "112.67", "gln": "6901234567892", "code": "mill",
    }  # fmt: skip
    page = recorder.post("/places/facilities/new/", form, follow=True).content.decode()

    assert "https://id.gs1.org/414/6901234567892" in page
    wrong = recorder.post("/places/facilities/new/", {**form, "code": "", "latitude": ""})
    assert wrong.status_code == 422
    assert "A position needs both figures" in wrong.content.decode()
    wrong = recorder.post("/places/facilities/new/", {**form, "code": "", "gln": "123"})
    assert wrong.status_code == 422
    assert Facility.objects.count() == 1
    changed = recorder.post("/places/facilities/mill/edit/", {**form, "name": "Old mill"})
    assert changed["Location"] == "/places/facilities/mill/"


def test_the_facilities_of_others_are_hidden(recorder: Client) -> None:
    assert recorder.get(f"/places/facilities/{a_facility().code}/").status_code == 404


def test_an_officer_registers_a_boundary_and_sees_what_lies_in_it(
    organisation: Organisation,
) -> None:
    officer = a_client_for(an_officer())
    a_growing_area("in", organisation=organisation, name="Inner plot", geometry=a_square())
    form = {
        "name": "GI area", "geometry": json.dumps(a_square(112, 38, 1)), "source": "Decision 1",
        "code": "gi",
    }  # fmt: skip
    page = officer.post("/places/boundaries/new/", form, follow=True).content.decode()

    assert "Inner plot" in page
    assert Boundary.objects.get().source == "Decision 1"
    outline = officer.get("/places/boundaries/gi/outline/").json()
    assert outline["geometry"]["type"] == "Polygon"
    empty = officer.post("/places/boundaries/new/", {"name": "X", "source": "Y"})
    assert empty.status_code == 422


def test_an_area_page_says_which_boundaries_it_lies_in(
    recorder: Client, organisation: Organisation
) -> None:
    a_boundary(name="Whole county")
    a_boundary(name="Half", outline=a_square(112.672, 38.0, 0.5))
    area = a_growing_area(organisation=organisation, geometry=a_square())

    page = recorder.get(f"/places/areas/{area.code}/").content.decode()
    assert "Whole county" in page
    assert "50 % inside" in page


def test_units_are_browsed_and_searched(recorder: Client) -> None:
    province = an_administrative_unit("vn-22", scheme="VN", level="province", name="Quảng Ninh")
    an_administrative_unit("vn-202", scheme="VN", level="district", name="Ba Chẽ", parent=province)

    assert "Quảng Ninh" in recorder.get("/places/units/").content.decode()
    assert "Ba Chẽ" in recorder.get("/places/units/vn-22/").content.decode()
    assert "Ba Chẽ" in recorder.get("/places/units/?q=ba+che").content.decode()
    found = recorder.get("/places/units/search/?q=ba+che").json()
    assert found == [{"value": "vn-202", "label": "Ba Chẽ, Quảng Ninh"}]
    assert recorder.get("/places/units/vn-999/").status_code == 404
    assert recorder.get("/places/units/search/?q=ba%00che").json() == []


def test_the_map_layers_hold_boundaries_and_own_land_only(
    recorder: Client, organisation: Organisation
) -> None:
    a_boundary("gi")
    a_growing_area("own", organisation=organisation, geometry=a_square())
    a_growing_area("foreign", geometry=a_square())

    layers = recorder.get("/places/map-layers/").json()
    assert [each["properties"]["code"] for each in layers["features"]] == ["gi", "own"]

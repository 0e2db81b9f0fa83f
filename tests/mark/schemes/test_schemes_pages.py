"""The pages about brands, rights and rulebooks, for whoever may see and write them."""

from io import BytesIO

import pytest
from builders.parties import a_client_for, a_member, a_person, a_programme_office, an_organisation
from builders.places import a_boundary
from builders.schemes import (
    a_brand,
    a_right,
    a_rulebook,
    a_rulebook_text,
    known_products,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from originmark.mark.schemes.models import Brand, Right, Rulebook

pytestmark = pytest.mark.django_db
UK = (
    "Name,Register,ProductType,ProductCategory,FileNumber,Type,Country,Status,LegalInstrument,"
    "ApplicationDate,DateRegistration,DatePublication\n"
)
PASTY = (
    "Cornish Pasty,Food,Food,Class 2.3,PGI-GB-0727,Protected Geographical Indication (PGI),"
    "United Kingdom,Registered,,,21/07/2011,\n"
)


@pytest.fixture
def officer() -> Client:
    return a_client_for(a_member(a_programme_office(), "manager").person)


@pytest.fixture
def cooperative() -> Client:
    return a_client_for(a_member(an_organisation(), "manager").person)


READS = ["brand_list", "right_list", "rulebook_list"]
WRITES = ["brand_new", "right_new", "rulebook_new", "rights-import", "rights-uk-gi-import"]


@pytest.mark.parametrize("name", READS + WRITES)
def test_a_stranger_is_asked_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(f"schemes:{name}"))

    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("name", READS)
def test_whoever_signed_in_reads(cooperative: Client, name: str) -> None:
    assert cooperative.get(reverse(f"schemes:{name}")).status_code == 200


@pytest.mark.parametrize("name", WRITES)
def test_a_cooperative_does_not_write(cooperative: Client, name: str) -> None:
    assert cooperative.get(reverse(f"schemes:{name}")).status_code == 403


@pytest.mark.parametrize("name", READS + WRITES)
def test_an_officer_reads_and_writes(officer: Client, name: str) -> None:
    assert officer.get(reverse(f"schemes:{name}")).status_code == 200


def test_an_officer_records_a_brand(officer: Client) -> None:
    owner = an_organisation()
    known_products(["millet"])
    typed = {
        "code": "yangqu-millet",
        "name": "Yangqu millet",
        "name_zh_hans": "阳曲小米",
        "kind": "gi_mark",
        "owner": owner.pk,
        "boundary_code": a_boundary("yangqu").code,
        "products": ["millet"],
        "is_active": "on",
    }

    answer = officer.post(reverse("schemes:brand_new"), typed)

    assert answer.status_code == 302
    brand = Brand.objects.get()
    assert brand.names == {"zh-hans": "阳曲小米"}
    page = officer.get(answer["Location"]).content.decode()
    assert "Yangqu millet" in page
    assert "No right is recorded." in page
    assert 'class="map"' in page


def test_a_code_that_is_taken_is_told_at_its_field(officer: Client) -> None:
    brand = a_brand("yangqu")
    typed = {"code": "yangqu", "name": "X", "kind": "gi_mark", "owner": brand.owner_id}

    answer = officer.post(reverse("schemes:brand_new"), typed)

    assert answer.status_code == 422
    assert "The code yangqu belongs to another brand already." in answer.content.decode()
    assert Brand.objects.count() == 1


def test_a_logo_that_is_no_picture_is_refused(officer: Client) -> None:
    brand = a_brand("yangqu", products=[])
    typed = {
        "name": "X",
        "kind": "gi_mark",
        "owner": brand.owner_id,
        "logo": SimpleUploadedFile("logo.svg", b"<svg onload='alert(1)'/>"),
    }

    answer = officer.post(reverse("schemes:brand_edit", args=["yangqu"]), typed)

    assert answer.status_code == 422
    assert not Brand.objects.get().logo


def test_a_logo_is_shown_to_everybody(officer: Client, client: Client) -> None:
    brand = a_brand("yangqu", products=[])
    picture = BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "PNG")
    logo = SimpleUploadedFile("../../x.html", picture.getvalue())
    typed = {"name": "X", "kind": "gi_mark", "owner": brand.owner_id, "logo": logo}
    assert client.get(reverse("schemes:brand_logo", args=["yangqu"])).status_code == 404

    officer.post(reverse("schemes:brand_edit", args=["yangqu"]), typed)

    answer = client.get(reverse("schemes:brand_logo", args=["yangqu"]))
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content) == picture.getvalue()
    Brand.objects.get().logo.delete(save=False)


def test_a_brands_page_tells_rights_caps_and_conversions(cooperative: Client) -> None:
    brand = a_brand("yangqu")
    a_right(brand, number="AGI1")
    a_right(brand, number="CM2", kind="certification_mark", register="CNIPA")
    a_rulebook(brand)

    page = cooperative.get(reverse("schemes:brand", args=["yangqu"])).content.decode()

    for text in ("AGI1", "CM2", "in force", "4,500", "300 kg/mu", "0.7 – 0.8", "Unverified"):
        assert text in page
    assert "Record a right" not in page


def test_a_brand_that_is_not_there_is_not_found(cooperative: Client) -> None:
    assert cooperative.get(reverse("schemes:brand", args=["nobody"])).status_code == 404


def test_a_right_is_recorded_and_changed(officer: Client) -> None:
    a_brand("yangqu")
    typed = {
        "name": "Yangqu millet",
        "kind": "gi_agricultural",
        "authority": "Ministry of Agriculture",
        "register": "MARA",
        "number": "AGI1",
        "country": "China",
        "status": "registered",
        "registered_on": "2011-12-20",
        "brand": "yangqu",
    }
    address = officer.post(reverse("schemes:right_new"), typed)["Location"]
    right = Right.objects.get()
    assert (right.country, right.brand and right.brand.code) == ("CN", "yangqu")

    officer.post(f"{address}edit/", typed | {"status": "cancelled", "brand": ""})

    right.refresh_from_db()
    assert (right.status, right.brand) == ("cancelled", None)
    assert "not in force today" in officer.get(address).content.decode()


def test_a_right_with_a_wrong_country_is_sent_back(officer: Client) -> None:
    answer = officer.post(reverse("schemes:right_new"), {"country": "Atlantis"})

    assert answer.status_code == 422
    assert "There is no country “Atlantis”" in answer.content.decode()


def test_the_register_is_searched_and_narrowed(cooperative: Client) -> None:
    a_right(name="Crème de Cassis", country="FR", number="1")
    a_right(name="Jenever", country="BE NL", number="2")
    a_right(name="Applied", country="FR", number="3", status="applied", registered_on=None)

    def names(query: str) -> set[str]:
        page = cooperative.get(reverse("schemes:right_list") + query).content.decode()
        return {name for name in ("Crème de Cassis", "Jenever", "Applied") if f">{name}<" in page}

    assert names("?q=creme") == {"Crème de Cassis"}
    assert names("?q=Cr%C3%A8me") == {"Crème de Cassis"}
    assert names("?country=NL") == {"Jenever"}
    assert names("?status=applied&country=FR") == {"Applied"}


def test_the_register_comes_out_as_csv(cooperative: Client) -> None:
    a_right(name="Jenever", country="BE NL", number="2")

    answer = cooperative.get(reverse("schemes:right_list") + "?format=csv")

    assert b"".join(answer.streaming_content).decode().splitlines()[1].startswith("Jenever,2,")


def test_a_brand_of_many_products_costs_no_more_than_of_one(officer: Client) -> None:
    few, many = a_brand(products=["millet"]), a_brand(products=["millet", "rice", "tea", "beans"])
    addresses = [
        reverse(name, args=[each.code])
        for each in (few, many)
        for name in ("schemes:brand", "licensing:licence_new")
    ]
    for each in addresses:
        officer.get(each)

    asked = []
    for each in addresses:
        with CaptureQueriesContext(connection) as queries:
            officer.get(each)
        asked.append(len(queries))

    assert asked[:2] == asked[2:]


def test_a_register_is_taken_on_a_page_after_its_preview(officer: Client) -> None:
    file = SimpleUploadedFile("uk.csv", (UK + PASTY).encode())
    preview = officer.post(reverse("schemes:rights-uk-gi-import"), {"file": file})
    assert preview.status_code == 302
    assert "Cornish Pasty" in officer.get(preview["Location"]).content.decode()
    assert not Right.objects.exists()

    officer.post(preview["Location"])

    assert Right.objects.get().number == "PGI-GB-0727"


def test_one_bad_row_stops_a_register_taken_on_a_page(officer: Client) -> None:
    bad = PASTY.replace("United Kingdom", "Atlantis").replace("0727", "0728")
    file = SimpleUploadedFile("uk.csv", (UK + PASTY + bad).encode())
    preview = officer.post(reverse("schemes:rights-uk-gi-import"), {"file": file})["Location"]
    assert "There is no country “Atlantis”" in officer.get(preview).content.decode()

    answer = officer.post(preview)

    assert answer.status_code == 422
    assert not Right.objects.exists()


def test_a_rulebook_is_checked_shown_and_then_loaded(officer: Client) -> None:
    brand = a_brand("yangqu")
    a_rulebook(brand)
    text = a_rulebook_text(
        "yangqu",
        version=2,
        supersedes=1,
        valid_from="2026-07-01",
        caps=[("millet-grain", 2026, 250)],
    )
    address = reverse("schemes:rulebook_new")

    shown = officer.post(address, {"text": text})
    assert "It adds up" in shown.content.decode()
    assert '<li class="in">' in shown.content.decode()
    assert Rulebook.objects.count() == 1

    loaded = officer.post(address, {"text": text, "load": "1"})
    page = officer.get(loaded["Location"]).content.decode()
    assert "250 kg/mu" in page
    assert "Changes since version 1" in page
    first = officer.get(reverse("schemes:rulebook_version", args=["yangqu", 1])).content.decode()
    assert "Version 2 supersedes this one." in first


def test_a_rulebook_with_findings_is_sent_back_with_their_lines(officer: Client) -> None:
    a_brand("yangqu", products=["millet", "millet-grain"])
    text = a_rulebook_text(
        "yangqu", conversions=[("milling", "millet-grain", "millet", "0.8", "0.7")]
    )
    file = SimpleUploadedFile("rules.toml", text.encode())

    answer = officer.post(reverse("schemes:rulebook_new"), {"file": file, "load": "1"})

    assert answer.status_code == 422
    line = text.splitlines().index("ratio_low = 0.8") + 1
    assert f"Line {line}" in answer.content.decode()
    assert not Rulebook.objects.exists()


def test_a_rulebooks_file_comes_out_as_it_went_in(cooperative: Client) -> None:
    rulebook = a_rulebook(a_brand("yangqu"))

    answer = cooperative.get(reverse("schemes:rulebook_file", args=["yangqu", 1]))

    assert answer.content.decode() == rulebook.text


def test_somebody_without_an_organisation_reads_the_register() -> None:
    assert a_client_for(a_person()).get(reverse("schemes:right_list")).status_code == 200

import io
from uuid import uuid4

import pytest
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from builders.products import a_crop, a_group, a_gtin, a_trade_item
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from originmark.origin.products import selectors
from originmark.origin.products.models import IntellectualProperty, Product, ProductPicture

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def files(settings: LazySettings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_picture_file(size: tuple[int, int] = (1200, 800)) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", size, "green").save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile("field.jpg", buffer.getvalue(), "image/jpeg")


def what_is_typed(**values: str) -> dict[str, str]:
    said = {"name": "Millet 500 g", "code": "millet-500g", "kind": "trade_item"}
    return {**said, "net_content_0": "500", "net_content_1": "g", **values}


def test_strangers_are_asked_to_sign_in() -> None:
    for name in ("list", "new", "groups"):
        answer = Client().get(reverse(f"products:{name}"))
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]


def test_a_recorder_registers_a_product_on_the_page() -> None:
    mill = an_organisation()
    group = a_group()
    client = a_client_for(an_actor(mill, "recorder"))
    assert client.get(reverse("products:new")).status_code == 200
    typed = what_is_typed(
        gtin="6901234567892",
        organisation=str(mill.pk),
        group=group.code,
        name_zh_hans="小米",
        specification="moisture | at most 13 | % | GB 5009.3",
        story="From the hills.\n\nSlowly dried.",
    )
    answer = client.post(reverse("products:new"), typed, follow=True)
    assert answer.redirect_chain == [(reverse("products:product", args=["millet-500g"]), 302)]
    page = answer.content.decode()
    for shown in ("6901234567892", "500 g", "小米", "at most 13", "Slowly dried.", group.name):
        assert shown in page
    facts = selectors.product("millet-500g")
    assert (facts.gtin, facts.net_content_g) == ("06901234567892", 500)


def test_a_wrong_gtin_is_shown_at_its_field() -> None:
    mill = an_organisation()
    client = a_client_for(an_actor(mill))
    typed = what_is_typed(gtin="6901234567893", organisation=str(mill.pk))
    answer = client.post(reverse("products:new"), typed)
    assert answer.status_code == 422
    assert "its check digit should be 2" in str(answer.context["form"].errors["gtin"])
    assert not Product.objects.exists()


def test_nobody_registers_for_somebody_else() -> None:
    client = a_client_for(an_actor(an_organisation()))
    other = an_organisation()
    answer = client.post(reverse("products:new"), what_is_typed(organisation=str(other.pk)))
    assert answer.status_code == 422
    assert "organisation" in answer.context["form"].errors
    answer = client.post(reverse("products:new"), what_is_typed(organisation="", kind="crop"))
    assert not Product.objects.exists()
    assert answer.status_code == 403


def test_a_product_is_changed_on_its_page() -> None:
    product = a_trade_item(name="Millet", net_content_g=2500, net_content_unit="kg")
    client = a_client_for(an_officer())
    address = reverse("products:edit", args=[product.code])
    page = client.get(address).content.decode()
    assert 'value="2.5"' in page
    typed = what_is_typed(
        code="another", name="Kê", organisation=str(product.organisation_id), gtin=product.gtin
    )
    assert client.post(address, typed).status_code == 302
    product.refresh_from_db()
    assert (product.name, product.net_content_g) == ("Kê", 500)
    assert product.code != "another"


def test_a_foreign_product_is_not_there() -> None:
    product = a_trade_item()
    client = a_client_for(an_actor(an_organisation(), "manager"))
    for name in ("product", "edit", "pictures", "new_right"):
        assert client.get(reverse(f"products:{name}", args=[product.code])).status_code == 404
    assert client.post(reverse("products:archive", args=[product.code])).status_code == 403


def test_a_viewer_reads_and_changes_nothing() -> None:
    mill = an_organisation()
    product = a_trade_item(organisation=mill)
    client = a_client_for(an_actor(mill, "viewer"))
    page = client.get(reverse("products:product", args=[product.code])).content.decode()
    assert product.name in page
    assert reverse("products:edit", args=[product.code]) not in page
    for name in ("edit", "pictures", "new_right"):
        assert client.get(reverse(f"products:{name}", args=[product.code])).status_code == 403


def test_a_product_is_archived_and_restored() -> None:
    product = a_crop()
    client = a_client_for(an_officer())
    client.post(reverse("products:archive", args=[product.code]))
    page = client.get(reverse("products:product", args=[product.code])).content.decode()
    assert "This product is off the lists" in page
    client.post(reverse("products:restore", args=[product.code]))
    assert selectors.product(product.code).is_active


def test_the_list_searches_and_filters_in_few_queries(
    django_assert_max_num_queries: object,
) -> None:
    food = a_group("food")
    grain = a_group("grain", parent="food")
    a_crop(name="Millet", group=grain.code)
    a_crop(name="Honey")
    for number in range(10):
        a_trade_item(name=f"Box {number}")
    client = a_client_for(an_officer())
    address = reverse("products:list")
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert "Box 9" in page
    assert "Honey" not in client.get(address, {"q": "mill"}).content.decode()
    inside = client.get(address, {"group": food.code}).content.decode()
    assert "Millet" in inside
    assert "Honey" not in inside
    lines = b"".join(client.get(address, {"kind": "crop", "format": "csv"}).streaming_content)
    assert len(lines.decode().strip().splitlines()) == 3


def test_a_picture_is_written_anew_in_two_widths() -> None:
    product = a_crop()
    client = a_client_for(an_officer())
    address = reverse("products:pictures", args=[product.code])
    sent = {"file": a_picture_file(), "description": "The field in autumn"}
    assert client.post(address, sent).status_code == 302
    facts = selectors.pictures(product.pk)[0]
    assert (facts.width, facts.height) == (960, 640)
    for width, url in facts.urls.items():
        answer = Client().get(url)
        content = b"".join(answer.streaming_content)
        assert answer["Content-Type"] == "image/webp"
        with Image.open(io.BytesIO(content)) as shown:
            assert shown.width == width
            assert not shown.getexif()
        assert b"taken at home" not in content
    assert "The field in autumn" in client.get(address).content.decode()


def test_pictures_are_arranged_and_removed(django_capture_on_commit_callbacks: object) -> None:
    product = a_crop()
    client = a_client_for(an_officer())
    address = reverse("products:pictures", args=[product.code])
    for name in ("one", "two"):
        client.post(address, {"file": a_picture_file((64, 64)), "description": name})
    one, two = selectors.pictures(product.pk)
    client.post(reverse("products:picture_up", args=[product.code, two.key]))
    assert [each.description for each in selectors.pictures(product.pk)] == ["two", "one"]
    client.post(reverse("products:picture_up", args=[product.code, two.key]))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("products:remove_picture", args=[product.code, two.key]))
    assert [each.description for each in selectors.pictures(product.pk)] == ["one"]
    assert Client().get(two.small).status_code == 404
    assert b"".join(Client().get(one.small).streaming_content)
    gone = client.post(reverse("products:remove_picture", args=[product.code, uuid4()]))
    assert gone.status_code == 404


def test_what_is_no_picture_is_refused() -> None:
    product = a_crop()
    client = a_client_for(an_officer())
    file = SimpleUploadedFile("field.jpg", b"<svg onload='x'>", "image/jpeg")
    sent = {"file": file, "description": "x"}
    answer = client.post(reverse("products:pictures", args=[product.code]), sent)
    assert answer.status_code == 422
    assert "not a picture" in answer.content.decode()
    assert not ProductPicture.objects.exists()


def test_a_right_is_recorded_shown_changed_and_removed() -> None:
    mill = an_organisation()
    product = a_trade_item(organisation=mill)
    client = a_client_for(an_actor(mill))
    typed = {
        "kind": "gi",
        "title": "Yangqu Millet",
        "number": "AGI00759",
        "authority": "MARA",
        "registered_on": "2011-12-20",
        "document": SimpleUploadedFile("gi.pdf", PDF),
    }
    address = reverse("products:new_right", args=[product.code])
    assert client.post(address, typed).status_code == 302
    again = client.post(address, {**typed, "document": ""})
    assert "is recorded for this product already" in again.content.decode()
    right = IntellectualProperty.objects.get()
    page = client.get(reverse("products:product", args=[product.code])).content.decode()
    assert "AGI00759" in page
    assert "in force" in page
    document = reverse("products:right_document", args=[product.code, right.pk])
    assert b"".join(client.get(document).streaming_content) == PDF
    assert Client().get(document).status_code == 302
    stranger = a_client_for(an_actor(an_organisation()))
    assert stranger.get(document).status_code == 404

    change = reverse("products:right", args=[product.code, right.pk])
    assert client.get(change).status_code == 200
    client.post(change, {**typed, "document": "", "valid_until": "2012-01-01"})
    right.refresh_from_db()
    assert right.document
    assert (
        "expired" in client.get(reverse("products:product", args=[product.code])).content.decode()
    )
    client.post(reverse("products:remove_right", args=[product.code, right.pk]))
    assert not IntellectualProperty.objects.exists()


def test_groups_are_for_the_office() -> None:
    officer = a_client_for(an_officer())
    assert officer.get(reverse("products:new_group")).status_code == 200
    officer.post(reverse("products:new_group"), {"code": "food", "name": "Food"})
    sent = {"code": "grain", "name": "Grain", "parent": "food", "name_vi": "Ngũ cốc"}
    officer.post(reverse("products:new_group"), sent)
    assert selectors.group("grain").parent == selectors.group("food")
    page = officer.get(reverse("products:group", args=["grain"])).content.decode()
    assert "Ngũ cốc" in page
    recorder = a_client_for(an_actor(an_organisation(), "manager"))
    assert recorder.get(reverse("products:groups")).status_code == 200
    assert recorder.get(reverse("products:new_group")).status_code == 403


def test_the_search_over_everything_finds_own_products() -> None:
    mill = an_organisation()
    a_trade_item(name="Golden millet", organisation=mill)
    a_trade_item(name="Foreign millet", gtin=a_gtin())
    page = a_client_for(an_actor(mill)).get("/search/", {"q": "millet"}).content.decode()
    assert "Golden millet" in page
    assert "Foreign millet" not in page

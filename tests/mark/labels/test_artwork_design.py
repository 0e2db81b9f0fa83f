"""The template of a label: what stands on it, and where marks and code go."""

from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from auditlog.models import LogEntry
from builders.artwork import AT_NOON, a_draft
from builders.labels import NOON
from builders.licensing import a_licence
from builders.parties import a_client_for, an_actor, an_inspector, an_organisation
from builders.products import a_crop, a_trade_item
from builders.schemes import a_brand
from builders.stars import a_star, schemes_of_the_tests
from django.core.files.base import ContentFile
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.labels.artwork import refusals
from originmark.mark.labels.artwork import services as artwork
from originmark.mark.labels.artwork.design import services
from originmark.mark.labels.artwork.design.drawing import DesignAsked, Drawing
from originmark.mark.labels.artwork.design.panels import PANELS
from originmark.mark.labels.artwork.models import LabelTemplate
from originmark.origin.parties.access import SYSTEM, NotAllowed
from originmark.origin.products.models import Product

pytestmark = pytest.mark.django_db
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
)


@pytest.fixture
def product() -> Product:
    owner = an_organisation(name="East Cooperative", address="East Village", phone="0351 1")
    return a_trade_item(organisation=owner, name="Yangqu millet")


def asked(product: Product, **more: Any) -> DesignAsked:
    facts = {"market": "VN", "category": "food", "print_on": date(2026, 11, 1),
             "panel": "bag-100x140", "language": "en", **more}  # fmt: skip
    return DesignAsked(product_code=product.code, **facts)


def drawn(product: Product, **more: Any) -> Drawing:
    return services.draw(asked(product, **more), by=SYSTEM)


def texts(drawing: Drawing) -> dict[str, str]:
    return {each.field: each.text for each in drawing.lines}


def test_each_field_of_the_rules_stands_on_it_with_what_is_known(product: Product) -> None:
    drawing = drawn(product)
    assert (drawing.name, drawing.net) == ("Yangqu millet", "500 g")
    assert texts(drawing) == {
        "organisation": "East Cooperative", "address": "East Village", "origin": "",
        "production_date": "DD/MM/YYYY", "expiry_date": "DD/MM/YYYY", "ingredients": "",
        "warnings": "", "instructions": "", "storage": "",
    }  # fmt: skip
    assert drawing.blanks == [
        "Origin", "Ingredients", "Warnings", "Instructions for use", "Storage",
    ]  # fmt: skip
    assert drawing.rulesets == ("vn-43-2017 v1",)


def test_what_was_written_for_the_last_version_is_taken_over(product: Product) -> None:
    artwork.record_artwork(a_draft(product, content={"storage": "Cool."}), **AT_NOON)
    drawing = drawn(product)
    assert (texts(drawing)["storage"], drawing.blanks) == ("Cool.", [])
    assert texts(drawing)["production_date"] == "DD/MM/YYYY"  # never that of a lot


@pytest.mark.parametrize(
    ("on", "edition", "fields"),
    [
        (date(2027, 3, 15), "cn-gb7718-2011 v2", {"shelf_life_months"}),
        (date(2027, 3, 16), "cn-gb7718-2025 v2", {"allergens", "expiry_date"}),
    ],
)
def test_the_day_of_printing_chooses_the_rules(
    product: Product, on: date, edition: str, fields: set[str]
) -> None:
    drawing = drawn(product, market="CN", print_on=on, language="zh-hans")
    assert drawing.rulesets == (edition,)
    assert fields <= texts(drawing).keys()
    assert texts(drawing)["production_date"] == "YYYY-MM-DD"


def test_letters_grow_with_the_panel_where_a_rule_says_so(product: Product) -> None:
    after = {"market": "CN", "print_on": date(2027, 4, 1)}
    heights = [
        drawn(product, panel=code, **after).letters for code in ("box-130x80", "bag-140x200")
    ]
    assert [(each["all"], each["dates"]) for each in heights] == [(1.8, 3.0), (2.0, 3.0)]
    assert heights[0]["practice"] == ["net_content"]
    assert drawn(product).letters["practice"] == ["all", "dates", "net_content"]
    assert drawn(product, market="CN").letters["net_content"] == 4.0


def test_the_code_has_room_for_its_margin(product: Product) -> None:
    code = drawn(product).code
    assert code["side"] == 24.0
    assert code["quiet"] == pytest.approx(4 * code["module"], abs=0.05)
    assert code["module"] >= code["least_module"]


def test_a_star_has_a_place_only_on_days_on_which_it_is_valid(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    schemes_of_the_tests(monkeypatch)
    assert drawn(product).star is None
    star = a_star(product=product)
    last = star.valid_until
    for on, expected in ((last, star.number), (last + timedelta(days=1), None)):
        found = drawn(product, print_on=on).star
        assert (found["number"] if found else None) == expected


def test_a_logo_has_a_place_only_with_a_licence(product: Product) -> None:
    brand = a_brand(products=[product.code])
    without = drawn(product, brand_code=brand.code)
    assert (without.brand, without.is_licensed) == (None, False)
    a_licence(product.organisation, brand)
    found = drawn(product, brand_code=brand.code).brand
    assert found is not None
    assert (found["file"], "Place of the logo of" in found["words"]) == ("", True)


def test_the_logo_that_the_brand_uploaded_is_drawn(product: Product) -> None:
    brand = a_brand(products=[product.code])
    a_licence(product.organisation, brand)
    plain = services.svg(drawn(product, brand_code=brand.code).as_json())
    brand.logo.save("own.svg", ContentFile(LOGO))
    drawing = drawn(product, brand_code=brand.code)
    assert drawing.brand is not None
    assert drawing.brand["file"] == "logo.svg"
    assert b"data:image" in services.svg(drawing.as_json())
    assert b"data:image" not in plain


def test_without_rules_it_says_so(product: Product) -> None:
    drawing = drawn(product, market="CN", category="produce")
    assert (drawing.rulesets, set(texts(drawing))) == ((), {"organisation", "address"})
    assert "none for this market" in " ".join(drawing.legend)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("language", ["en", "vi", "zh-hans"])
def test_every_panel_is_set_in_every_language(product: Product, panel: str, language: str) -> None:
    drawing = drawn(product, panel=panel, language=language)
    pdf = services.pdf(drawing.as_json(), made_at=NOON)
    (page,) = pypdfium2.PdfDocument(pdf)
    assert page.get_width() >= PANELS[panel].width_mm * 72 / 25.4
    said = " ".join(page.get_textpage().get_text_bounded().split())
    assert "Yangqu millet" in said
    assert "East Village" in said
    assert drawing.words["overflow"] not in said
    assert services.svg(drawing.as_json()).startswith(b"<svg")


def test_a_text_that_does_not_fit_is_said(product: Product) -> None:
    content = {"ingredients": "millet, " * 300}
    artwork.record_artwork(a_draft(product, content=content), **AT_NOON)
    drawing = drawn(product, panel="box-130x80")
    (page,) = pypdfium2.PdfDocument(services.pdf(drawing.as_json(), made_at=NOON))
    said = " ".join(page.get_textpage().get_text_bounded().split())
    assert "The text does not fit" in said


def test_a_demonstration_says_so_on_what_it_prints(product: Product, settings: Any) -> None:
    row = services.take(asked(product), **AT_NOON)
    settings.IS_DEMONSTRATION = True
    (page,) = pypdfium2.PdfDocument(services.pdf(row.drawn, made_at=NOON))
    assert "DEMONSTRATION" in page.get_textpage().get_text_bounded()


def test_who_may_take_one_and_who_may_read_it(product: Product) -> None:
    recorder, viewer = (an_actor(product.organisation, role) for role in ("recorder", "viewer"))
    for nobody in (viewer, an_actor(an_organisation()), an_inspector()):
        with pytest.raises(NotAllowed):
            services.take(asked(product), by=nobody, now=NOON)
    with pytest.raises(refusals.NoProducer):
        services.take(asked(a_crop()), **AT_NOON)
    assert not LabelTemplate.objects.exists()
    row = services.take(asked(product), by=recorder, now=NOON)
    address = reverse("labels:template", args=[row.key])
    for who, status in ((viewer, 200), (an_inspector(), 200), (an_actor(an_organisation()), 404)):
        assert a_client_for(who).get(address).status_code == status
        assert a_client_for(who).get(address + "label.svg").status_code == status
    assert LogEntry.objects.get_for_object(row).count() == 1


def test_a_template_that_was_taken_stays_as_it_was(product: Product) -> None:
    row = services.take(asked(product), **AT_NOON)
    before = services.pdf(row.drawn, made_at=row.made_at)
    Product.objects.update(name="Other millet")
    row.refresh_from_db()
    assert services.pdf(row.drawn, made_at=row.made_at) == before


def test_the_pages(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    client = a_client_for(an_actor(product.organisation))
    page = client.get(reverse("labels:design"), {"product": product.code})
    said = page.content.decode()
    assert reverse("labels:design_drawing") in said
    assert "Still to be written:" in said
    typed = {"product": product.code, "market": "VN", "category": "food", "language": "vi",
             "panel": "box-130x80", "print_on": "2026-11-01", "brand": ""}  # fmt: skip
    drawing = client.get(reverse("labels:design_drawing"), typed)
    assert (drawing.status_code, drawing["Content-Type"]) == (200, "image/svg+xml")
    assert client.get(reverse("labels:design_drawing"), {"product": "x"}).status_code == 422
    answer = client.post(reverse("labels:design"), typed)
    row = LabelTemplate.objects.get()
    assert answer["Location"] == reverse("labels:template", args=[row.key])
    shown = client.get(answer["Location"]).content.decode()
    assert reverse("labels:template_pdf", args=[row.key]) in shown
    pdf = client.get(reverse("labels:template_pdf", args=[row.key]), {"download": ""})
    assert pdf["Content-Disposition"].startswith("attachment")
    assert pdf.content.startswith(b"%PDF")
    stranger = a_client_for(an_actor(an_organisation()))
    assert "No product to design a label for" in stranger.get(
        reverse("labels:design")
    ).content.decode()  # fmt: skip
    assert client.post(reverse("labels:design"), {**typed, "panel": "x"}).status_code == 422


def test_the_page_of_a_product_leads_to_its_labels(product: Product) -> None:
    address = reverse("products:product", args=[product.code])
    client = a_client_for(an_actor(product.organisation))
    assert "No label was checked yet." in client.get(address).content.decode()
    row = artwork.record_artwork(a_draft(product), **AT_NOON)
    said = client.get(address).content.decode()
    assert reverse("labels:artwork", args=[row.number]) in said
    assert reverse("labels:design") in said
    viewer = a_client_for(an_actor(product.organisation, "viewer")).get(address).content.decode()
    assert row.number in viewer
    assert reverse("labels:design") not in viewer

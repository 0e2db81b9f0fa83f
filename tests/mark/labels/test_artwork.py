"""Artwork: which rules hold, what is missing, who approves."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders.artwork import AT_NOON, a_content, a_draft, a_picture, seen
from builders.labels import NOON
from builders.licensing import a_licence
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from builders.products import a_crop, a_trade_item
from builders.schemes import a_brand
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.labels.artwork import (
    picture_services,
    refusals,
    rules,
    rulesets,
    selectors,
    services,
)
from originmark.mark.labels.artwork.content import LabelContent
from originmark.mark.labels.artwork.models import Artwork, ArtworkTick
from originmark.origin.parties.access import NotAllowed

YEAR_FIRST = {"production_date": "2026-10-15", "expiry_date": "YYYY-MM-DD"}
SHIPPED = {each.code: each for each in rulesets.known()}


def told(code: str, content: LabelContent, category: str = "food", **known: Any) -> list[str]:
    found = rules.check(content, category, [SHIPPED[code]], rules.Known(**known))
    return [f"{each.field}: {each.code}" for each in found]


@pytest.mark.parametrize(
    ("market", "category", "on", "codes"),
    [
        ("CN", "food", date(2027, 3, 15), ["cn-gb7718-2011"]),
        ("CN", "food", date(2027, 3, 16), ["cn-gb7718-2025"]),
        ("CN", "food", date(2027, 4, 1), ["cn-gb7718-2025"]),
        ("CN", "produce", date(2027, 4, 1), []),
        ("CN", "loose", date(2027, 4, 1), []),
        ("VN", "food", date(2026, 1, 22), ["vn-43-2017"]),
        ("VN", "alcohol", date(2026, 1, 23), ["vn-37-2026-passport", "vn-43-2017"]),
    ],
)
def test_which_rules_hold(market: str, category: str, on: date, codes: list[str]) -> None:
    found = rulesets.applying(rulesets.known(), market, category, on)
    assert [each.code for each in found] == codes


def test_a_complete_label_has_no_findings() -> None:
    assert told("vn-43-2017", a_content()) == []
    for code in ("cn-gb7718-2011", "cn-gb7718-2025"):
        assert told(code, a_content(**YEAR_FIRST)) == []


def test_what_is_missing_in_vietnam_depends_on_the_goods() -> None:
    assert told("vn-43-2017", LabelContent(name="Rice wine"), "alcohol") == [
        f"{name}: missing" for name in (
            "organisation", "address", "origin", "net_content", "expiry_date", "warnings",
            "storage", "ethanol_percent", "lot_id",
        )
    ]  # fmt: skip
    assert told("vn-43-2017", LabelContent(name="Bag"), "other") == [
        "organisation: missing", "address: missing", "origin: missing",
    ]  # fmt: skip


def test_dates_have_the_day_first_in_vietnam_and_the_year_in_china() -> None:
    year_first = a_content(**YEAR_FIRST)
    assert told("vn-43-2017", year_first) == [
        "production_date: date-form", "expiry_date: date-form",
    ]  # fmt: skip
    for code, severity in (("cn-gb7718-2011", "should"), ("cn-gb7718-2025", "must")):
        assert told(code, year_first) == []
        found = rules.check(a_content(), "food", [SHIPPED[code]], rules.Known())
        assert [(each.code, each.severity) for each in found] == [("date-year-first", severity)] * 2
    assert [rules.is_dated(each, "dmy") for each in ("31.02.2026", "1/2/26", "soon")] == [
        False, True, False,
    ]  # fmt: skip


def test_shelf_life_or_expiry_will_do_until_2027() -> None:
    for more in ({"shelf_life_months": None}, {"expiry_date": ""}):
        assert told("cn-gb7718-2011", a_content(**{**YEAR_FIRST, **more})) == []
    neither = a_content(**{**YEAR_FIRST, "shelf_life_months": None, "expiry_date": ""})
    assert told("cn-gb7718-2011", neither) == ["shelf_life_months: missing"]
    assert told("cn-gb7718-2025", neither) == ["expiry_date: missing"]


def test_each_side_of_the_day_of_the_new_standard() -> None:
    content = a_content(**YEAR_FIRST, claims="零添加")
    content = replace(content, allergens="", expiry_date="")
    for on, expected in (
        (date(2027, 3, 15), []),
        (date(2027, 3, 16), [
            "expiry_date: missing", "allergens: missing", "claims: forbidden",
        ]),
    ):  # fmt: skip
        sets = rulesets.applying(rulesets.known(), "CN", "food", on)
        found = rules.check(content, "food", sets, rules.Known())
        assert [f"{each.field}: {each.code}" for each in found] == expected


def test_each_class_of_allergens_is_pointed_out_by_its_words() -> None:
    classes = SHIPPED["cn-gb7718-2025"].allergens
    assert len(classes) == 8
    for each in classes:
        content = a_content(**YEAR_FIRST, ingredients=f"小米、{each.words[0]}")
        found = rules.check(content, "food", [SHIPPED["cn-gb7718-2025"]], rules.Known())
        assert [(one.code, one.severity) for one in found] == [("allergen", "should")]
        named = replace(content, allergens=each.words[0])
        assert rules.check(named, "food", [SHIPPED["cn-gb7718-2025"]], rules.Known()) == []


def test_every_shipped_rule_set_says_what_it_was_compared_with() -> None:
    for each in SHIPPED.values():
        assert each.sources
        assert each.to_fill_in
        assert each.confidence in {
            "published summary",
            "secondary sources that agree; the standard itself was not compared",
        }


@pytest.mark.parametrize(
    ("months", "expected"),
    [(5, ["production_date: missing"]), (6, []), (None, ["production_date: missing"])],
)
def test_the_production_date_may_be_left_out_of_what_keeps(
    months: int | None, expected: list[str]
) -> None:
    content = a_content(**{**YEAR_FIRST, "production_date": ""}, shelf_life_months=months)
    assert told("cn-gb7718-2025", content) == expected


def test_claims_of_zero_added_are_banned_from_2027() -> None:
    content = a_content(**YEAR_FIRST, claims="本品不添加蔗糖, Zero Added sugar")
    assert told("cn-gb7718-2011", content) == []
    found = rules.check(content, "food", [SHIPPED["cn-gb7718-2025"]], rules.Known())
    assert [dict(each.facts)["word"] for each in found] == ["zero added", "不添加"]
    assert {each.legal_basis for each in found} == {"GB 7718-2025"}


def test_the_sign_of_an_indication_needs_the_credit_code() -> None:
    assert told("cn-gb7718-2011", a_content(**YEAR_FIRST, has_gi_sign=True)) == [
        "credit_code: missing"
    ]


def test_an_allergen_in_the_ingredients_is_declared() -> None:
    text = (rulesets.SHIPPED / "cn-gb7718-2025.toml").read_text(encoding="utf-8")
    own = rulesets.read(text + '\n[[allergen]]\nname = "Sesame"\nwords = ["芝麻"]\n')
    for declared, expected in (("none", ["Sesame"]), ("sesame seed", [])):
        content = a_content(**YEAR_FIRST, ingredients="millet, 芝麻", allergens=declared)
        found = rules.check(content, "food", [own], rules.Known())
        assert [dict(each.facts)["allergen"] for each in found] == expected


@pytest.mark.parametrize(
    ("content", "known", "expected"),
    [
        ({"star_count": 5}, {"stars": 4}, ["star_count: star"]),
        ({"star_count": 3}, {}, ["star_count: star"]),
        ({"star_count": 4}, {"stars": 4}, []),
        ({"star_count": 0}, {"stars": 4}, []),
        ({}, {"brand": "Millet"}, ["brand: licence"]),
        ({}, {"brand": "Millet", "is_licensed": True}, []),
        ({"gtin": "6900000000011"}, {"gtin": "06900000000012"}, ["gtin: gtin"]),
        ({"gtin": "6900000000012"}, {"gtin": "06900000000012"}, []),
        ({"net_content": Decimal("0.5"), "net_unit": "kg"}, {"net_content_g": 500}, []),
        ({"net_unit": "jin"}, {"net_content_g": 500}, ["net_content: net-content"]),
        ({"net_unit": "ml"}, {"net_content_g": 400}, []),
    ],
)
def test_a_label_agrees_with_the_records(
    content: dict[str, Any], known: dict[str, Any], expected: list[str]
) -> None:
    assert told("vn-43-2017", a_content(**content), **known) == expected


def test_no_rules_are_no_clean_bill() -> None:
    (finding,) = rules.check(a_content(), "loose", [], rules.Known())
    assert (finding.code, finding.severity) == ("no-rules", "should")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('market = "VN"', 'market = "XX"'),
        ('name = "origin"', 'name = "colour"'),
        ('name = "origin"', 'name = "picture"'),
        ('kind = "label"', ""),
        ("[ruleset]", '[[letters]]\nof = "all"\nover = "x"\nheight_mm = 1\n[ruleset]'),
        ('title = "', 'title = '),
        ('market = "VN"', 'market = "VN"\nvalid_from = 2026-01-02\nvalid_until = 2026-01-01'),
    ],
)  # fmt: skip
def test_broken_rules_are_refused(old: str, new: str) -> None:
    text = (rulesets.SHIPPED / "vn-43-2017.toml").read_text(encoding="utf-8")
    with pytest.raises(rulesets.RulesetRefused):
        rulesets.read(text.replace(old, new), "own.toml")


@pytest.mark.django_db
def test_a_new_version_is_approved_in_place_of_the_old() -> None:
    product, officer = a_trade_item(), an_officer()
    first, second = (services.record_artwork(a_draft(product), **AT_NOON) for _ in range(2))
    assert (first.number, second.version) == (f"{product.code}-VN-1", 2)
    with pytest.raises(refusals.PictureMissing):
        services.approve_artwork(first.number, by=officer, now=NOON)
    for row in (seen(first), seen(second)):
        services.approve_artwork(row.number, by=officer, now=NOON)
    assert list(Artwork.objects.order_by("version").values_list("status", flat=True)) == [
        "superseded", "approved",
    ]  # fmt: skip
    second.refresh_from_db()
    assert second.approved_by == officer.name
    assert second.decided_on["rulesets"] == ["vn-37-2026-passport v1", "vn-43-2017 v1"]
    with pytest.raises(refusals.NotADraft):
        services.approve_artwork(first.number, by=officer, now=NOON)


@pytest.mark.django_db
def test_a_logo_without_a_licence_is_not_approved() -> None:
    product = a_trade_item()
    brand = a_brand(products=[product.code])
    row = seen(services.record_artwork(a_draft(product, brand_code=brand.code), **AT_NOON))
    with pytest.raises(refusals.ArtworkIncomplete) as caught:
        services.approve_artwork(row.number, **AT_NOON)
    assert caught.value.fields == ("Logo of the brand",)
    row.refresh_from_db()
    assert (row.status, row.approved_at) == ("draft", None)
    a_licence(product.organisation, brand)
    assert selectors.checked(row).is_printable


@pytest.mark.django_db
def test_an_inspector_ticks_and_a_new_picture_clears_the_ticks() -> None:
    product = a_trade_item(organisation=an_organisation())
    row = services.record_artwork(a_draft(product), **AT_NOON)
    inspector, recorder = an_inspector(), an_actor(product.organisation)
    for nobody in (recorder, an_officer("viewer")):
        with pytest.raises(NotAllowed):
            picture_services.tick(row.number, ["words"], by=nobody, now=NOON)
    with pytest.raises(refusals.PictureMissing):
        picture_services.tick(row.number, ["words"], by=inspector, now=NOON)
    client = a_client_for(recorder)
    upload = reverse("labels:artwork_upload", args=[row.number])
    good = {"file": a_picture("https://elsewhere.org"), "width_mm": "40"}
    client.post(upload, good)
    bad = {"file": SimpleUploadedFile("label.png", b"no picture"), "width_mm": "40"}
    assert client.post(upload, bad).status_code == 422
    address = reverse("labels:artwork", args=[row.number])
    assert "https://elsewhere.org" in client.get(address).content.decode()
    shown = reverse("labels:artwork_picture", args=[row.number])
    answer = client.get(shown)
    assert answer.headers["Content-Type"] == "image/png"
    assert b"".join(answer).startswith(b"\x89PNG")
    assert a_client_for(an_actor(an_organisation())).get(shown).status_code == 404
    ticked = reverse("labels:artwork_inspect", args=[row.number])
    a_client_for(inspector).post(ticked, {"items": ["words", "signs"]})
    assert set(ArtworkTick.objects.values_list("item", "by_name")) == {
        ("words", inspector.name), ("signs", inspector.name),
    }  # fmt: skip
    picture_services.add_picture(row.number, a_picture("x"), Decimal(40), by=recorder, now=NOON)
    assert not ArtworkTick.objects.exists()


@pytest.mark.django_db
def test_who_may_record_read_and_approve() -> None:
    product = a_trade_item(organisation=an_organisation())
    recorder, viewer = (an_actor(product.organisation, role) for role in ("recorder", "viewer"))
    for nobody in (viewer, an_actor(an_organisation()), an_inspector()):
        with pytest.raises(NotAllowed):
            services.record_artwork(a_draft(product), by=nobody, now=NOON)
    with pytest.raises(refusals.NoProducer):
        services.record_artwork(a_draft(a_crop()), **AT_NOON)
    assert not Artwork.objects.exists()
    row = services.record_artwork(a_draft(product), by=recorder, now=NOON)
    for reader in (recorder, viewer, an_inspector()):
        assert selectors.artwork(row.number, reader) == row
    with pytest.raises(refusals.UnknownArtwork):
        selectors.artwork(row.number, an_actor(an_organisation()))
    for nobody in (recorder, an_actor(product.organisation, "manager"), an_inspector()):
        with pytest.raises(NotAllowed):
            services.approve_artwork(row.number, by=nobody, now=NOON)


@pytest.mark.django_db
def test_the_pages_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    product = a_trade_item(organisation=an_organisation())
    client = a_client_for(an_actor(product.organisation))
    form = client.get(reverse("labels:artwork_new"), {"product": product.code})
    assert form.context["form"].initial["gtin"] == product.gtin
    typed = {"product": product.code, "market": "CN", "category": "food",
             "print_on": "2027-04-01", "name": "Millet", "net_content": "500", "net_unit": "g",
             "star_count": "5"}  # fmt: skip
    answer = client.post(reverse("labels:artwork_new"), typed)
    row = Artwork.objects.get()
    address = reverse("labels:artwork", args=[row.number])
    assert answer.headers["Location"] == address
    page = client.get(address).content.decode()
    assert "GB 7718-2025" in page
    assert "0 stars, as valid on the day of printing" in page
    assert page.index("Must be mended") < page.index("Is there")
    assert reverse("labels:artwork_approve", args=[row.number]) not in page
    following = client.get(reverse("labels:artwork_next", args=[row.number]))
    assert following.context["form"].initial["name"] == "Millet"
    refused = client.post(reverse("labels:artwork_approve", args=[row.number]))
    assert refused.status_code == 403
    listed = client.get(reverse("labels:artworks"), {"format": "csv"})
    assert row.number in b"".join(listed).decode()

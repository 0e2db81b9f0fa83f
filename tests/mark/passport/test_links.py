"""Links that people enter: what they may say, who may, and what becomes of it."""

import json
from datetime import date, timedelta

import pytest
from builders.labels import a_labelled_lot
from builders.links import NOON, a_link, a_link_draft
from builders.parties import a_client_for, a_programme_office, an_actor, an_officer, an_organisation
from builders.places import a_facility
from builders.products import a_trade_item
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from originmark.frame.web.importer import check, read_table, run
from originmark.frame.web.refusals import RuleViolation
from originmark.mark.passport import sockets
from originmark.mark.passport.resolver import imports, rules, selectors, services
from originmark.mark.passport.resolver.models import Delegation, Link
from originmark.mark.passport.resolver.refusals import (
    AnchorRefused,
    BadLink,
    DefaultIsThePassport,
    DefaultTaken,
    LinkEntered,
    LinkRefused,
    PrefixRefused,
    UnknownLink,
)
from originmark.origin.parties.access import NOBODY, SYSTEM, NotAllowed
from originmark.origin.parties.models import Organisation
from originmark.origin.products.models import Product
from originmark.standards.gs1 import link_types
from originmark.standards.gs1.linksets import LinkValue

GTIN_PATH = "/01/09506000134352"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/01/9506000134352", "/01/09506000134352"),
        ("https://any.example/shop/01/09506000134352/10/007?x=1", "/01/09506000134352/10/007"),
        ("/CQlQYAE0NSA", None),
        ("/own/millet-500g/10/L1", "/own/millet-500g/10/L1"),
        ("own/millet-500g/", "/own/millet-500g"),
        (" /00/106141412345678908 ", "/00/106141412345678908"),
    ],
)
def test_what_a_link_is_about_is_read_from_any_spelling(typed: str, path: str | None) -> None:
    if path is None:
        with pytest.raises(AnchorRefused):
            rules.read_anchor(typed)
    else:
        assert rules.read_anchor(typed).path == path


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"anchor": "/01/09506000134353"}, AnchorRefused, "anchor"),
        ({"anchor": "millet"}, AnchorRefused, "anchor"),
        ({"link_type": "gs1:defaultLink"}, LinkRefused, "link_type"),
        ({"href": "javascript:alert(1)"}, LinkRefused, "href"),
        ({"href": "https://x.example/a b"}, LinkRefused, "href"),
        ({"href": "//x.example"}, LinkRefused, "href"),
        ({"title": " "}, LinkRefused, "title"),
        ({"media_type": "html"}, LinkRefused, "media_type"),
        ({"hreflang": ("vi", "zh-Hans")}, LinkRefused, "hreflang"),
        ({"hreflang": ("VI",)}, LinkRefused, "hreflang"),
        ({"context": ("a,b",)}, LinkRefused, "context"),
        ({"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}, LinkRefused,
         "valid_until"),
        ({"anchor": f"{GTIN_PATH}/10/L1", "is_default": True}, DefaultIsThePassport, "is_default"),
    ],
)  # fmt: skip
def test_each_part_of_a_link_is_checked(
    said: dict[str, object], refusal: type[RuleViolation], field: str
) -> None:
    anchor = str(said.pop("anchor", GTIN_PATH))
    with pytest.raises(refusal) as refused:
        rules.checked(a_link_draft(anchor, **said))
    assert refused.value.field == field


def test_an_address_of_our_own_is_read_and_others_say_what_is_wrong() -> None:
    assert rules.read_path("/own/tea/10/A%2F1/21/S").qualifiers == (("10", "A/1"), ("21", "S"))
    with pytest.raises(BadLink, match="no primary key"):
        rules.read_path("/own/")


pytestmark = pytest.mark.django_db


def test_a_recorder_enters_links_about_what_is_the_organisations() -> None:
    own, other = an_organisation(), an_organisation(gs1_company_prefix="9506000")
    actor = an_actor(own)
    product, place = a_trade_item(organisation=own), a_facility(organisation=own)
    anchors = [f"/01/{product.gtin}/10/L1", f"/own/{product.code}"]
    assert place.gln or anchors
    for anchor in anchors:
        assert a_link(anchor, by=actor).organisation_id == own.pk

    for foreign in (GTIN_PATH, f"/00/1{'0' * 16}7", f"/01/{a_trade_item().gtin}"):
        with pytest.raises(NotAllowed):
            a_link(foreign, by=actor)
    assert Link.objects.count() == len(anchors)
    assert a_link(GTIN_PATH, by=an_officer()).organisation_id is None
    assert a_link("/8004/9506000A1", by=an_actor(other)).organisation_id == other.pk


@pytest.mark.parametrize("role", ["viewer", "inspector"])
def test_who_may_only_read_enters_nothing(role: str) -> None:
    own = an_organisation()
    product = a_trade_item(organisation=own)
    row = a_link(f"/01/{product.gtin}")
    actor = an_actor(own, role)
    for act in (
        lambda: a_link(f"/01/{product.gtin}", by=actor, href="https://x.example/2"),
        lambda: services.change_link(row.pk, a_link_draft(GTIN_PATH), by=actor),
        lambda: services.remove_link(row.pk, by=actor),
        lambda: services.delegate("9506000", "https://x.example", by=actor, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Link.objects.get() == row
    assert selectors.links(actor).count() == 1
    assert not selectors.links(NOBODY).exists()


def test_a_stranger_learns_nothing_of_a_link() -> None:
    row = a_link(f"/01/{a_trade_item().gtin}")
    stranger = an_actor(an_organisation())
    with pytest.raises(UnknownLink):
        services.remove_link(row.pk, by=stranger)
    with pytest.raises(UnknownLink):
        selectors.link(row.pk, stranger)


def test_the_same_link_twice_and_a_second_equal_default_are_refused() -> None:
    a_link(GTIN_PATH, is_default=True, hreflang=("vi",))
    with pytest.raises(LinkEntered):
        a_link(GTIN_PATH)
    with pytest.raises(DefaultTaken) as refused:
        a_link(GTIN_PATH, href="https://x.example/2", is_default=True, hreflang=("vi",))
    assert refused.value.facts == {"anchor": GTIN_PATH, "other": "Recipes"}
    assert Link.objects.count() == 1
    a_link(GTIN_PATH, href="https://x.example/2", is_default=True, hreflang=("en",))


def test_a_link_is_shown_only_while_it_is_valid_and_to_whom_it_may() -> None:
    own = an_organisation()
    product = a_trade_item(organisation=own)
    anchor = f"/01/{product.gtin}"
    today = NOON.date()
    day = timedelta(days=1)
    a_link(anchor, href="https://x.example/old", valid_until=today - day)
    a_link(anchor, href="https://x.example/new", valid_from=today + day)
    a_link(anchor, href="https://x.example/now", valid_from=today, valid_until=today)
    a_link(anchor, href="https://x.example/members", is_public=False)

    def shown(by: object) -> list[str]:
        subject = rules.read_path(anchor)
        (level,) = selectors.levels(subject, by=by, language="en", now=NOON)  # type: ignore[arg-type]
        return [each.href.rpartition("/")[2] for each in level.links]

    assert shown(NOBODY) == ["now", product.code]
    assert shown(an_actor(own, "viewer")) == ["now", "members", product.code]
    assert shown(an_actor(an_organisation())) == ["now", product.code]


def test_what_others_plug_in_is_listed_for_the_level_it_is_about() -> None:
    pack = a_labelled_lot()
    asked: list[sockets.Anchor] = []
    link = LinkValue(link_types.VOCABULARY + "dpp", "https://x.example/leaflet", "Leaflet",
                     "application/pdf")  # fmt: skip

    def find(anchor: sockets.Anchor) -> list[LinkValue]:
        asked.append(anchor)
        return [link] if anchor.lot_code and not anchor.serial else []

    sockets.register_links(find)
    try:
        path = f"/01/{pack.lot.product.gtin}/10/{pack.lot.code}"
        answer = Client(headers={"Accept": "application/pdf"}).get(path)
    finally:
        sockets._links.remove(find)
    assert (answer.status_code, answer["Location"]) == (307, "https://x.example/leaflet")
    assert [(each.product_code, each.lot_code, each.serial) for each in asked] == [
        (pack.lot.product.code, pack.lot.code, ""), (pack.lot.product.code, "", ""),
    ]  # fmt: skip
    assert {each.organisation_id for each in asked} == {pack.lot.product.organisation_id}


def test_the_cost_of_an_answer_does_not_grow_with_the_links() -> None:
    anchor = f"/01/{a_trade_item().gtin}"
    counts = []
    for number in range(3):
        a_link(anchor, href=f"https://x.example/{number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Client(headers={"Accept": "application/linkset+json"}).get(anchor)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 3


def test_a_place_and_an_organisation_are_known_by_their_numbers() -> None:
    Organisation.objects.filter(pk=an_organisation(name="Tea Coop").pk).update(gln="9501101530003")
    found = selectors.thing(rules.read_path("/417/9501101530003"))
    assert (found.description, found.is_known) == ("Tea Coop", True)
    assert selectors.thing(rules.read_path("/417/9506000134352")).is_known is False


def test_ranges_of_our_own_are_not_handed_on() -> None:
    an_organisation(gs1_company_prefix="9506000", name="Tea Coop")
    for prefix, root in (("9506000", "https://x.example"), ("12", "https://x.example"),
                         ("12345", "ftp://x"), ("12345", "https://x.example?a=1")):  # fmt: skip
        with pytest.raises((PrefixRefused, LinkRefused)):
            services.delegate(prefix, root, by=SYSTEM, now=NOON)
    assert not Delegation.objects.exists()
    services.delegate("12345", "https://x.example/", by=an_officer(), now=NOON)
    services.delegate("12345", "https://y.example", by=an_officer(), now=NOON)
    assert str(Delegation.objects.get()) == "12345 → https://y.example"
    services.end_delegation("12345", by=an_officer())
    with pytest.raises(PrefixRefused):
        services.end_delegation("12345", by=an_officer())


# Pages


@pytest.fixture
def product() -> Product:
    return a_trade_item(organisation=an_organisation(), name="Millet")


def typed(product: Product, **values: object) -> dict[str, object]:
    return {"anchor": f"/01/{product.gtin}", "link_type": "gs1:recipeInfo", "title": "Recipes",
            "href": "https://shop.example/recipes", "hreflang": "vi, zh-CN", "is_public": "on",
            **values}  # fmt: skip


def test_strangers_are_asked_to_sign_in() -> None:
    for name in ("links", "link_new", "link_test", "delegations", "links-import"):
        assert Client().get(reverse(f"passport:{name}")).status_code == 302


def test_a_producer_adds_changes_and_removes_a_link(product: Product) -> None:
    client = a_client_for(an_actor(product.organisation))
    form = client.get(reverse("passport:link_new") + f"?anchor=/01/{product.gtin}")
    assert f'value="/01/{product.gtin}"' in form.content.decode()
    page = client.post(reverse("passport:link_new"), typed(product), follow=True).content.decode()
    assert "The link is added." in page
    row = Link.objects.get()
    assert (row.hreflang, row.passes_query, row.organisation) == (
        ["vi", "zh-CN"], False, product.organisation,
    )  # fmt: skip
    assert (
        "Recipes" in client.get(reverse("products:product", args=[product.code])).content.decode()
    )

    edit = reverse("passport:link_edit", args=[row.pk])
    assert 'value="vi, zh-CN"' in client.get(edit).content.decode()
    wrong = client.post(edit, typed(product, href="javascript:alert(1)"))
    assert (wrong.status_code, "has to start with https://" in wrong.content.decode()) == (
        422,
        True,
    )
    client.post(edit, typed(product, title="Cook it"))
    assert Link.objects.get().title == "Cook it"

    client.post(reverse("passport:link_remove", args=[row.pk]))
    assert not Link.objects.exists()


def test_the_list_is_searched_filtered_and_read_as_csv(product: Product) -> None:
    client = a_client_for(an_actor(product.organisation))
    url = reverse("passport:links")
    assert "No link yet" in client.get(url).content.decode()
    a_link(f"/01/{product.gtin}", title="Recipes", is_default=True)
    a_link(f"/own/{product.code}", title="Old", valid_until=date(2020, 1, 1))
    a_link(GTIN_PATH, title="Foreign")
    page = client.get(url).content.decode()
    assert ("Recipes" in page, "Old" in page, "Foreign" in page) == (True, True, False)
    for query, expected in {"?state=over": "Old", "?state=default": "Recipes", "?q=own": "Old",
                            f"?product={product.code}&state=shown": "Recipes"}.items():  # fmt: skip
        lines = client.get(f"{url}{query}&format=csv").getvalue().decode().splitlines()  # type: ignore[attr-defined]
        assert len(lines) == 2
        assert expected in lines[1]


def test_a_link_is_tried_step_by_step(product: Product) -> None:
    client = a_client_for(an_actor(product.organisation))
    url = reverse("passport:link_test")
    path = f"/01/{product.gtin}"
    a_link(path, is_default=True)

    def tried(**query: str) -> str:
        return client.get(url, query).content.decode()

    assert "Try a link" in client.get(url).content.decode()
    page = tried(link=f"http://localhost:8000{path}?a=1")
    assert "https://shop.example/recipes?a=1" in page
    assert "<strong>307</strong>" in page
    assert "Compressed" in page
    assert "<strong>200</strong>" in tried(link=path, link_type="linkset")
    assert "There is no link of the type gs1:faqs." in tried(link=path, link_type="faqs")
    assert "Nothing is known here" in tried(link=GTIN_PATH)
    services.delegate("9506000", "https://id.other.example", by=SYSTEM, now=NOON)
    assert f"https://id.other.example{GTIN_PATH}" in tried(link=GTIN_PATH)
    a_link(path, href="https://shop.example/2")
    assert "offered a choice" in tried(link=path, link_type="gs1:recipeInfo")
    wrong = client.get(url, {"link": "/01/1"})
    assert (wrong.status_code, "is no GS1 Digital Link" in wrong.content.decode()) == (422, True)
    pack = a_labelled_lot()
    lot = f"/own/{pack.lot.product.code}/10/{pack.lot.code}"
    assert "The passport page, at this very address." in tried(link=lot)


def test_the_office_hands_ranges_on() -> None:
    office = a_client_for(an_actor(a_programme_office()))
    member = a_client_for(an_actor(an_organisation()))
    new, listed = reverse("passport:delegation_new"), reverse("passport:delegations")
    said = {"company_prefix": "9506000", "resolver_root": "https://id.other.example", "title": "X"}
    assert member.post(new, said).status_code == 403
    assert "Nothing is handed on" in member.get(listed).content.decode()
    assert office.post(new, {**said, "company_prefix": "1"}).status_code == 422
    assert "9506000" in office.post(new, said, follow=True).content.decode()
    office.post(reverse("passport:delegation_end", args=["9506000"]))
    assert not Delegation.objects.exists()


def test_the_page_of_a_product_says_that_it_proves_no_pack(product: Product) -> None:
    a_link(f"/01/{product.gtin}", title="Cook it")
    page = Client().get(f"/own/{product.code}", headers={"Accept": "text/html"})
    text = page.content.decode()
    assert page.status_code == 200
    for shown in ("Millet", product.organisation.name, "It cannot say whether the pack", "Cook it"):
        assert shown in text
    assert "Genuine" not in text
    assert 'rel="linkset"' in page["Link"]
    assert Client().get("/own/nothing", headers={"Accept": "text/html"}).status_code == 404
    led = Client().get(f"/own/{product.code}?linkType=gs1:recipeInfo")
    assert led["Location"].startswith("https://shop.example/recipes")


def test_a_spreadsheet_of_links_is_taken_once(product: Product) -> None:
    actor = an_actor(product.organisation)
    text = (
        "anchor,link_type,href,title,hreflang,is_default,valid_until\n"
        f"/01/{product.gtin},gs1:recipeInfo,https://x.example/r,Recipes,vi zh-CN,yes,2030-01-01\n"
        f"/01/{product.gtin},gs1:nosuchlt,https://x.example/n,None,,,\n"
    )
    first = text.rsplit("\n", 2)[0] + "\n"

    def checked(content: str) -> object:
        return check(imports.LINKS, read_table(SimpleUploadedFile("links.csv", content.encode())))

    done = run(imports.LINKS, checked(first), by=actor, now=NOON)  # type: ignore[arg-type]
    assert (done.created, done.errors) == (1, ())
    row = Link.objects.get()
    assert (row.hreflang, row.is_default, row.valid_until) == (
        ["vi", "zh-CN"], True, date(2030, 1, 1),
    )  # fmt: skip
    again = run(imports.LINKS, checked(first), by=actor, now=NOON)  # type: ignore[arg-type]
    changed = run(imports.LINKS, checked(first.replace("Recipes", "Cook")), by=actor, now=NOON)  # type: ignore[arg-type]
    assert (again.unchanged, changed.updated, Link.objects.get().title) == (1, 1, "Cook")
    for value, reader in (("1.2.2030", imports.read_day), ("maybe", imports.read_yes)):
        with pytest.raises(ValueError, match=value):
            reader(value)


# API


def test_a_program_enters_changes_and_removes_a_link(product: Product) -> None:
    client = a_client_for(an_actor(product.organisation))
    body = {"anchor": f"/01/{product.gtin}", "link_type": "gs1:pip", "title": "Page",
            "href": "https://x.example/p", "hreflang": ["vi"]}  # fmt: skip
    made = client.post("/api/passport/links", json.dumps(body), content_type="application/json")
    assert made.status_code == 201
    assert made.json()["organisation"] == product.organisation.code
    address = f"/api/passport/links/{made.json()['id']}"
    put = client.put(address, json.dumps({**body, "title": "New"}), content_type="application/json")
    assert (put.status_code, put.json()["title"], put.json()["link_type"]) == (
        200,
        "New",
        "gs1:pip",
    )
    listed = client.get("/api/passport/links", {"anchor": body["anchor"]}).json()
    assert [each["title"] for each in listed["items"]] == ["New"]
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    assert Client().get("/api/passport/links").status_code == 401

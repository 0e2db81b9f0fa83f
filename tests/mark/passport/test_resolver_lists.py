"""Each behaviour of a GS1-conformant resolver: lists of links, choices, compressed links."""

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from builders.links import NOON, a_link
from builders.resolver import HOST, KINDS, OTHER_GTIN, World, a_world, ask, linkset
from django.urls import get_resolver

from originmark.frame.web.limits import Limit
from originmark.mark.passport.resolver import answers, services
from originmark.origin.parties.access import SYSTEM
from originmark.standards.gs1 import compression, digital_link, link_types
from originmark.standards.gs1.compression import Elements
from originmark.standards.gs1.link_types import VOCABULARY

pytestmark = pytest.mark.django_db
each_kind = pytest.mark.parametrize("kind", KINDS)
ROOT = Path(__file__).resolve().parents[3]
SCHEMA = (
    Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
    / "vectors/resolver/gs1-linkset-schema.json"
)


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.mark.conforms("R-10", "R-11", "R-12", "R-19")
@each_kind
@pytest.mark.parametrize("how", ["?linkType=linkset", "?linkType=all", "accept"])
def test_the_list_of_links_is_there_for_the_asking(world: World, kind: str, how: str) -> None:
    path = world.path(kind)
    asked = {"accept": "application/linkset+json"} if how == "accept" else {}
    answer = ask(path if how == "accept" else path + how, **asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/linkset+json")
    assert 'rel="http://www.w3.org/ns/json-ld#context"' in answer["Link"]
    assert 'type="application/ld+json"' in answer["Link"]
    said = answer.json()
    anchors = [level["anchor"].removeprefix(HOST) for level in said["linkset"]]
    steps = path.split("/")
    assert anchors == ["/".join(steps[:n]) for n in range(len(steps), 2, -2)]
    for level in said["linkset"]:
        types = {name.removeprefix(VOCABULARY) for name in level} - {"anchor", "itemDescription"}
        assert types <= link_types.LINK_TYPES.keys()
        assert level["itemDescription"]
        assert not re.search(r'"title\*"|"description"', json.dumps(level))
    if SCHEMA.exists():
        jsonschema.validate(said, json.loads(SCHEMA.read_text()))


@pytest.mark.conforms("R-11")
@pytest.mark.skipif(not SCHEMA.exists(), reason="needs shared/vectors/resolver")
def test_the_schema_itself_refuses_what_is_no_linkset() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"linkset": [{"anchor": HOST}]}, json.loads(SCHEMA.read_text()))


@pytest.mark.conforms("R-12")
def test_linked_data_has_its_context_inside_and_a_browser_gets_both(world: World) -> None:
    path = world.path("sscc") + "?linkType=linkset"
    said = ask(path, accept="application/ld+json")
    assert said["Content-Type"] == "application/ld+json"
    assert said.json()["@context"]["anchor"] == "@id"
    page = ask(path, accept="text/html")
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.+?)</script>', page.content.decode()
    )
    assert json.loads(block)["linkset"] == said.json()["linkset"]
    assert "https://x.example/sscc" in page.content.decode()


@pytest.mark.conforms("R-13")
@each_kind
def test_a_redirect_names_the_list_and_does_not_carry_it(world: World, kind: str) -> None:
    answer = ask(world.path(kind))
    address = f"{HOST}{world.path(kind)}?linkType=linkset"
    assert answer["Link"] == f'<{address}>; rel="linkset"; type="application/linkset+json"'


@pytest.mark.conforms("R-14")
def test_language_format_and_context_decide_and_equals_are_offered(world: World) -> None:
    gtin = world.path("gtin")
    recipes = {"vi": ("vi",), "zh": ("zh-CN",), "plain": ()}
    for name, languages in recipes.items():
        a_link(gtin, href=f"https://x.example/{name}", hreflang=languages)
    a_link(gtin, href="https://x.example/pdf", media_type="application/pdf")
    a_link(gtin, href="https://x.example/cn", hreflang=("zh-CN",), context=("CN",))

    def leads(query: str = "", **headers: str) -> str:
        answer = ask(f"{gtin}?linkType=gs1:recipeInfo{query}", **headers)
        return str(answer["Location"]).split("?")[0].removeprefix("https://x.example/")

    assert leads() == "plain"
    assert leads(accept_language="vi-VN, en;q=0.5") == "vi"
    assert leads(accept_language="en, zh;q=0.5") == "zh"
    assert leads(accept="application/pdf") == "pdf"
    assert leads("&context=CN", accept_language="zh-CN") == "cn"

    a_link(gtin, href="https://x.example/same")
    several = ask(f"{gtin}?linkType=gs1:recipeInfo")
    assert several.status_code == 300
    (level,) = several.json()["linkset"]
    assert [each["href"] for each in level[VOCABULARY + "recipeInfo"]] == [
        "https://x.example/plain", "https://x.example/same",
    ]  # fmt: skip
    page = ask(f"{gtin}?linkType=gs1:recipeInfo", accept="text/html")
    assert (page.status_code, "Choose where to go" in page.content.decode()) == (300, True)


@pytest.mark.conforms("R-15")
@each_kind
def test_the_query_is_passed_on(world: World, kind: str) -> None:
    plain, answer = ask(world.path(kind)), ask(f"{world.path(kind)}?foo=bar&15=270101")
    assert answer["Location"] == plain["Location"] + "?foo=bar&15=270101"


@pytest.mark.conforms("R-15")
def test_a_link_may_keep_the_query_to_itself(world: World) -> None:
    a_link(world.path("party"), href="https://x.example/still?a=1", passes_query=False)
    answer = ask(f"{world.path('party')}?linkType=gs1:recipeInfo&foo=bar")
    assert answer["Location"] == "https://x.example/still?a=1"
    a_link(world.path("party"), link_type="gs1:support", href="https://x.example/s?a=1#top")
    answer = ask(f"{world.path('party')}?linkType=gs1:support")
    assert answer["Location"] == "https://x.example/s?a=1&linkType=gs1:support#top"
    (level,) = linkset(world.path("party"))
    assert level[VOCABULARY + "recipeInfo"][0]["fwqs"] is False


SHORTENED = [
    *((kind, compression.compress) for kind in KINDS),
    *((kind, compression.compress_partly) for kind in ("pack", "gln")),
]


@pytest.mark.conforms("R-16")
@pytest.mark.parametrize(("kind", "write"), SHORTENED)
def test_a_compressed_link_is_answered_like_the_link_in_full(
    world: World, kind: str, write: Any
) -> None:
    path = world.path(kind)
    short = write(Elements(digital_link.parse_path(path)))
    full, answer = ask(path), ask(short)
    assert (answer.status_code, answer["Location"]) == (307, full["Location"])
    assert f'<{HOST}{path}>; rel="owl:sameAs"' in answer["Link"]
    listed = ask(f"{short}?linkType=linkset")
    assert listed.json() == ask(f"{path}?linkType=linkset").json()
    assert 'rel="owl:sameAs"' in listed["Link"]


@pytest.mark.conforms("R-16")
def test_a_browser_with_a_compressed_pack_gets_the_passport_in_place(world: World) -> None:
    path = world.path("pack")
    short = compression.compress(Elements(digital_link.parse_path(path), {"15": "270101"}))
    answer = ask(short, accept="text/html")
    assert answer.status_code == 200
    assert "Genuine" in answer.content.decode()
    assert f'<{HOST}{path}?15=270101>; rel="owl:sameAs"' in answer["Link"]


@pytest.mark.conforms("R-17")
def test_the_resolver_describes_itself() -> None:
    answer = ask("/.well-known/gs1resolver")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    said = answer.json()
    allowed = {"all", "01", "8006", "8013", "8010", "410", "411", "412", "413", "414", "415", "417",
               "8017", "8018", "255", "00", "253", "401", "402", "8003", "8004"}  # fmt: skip
    assert said["resolverRoot"] == HOST
    assert set(said["supportedPrimaryKeys"]) == set(digital_link.QUALIFIERS) <= allowed
    assert said["supportedLinkType"] == [
        {"namespace": "https://ref.gs1.org/voc/", "prefix": "gs1:"}
    ]
    assert said["linkTypeDefaultCanBeLinkset"] is False
    assert said["jsonLdContextLocation"].startswith("https://")


@pytest.mark.conforms("R-18")
@each_kind
def test_a_slash_at_the_end_makes_no_difference(world: World, kind: str) -> None:
    bare, slashed = ask(world.path(kind)), ask(world.path(kind) + "/")
    assert (bare.status_code, bare["Location"]) == (slashed.status_code, slashed["Location"])
    page = ask(world.path(kind) + "/", accept="text/html")
    assert page.status_code == (200 if kind == "pack" else 307)


@pytest.mark.conforms("R-20")
def test_a_range_of_numbers_is_handed_on(world: World) -> None:
    services.delegate("9506000", "https://id.other.example", title="Other", by=SYSTEM, now=NOON)
    services.delegate("95060001", "https://id.near.example/r/", title="Nearer", by=SYSTEM, now=NOON)
    answer = ask(f"/01/{OTHER_GTIN}/10/L1?linkType=gs1:pip")
    target = f"https://id.near.example/r/01/{OTHER_GTIN}/10/L1"
    assert (answer.status_code, answer["Location"]) == (307, f"{target}?linkType=gs1:pip")
    assert answer["Link"] == f'<{target}>; rel="https://ref.gs1.org/voc/handledBy"; title="Nearer"'
    page = ask(f"/01/{OTHER_GTIN}/10/L1", accept="text/html")
    assert page["Location"] == target
    assert ask(world.path("gtin"))["Location"] == "https://x.example/gtin"


def test_an_address_of_any_letters_is_written_as_a_header_can_carry_it(world: World) -> None:
    a_link(world.path("sscc"), href="https://x.example/công-thức")
    answer = ask(f"{world.path('sscc')}?linkType=gs1:recipeInfo")
    target = "https://x.example/c%C3%B4ng-th%E1%BB%A9c"
    assert answer["Location"] == f"{target}?linkType=gs1:recipeInfo"


def test_a_product_is_one_thing_under_its_gtin_and_its_code(world: World) -> None:
    product = world.pack.lot.product
    a_link(f"/own/{product.code}", href="https://x.example/own")
    a_link(f"/own/{product.code}/10/L7", link_type="gs1:support", href="https://x.example/lot")
    for path in (f"/own/{product.code}", world.path("gtin")):
        led = ask(f"{path}?linkType=gs1:recipeInfo")
        assert led["Location"].startswith("https://x.example/own")
        led = ask(f"{path}/10/L7?linkType=gs1:support")
        assert led["Location"].startswith("https://x.example/lot")


def test_who_asks_too_often_is_asked_to_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "RESOLVED", Limit("resolve-in-a-test", times=2, seconds=60))
    found = [ask(f"{world.path('gtin')}?linkType=linkset").status_code for _ in range(3)]
    assert found == [200, 200, 429]


def test_no_address_of_our_own_is_taken_for_a_compressed_link() -> None:
    words = {str(each.pattern).strip("^/").split("/")[0] for each in get_resolver().url_patterns}
    assert {"accounts", "products", "places"} <= words
    assert [word for word in words if compression.is_compressed(word)] == []
    answer = ask("/products")
    assert (answer.status_code, answer["Location"]) == (301, "/products/")

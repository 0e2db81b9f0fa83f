"""Each behaviour of a GS1-conformant resolver, on five kinds of identifier.

The checks mirror those of GS1's test suite for resolvers; their ids stand in
``tests/conformance/resolver.toml``. Like the suite, a program asks: it takes any format.
"""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from builders.labels import Labelled, a_labelled_lot
from builders.links import NOON, a_link
from django.test import Client

from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.mark.passport.resolver import services
from originmark.origin.parties.access import SYSTEM
from originmark.standards.gs1 import compression, digital_link, keys, link_types
from originmark.standards.gs1.compression import Elements
from originmark.standards.gs1.link_types import VOCABULARY

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
SCHEMA = (
    Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
    / "vectors/resolver/gs1-linkset-schema.json"
)
HOST = "http://localhost:8000"
SSCC, GLN, PARTY, GRAI = "106141412345678908", "9501101020016", "9501101530003", "09501101530010"
OTHER_GTIN = "09506000134352"
KINDS = ["gtin", "pack", "sscc", "gln", "party", "grai"]
each_kind = pytest.mark.parametrize("kind", KINDS)


@dataclass
class World:
    """A labelled pack of ours, and links about a box, a place, a company and an asset."""

    pack: Labelled

    def path(self, kind: str) -> str:
        if kind == "pack":
            run = labels.runs_of_lot(self.pack.lot.code)[0]
            address = labels.url_prefix(run) + labels.serial_of(run, 0)
            return address.removeprefix(HOST)
        product = self.pack.lot.product
        return {
            "gtin": f"/01/{product.gtin}", "sscc": f"/00/{SSCC}", "gln": f"/414/{GLN}/254/S7",
            "party": f"/417/{PARTY}", "grai": f"/8003/{GRAI}AB",
        }[kind]  # fmt: skip


@pytest.fixture
def world() -> World:
    pack = a_labelled_lot()
    run = pack.issue(2)
    label_services.activate(run.number, first=0, last=1, by=SYSTEM, now=NOON)
    made = World(pack)
    for kind in KINDS:
        key = "/".join(made.path(kind).split("/")[:3])
        if kind != "pack":
            a_link(key, link_type="gs1:pip", href=f"https://x.example/{kind}", title=kind)
        if kind != "gtin":
            a_link(made.path(kind), link_type="gs1:faqs", href=f"https://x.example/{kind}/faq")
    return made


def ask(path: str, *, method: str = "get", **headers: str) -> Any:
    """Ask as a program does that takes anything; ``accept`` and the like as keywords."""
    given = {"accept": "*/*", **headers}
    named = {name.replace("_", "-"): value for name, value in given.items() if value}
    return getattr(Client(headers=named), method)(path)


def linkset(path: str) -> list[dict[str, Any]]:
    answer = ask(path, accept="application/linkset+json")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["linkset"]
    return found


def hrefs(level: dict[str, Any]) -> list[str]:
    """Return where the links of a level lead, its defaults left out."""
    typed = [links for name, links in level.items() if "default" not in name]
    return [link["href"] for links in typed if isinstance(links, list) for link in links]


@pytest.mark.conforms("R-1", "R-3")
@each_kind
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_three_methods_are_declared_to_all_origins(world: World, kind: str, method: str) -> None:
    answer = ask(world.path(kind), method=method)
    assert answer.status_code < 400
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Link" in answer["Access-Control-Expose-Headers"]
    assert method == "get" or answer.content == b""


@pytest.mark.conforms("R-1")
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_refused(world: World, method: str) -> None:
    answer = ask(world.path("gtin"), method=method)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.conforms("R-3")
def test_a_refusal_is_open_to_all_origins_too() -> None:
    for path in ("/01/09506000134352", "/01/1", "/417/9501101530003?linkType=gs1:pip"):
        answer = ask(path)
        assert answer.status_code in {400, 404}
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.conforms("R-2")
def test_behind_tls_every_address_given_out_is_https(world: World, settings: Any) -> None:
    settings.PUBLIC_URL = "https://id.programme.example"
    for path in (world.path("gtin"), world.path("pack")):
        said = linkset(path)
        assert all(level["anchor"].startswith("https://") for level in said)
        assert "http://" not in json.dumps(said)
    assert ask(world.path("pack"))["Location"].startswith("https://id.programme.example/own/")


@pytest.mark.conforms("R-4")
@each_kind
def test_what_is_no_digital_link_is_answered_with_400(world: World, kind: str) -> None:
    answer = ask(f"{world.path(kind)}/foo")
    assert answer.status_code == 400
    assert b"Genuine" not in answer.content


@pytest.mark.conforms("R-4")
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/01/09506000134353", "check digit should be 2"),
        ("/01/09506000134352/21/7/10/L1", "(22), (10), (21)"),
        ("/01/09506000134352/10", "(10) at the end of the link has no value"),
        ("/414/9501101020017", "check digit"),
        ("/00/106141412345678907", "check digit"),
        ("/417/9501101530003/254/A", "(7040)"),
        ("/AQnYUc1gnA", "check digit"),
        ("/8003/19501101530010", "should start with 0"),
    ],
)
def test_each_refusal_says_what_is_wrong(path: str, reason: str) -> None:
    answer = ask(path, accept="application/json")
    assert (answer.status_code, answer.json()["type"]) == (
        400, "urn:originmark:refusal:bad-digital-link",
    )  # fmt: skip
    assert reason in answer.json()["detail"]
    assert Client(headers={"Accept": "text/html"}).get(path).status_code == 400


@pytest.mark.conforms("R-4")
def test_a_good_address_of_nothing_here_is_404() -> None:
    for path in (f"/01/{OTHER_GTIN}", f"/00/{SSCC}", "/own/nothing", "/8004/9501101ABC"):
        assert ask(path).status_code == 404


QUALIFIED = {"22": "V1", "10": "KL8G", "21": "S1", "235": "T1", "254": "KL8G", "7040": "1ABC",
             "8020": "R1", "8011": "12", "8019": "12"}  # fmt: skip
VALUES = {
    "00": SSCC, "01": OTHER_GTIN, "253": "9501101020016X", "255": "9501101020016", "401": "950X",
    "402": "12345678901234560", "414": GLN, "415": GLN, "417": PARTY, "8003": GRAI, "8004": "950A",
    "8006": OTHER_GTIN + "0102", "8010": "950A", "8017": SSCC, "8018": SSCC,
    "8013": "1987654Ad4X4bL5ttr2310c2K",
}  # fmt: skip
# Every qualifier that some key has, with all before it: each must be understood.
BRANCHES = [
    (key, ais[: place + 1])
    for key, sequences in digital_link.QUALIFIERS.items()
    for ais in (sequences or ((),))
    for place in range(max(len(ais), 1))
]


@pytest.mark.conforms("R-5")
@pytest.mark.parametrize(("key", "ais"), BRANCHES, ids=str)
def test_every_qualifier_of_every_key_walks_up_to_the_key(key: str, ais: tuple[str, ...]) -> None:
    value = VALUES[key]
    if key == "402":
        value = value[:16] + keys.check_digit(value[:16])
    a_link(f"/{key}/{value}", link_type="gs1:pip", href="https://x.example/thing")
    path = f"/{key}/{value}" + "".join(f"/{ai}/{QUALIFIED[ai]}" for ai in ais)
    assert ask(path)["Location"] == "https://x.example/thing"
    assert ask(f"{path}?linkType=gs1:pip")["Location"].startswith("https://x.example/thing")


@pytest.mark.conforms("R-5")
def test_an_unknown_lot_leads_to_the_product_and_a_forged_serial_nowhere(world: World) -> None:
    gtin, pack = world.path("gtin"), world.path("pack")
    assert ask(f"{gtin}/10/KL8G")["Location"] == "https://x.example/gtin"
    assert ask(f"/414/{GLN}/254/KL8G")["Location"] == "https://x.example/gln"

    forged = pack.rsplit("/", 1)[0] + "/0123456789ABCDEFGHJK"
    assert ask(forged).status_code == 404
    assert [level["anchor"] for level in linkset(forged)] == [
        HOST + pack.rsplit("/21/", 1)[0], HOST + gtin,
    ]  # fmt: skip


@pytest.mark.conforms("R-6", "R-7")
@each_kind
def test_each_level_has_one_default_and_a_plain_request_goes_there(world: World, kind: str) -> None:
    path = world.path(kind)
    for level in linkset(path):
        (default,) = level[link_types.DEFAULT]
        assert default.keys() == {"href", "title"}
        listed = hrefs(level)
        assert default["href"] in listed
        answer = ask(level["anchor"].removeprefix(HOST))
        assert (answer.status_code, answer["Location"]) == (307, default["href"])


@pytest.mark.conforms("R-6")
def test_a_browser_gets_the_passport_at_the_address_itself(world: World) -> None:
    answer = ask(world.path("pack"), accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert answer.status_code == 200
    assert "Genuine. You are the first to check this pack." in answer.content.decode()
    target = ask(world.path("pack"))["Location"]
    assert target.startswith(f"{HOST}/own/")
    page = ask(target.removeprefix(HOST), accept="text/html")
    assert "Genuine" in page.content.decode()


@pytest.mark.conforms("R-7")
def test_several_defaults_are_told_apart_by_language_and_never_stand_alone(world: World) -> None:
    gtin = world.path("gtin")
    for language in ("vi", "en"):
        a_link(gtin, link_type="gs1:homepage", href=f"https://x.example/{language}",
               hreflang=(language,), is_default=True)  # fmt: skip
        multi = linkset(gtin)[0].get(link_types.DEFAULT_MULTI, [])
        assert len(multi) == (0 if language == "vi" else 2)
    assert ask(gtin, accept_language="vi")["Location"] == "https://x.example/vi"
    assert ask(gtin, accept_language="en-GB")["Location"] == "https://x.example/en"
    (default,) = linkset(gtin)[0][link_types.DEFAULT]
    assert ask(gtin)["Location"] == default["href"]


@pytest.mark.conforms("R-8")
@each_kind
@pytest.mark.parametrize(
    "spelling", ["gs1:pip", "pip", "https://gs1.org/voc/pip", "https://ref.gs1.org/voc/pip"]
)
def test_a_type_leads_to_its_link_however_it_is_spelled(
    world: World, kind: str, spelling: str
) -> None:
    if kind == "pack":
        pytest.skip("the page of a pack is its own passport, which another test looks at")
    answer = ask(f"{world.path(kind)}?linkType={spelling}")
    assert answer.status_code == 307
    assert answer["Location"] == f"https://x.example/{kind}?linkType={spelling}"


@pytest.mark.conforms("R-8")
def test_every_listed_link_can_be_asked_for(world: World) -> None:
    seen: set[str] = set()
    for level in linkset(world.path("pack")):
        for name, links in level.items():
            if not isinstance(links, list) or name in seen or "default" in name:
                continue
            seen.add(name)
            for link in links:
                asked = {"accept": link.get("type", "*/*")}
                answer = ask(f"{world.path('pack')}?linkType={link_types.short(name)}", **asked)
                assert answer["Location"].split("linkType")[0].rstrip("?&") == link["href"]
    assert {VOCABULARY + name for name in ("pip", "dpp", "epcis", "traceability", "faqs")} <= seen


@pytest.mark.conforms("R-9")
@each_kind
def test_a_type_that_is_not_there_is_404(world: World, kind: str) -> None:
    answer = ask(f"{world.path(kind)}?linkType=gs1:nosuchlt")
    assert answer.status_code == 404
    assert ask(f"{world.path(kind)}?linkType=gs1:recallStatus").status_code == 404


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


@pytest.mark.conforms("R-16")
@each_kind
@pytest.mark.parametrize("write", [compression.compress, compression.compress_partly])
def test_a_compressed_link_is_answered_like_the_link_in_full(
    world: World, kind: str, write: Any
) -> None:
    path = world.path(kind)
    short = write(Elements(digital_link.parse_path(path)))
    if short == path:
        pytest.skip("a key without qualifiers has nothing to compress in part")
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

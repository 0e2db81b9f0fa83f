"""Each behaviour of a GS1-conformant resolver, on five kinds of identifier: where to go.

The checks mirror those of GS1's test suite for resolvers; their ids stand in
``tests/conformance/resolver.toml``. Like the suite, a program asks: it takes any format.
"""

import json
from typing import Any

import pytest
from builders.links import a_link
from builders.resolver import (
    GLN,
    GRAI,
    HOST,
    KINDS,
    OTHER_GTIN,
    PARTY,
    SSCC,
    World,
    a_world,
    ask,
    hrefs,
    linkset,
)
from django.test import Client

from originmark.standards.gs1 import digital_link, keys, link_types
from originmark.standards.gs1.link_types import VOCABULARY

pytestmark = pytest.mark.django_db
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def world() -> World:
    return a_world()


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
@pytest.mark.parametrize("kind", [each for each in KINDS if each != "pack"])
@pytest.mark.parametrize(
    "spelling", ["gs1:pip", "pip", "https://gs1.org/voc/pip", "https://ref.gs1.org/voc/pip"]
)
def test_a_type_leads_to_its_link_however_it_is_spelled(
    world: World, kind: str, spelling: str
) -> None:
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

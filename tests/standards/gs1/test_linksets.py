"""Link types, linksets and the choice among links, without any database."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.gs1 import link_types, linksets, negotiation
from originmark.standards.gs1.digital_link import DigitalLink
from originmark.standards.gs1.link_types import VOCABULARY, InvalidLinkType
from originmark.standards.gs1.linksets import Level, LinkValue
from originmark.standards.gs1.negotiation import Wanted, choose

ROOT = Path(__file__).resolve().parents[3]
VECTORS = Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared")) / "vectors/resolver"
SCHEMA = VECTORS / "gs1-linkset-schema.json"
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="needs shared/vectors/resolver")
ANCHOR = "https://example.com/01/09506000164908"


def a_link(name: str = "pip", **more: object) -> LinkValue:
    said = {"href": "https://shop.example/tea", "title": "Tea", "media_type": "text/html", **more}
    return LinkValue(VOCABULARY + name, **said)  # type: ignore[arg-type]


def a_level(*links: LinkValue, anchor: str = ANCHOR) -> Level:
    return Level(anchor, "Tea", links)


@pytest.mark.parametrize(
    "spelling",
    ["pip", "gs1:pip", "https://gs1.org/voc/pip", "https://ref.gs1.org/voc/pip",
     "https://www.gs1.org/voc/pip"],
)  # fmt: skip
def test_all_spellings_of_a_type_are_one(spelling: str) -> None:
    assert link_types.uri_of(spelling) == "https://ref.gs1.org/voc/pip"
    assert link_types.checked(spelling) == "https://ref.gs1.org/voc/pip"
    assert link_types.label(link_types.uri_of(spelling)) == "Product information page"


def test_the_vocabulary_has_its_sixty_types() -> None:
    assert len(link_types.LINK_TYPES) == 60
    assert {"dpp", "epcis", "traceability", "certificationInfo", "recallStatus", "masterData",
            "hasRetailers"} <= link_types.CHOICES.keys()  # fmt: skip
    assert link_types.short("https://schema.org/review") == "https://schema.org/review"
    assert link_types.checked("https://schema.example/potential") == (
        "https://schema.example/potential"
    )


@pytest.mark.parametrize(
    ("spelling", "reason"),
    [
        ("gs1:nosuchlt", "no link type of the GS1 Web Vocabulary"),
        ("gs1:defaultLink", "the resolver writes it"),
        ("gs1:productSustainabilityInfo", "it is old"),
        ("https://schema.example/pip", "says the same as gs1:pip"),
        ("javascript:alert(1)", "is no link type"),
        ("", "is no link type"),
    ],
)
def test_a_type_that_nobody_may_enter_says_why(spelling: str, reason: str) -> None:
    with pytest.raises(InvalidLinkType, match=reason):
        link_types.checked(spelling)


def test_a_level_has_one_default_with_nothing_but_its_title() -> None:
    level = a_level(
        a_link("traceability", href="https://shop.example/way"), a_link(hreflang=("vi",)), a_link()
    )
    said = level.as_json()
    assert said[link_types.DEFAULT] == [{"href": "https://shop.example/tea", "title": "Tea"}]
    assert link_types.DEFAULT_MULTI not in said
    assert said[VOCABULARY + "pip"] == [
        {"href": "https://shop.example/tea", "title": "Tea", "type": "text/html",
         "hreflang": ["vi"]},
        {"href": "https://shop.example/tea", "title": "Tea", "type": "text/html"},
    ]  # fmt: skip


def test_several_chosen_defaults_are_listed_as_such_and_one_never() -> None:
    vi = a_link(href="https://shop.example/vi", hreflang=("vi",), is_default=True)
    en = a_link(href="https://shop.example/en", hreflang=("en",), is_default=True)
    assert link_types.DEFAULT_MULTI not in a_level(vi).as_json()
    both = a_level(vi, en)
    assert len(both.as_json()[link_types.DEFAULT_MULTI]) == 2
    assert len(both.as_json()[link_types.DEFAULT]) == 1
    assert choose([both], Wanted.read(languages="en-GB,vi;q=0.4")) == (en,)
    assert choose([both], Wanted.read()) == (both.default,)


def test_what_no_browser_may_be_sent_to_is_left_out() -> None:
    script = a_link(href="javascript:alert(1)")
    data = a_link(href="data:text/html,x")
    assert linksets.linkset([a_level(script, data)]) == {"linkset": []}
    assert choose([a_level(script)], Wanted.read(link_type="gs1:pip")) == ()
    assert a_level(script, a_link("faqs")).default == a_link("faqs")


def test_the_finest_level_that_has_the_type_answers() -> None:
    lot = a_level(a_link("dpp", href="https://x.example/dpp"), anchor=f"{ANCHOR}/10/L1")
    product = a_level(a_link(), a_link("dpp", href="https://x.example/all"))
    levels = [a_level(anchor=f"{ANCHOR}/10/L1/21/7"), lot, product]
    assert choose(levels, Wanted.read(link_type="gs1:dpp"))[0].href == "https://x.example/dpp"
    assert choose(levels, Wanted.read(link_type="pip")) == (a_link(),)
    assert choose(levels, Wanted.read()) == (lot.default,)
    assert choose(levels, Wanted.read(link_type="gs1:nosuchlt")) == ()
    assert [each["anchor"] for each in linksets.linkset(levels)["linkset"]] == [
        f"{ANCHOR}/10/L1", ANCHOR,
    ]  # fmt: skip


PLAIN = a_link(href="https://x.example/plain")
FRENCH = a_link(href="https://x.example/fr", hreflang=("fr",))
CHINESE = a_link(href="https://x.example/zh", hreflang=("zh-CN",))
LANKA = a_link(href="https://x.example/lk", hreflang=("fr",), context=("LK",))
PAPER = a_link(href="https://x.example/pdf", media_type="application/pdf")
SAME = a_link(href="https://x.example/same")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, (PLAIN,)),
        ({"languages": "fr"}, (FRENCH,)),
        ({"languages": "de, zh;q=0.7"}, (CHINESE,)),
        ({"languages": "zh-TW"}, (CHINESE,)),
        ({"languages": "ko"}, (PLAIN,)),
        ({"languages": "fr", "context": "LK"}, (LANKA,)),
        ({"context": "lk"}, (LANKA,)),
        ({"context": "XX"}, (PLAIN,)),
        ({"accept": "application/pdf"}, (PAPER,)),
        ({"accept": "application/*, text/html;q=0.5"}, (PAPER,)),
        ({"accept": "text/html,*/*;q=0.8"}, (PLAIN,)),
        ({"accept": "image/png"}, (PLAIN,)),
    ],
)
def test_what_a_request_says_narrows_the_choice(
    asked: dict[str, str], found: tuple[LinkValue, ...]
) -> None:
    level = a_level(PLAIN, FRENCH, CHINESE, LANKA, PAPER)
    assert choose([level], Wanted.read(link_type="gs1:pip", **asked)) == found


def test_links_that_cannot_be_told_apart_are_offered() -> None:
    assert choose([a_level(PLAIN, SAME)], Wanted.read(link_type="pip")) == (PLAIN, SAME)


def test_a_format_alone_finds_its_link_and_a_browser_gets_the_default() -> None:
    token = a_link("dpp", href="https://x.example/jwt", media_type="application/vc+jwt")
    level = a_level(PLAIN, token)
    assert choose([level], Wanted.read(accept="application/vc+jwt")) == (token,)
    assert choose([level], Wanted.read(accept="application/vc+jwt, */*")) == (PLAIN,)
    assert choose([level], Wanted.read(accept="text/html, application/vc+jwt")) == (PLAIN,)
    assert choose([level], Wanted.read(accept="image/png")) == (PLAIN,)


@pytest.mark.parametrize(
    ("asked", "is_linkset"),
    [
        ({"link_type": "linkset"}, True),
        ({"link_type": "all"}, True),
        ({"accept": "application/linkset+json"}, True),
        ({"accept": "text/html, application/linkset+json;q=0.2"}, False),
        ({"link_type": "gs1:pip", "accept": "application/linkset+json"}, False),
        ({}, False),
    ],
)
def test_who_asks_for_the_linkset(asked: dict[str, str], *, is_linkset: bool) -> None:
    assert Wanted.read(**asked).is_linkset is is_linkset


def test_headers_that_make_no_sense_are_read_as_far_as_they_go() -> None:
    assert negotiation.weighed("en;q=x, vi;level=1;q=0.3, , *;q=0") == ("vi",)


links = st.builds(
    LinkValue,
    link_type=st.sampled_from([VOCABULARY + name for name in link_types.CHOICES]),
    href=st.sampled_from(["https://a.example/1", "http://b.example", "javascript:x", "ftp://c"]),
    title=st.text(min_size=1, max_size=5),
    media_type=st.sampled_from(["", "text/html", "application/vc+jwt"]),
    hreflang=st.lists(st.sampled_from(["en", "vi", "zh-CN"]), max_size=2, unique=True).map(tuple),
    context=st.lists(st.sampled_from(["VN", "CN"]), max_size=1).map(tuple),
    passes_query=st.booleans(),
    is_public=st.booleans(),
    is_default=st.booleans(),
)
levels_of_links = st.lists(st.lists(links, max_size=4).map(lambda some: a_level(*some)), max_size=3)


@needs_vectors
@given(levels_of_links)
def test_every_linkset_is_valid_against_the_schema_of_gs1(levels: list[Level]) -> None:
    said = json.loads(json.dumps(linksets.linkset(levels)))
    jsonschema.validate(said, json.loads(SCHEMA.read_text()))


@given(levels_of_links)
def test_each_level_has_one_default_that_stands_under_its_own_type_too(levels: list[Level]) -> None:
    for said in linksets.linkset(levels)["linkset"]:
        (default,) = said[link_types.DEFAULT]
        others = [link for name, some in said.items() if name.startswith(VOCABULARY)
                  and "default" not in name for link in some]  # fmt: skip
        assert default.keys() == {"href", "title"}
        assert any(link["href"] == default["href"] for link in others)
        assert len(said.get(link_types.DEFAULT_MULTI, [1, 2])) > 1


def test_the_ways_up_from_a_pack() -> None:
    link = DigitalLink("01", "06901234567892", (("22", "V"), ("10", "L/1"), ("21", "7")))
    assert linksets.paths_up(link) == [
        "/01/06901234567892/22/V/10/L%2F1/21/7", "/01/06901234567892/22/V/10/L%2F1",
        "/01/06901234567892/22/V", "/01/06901234567892",
    ]  # fmt: skip

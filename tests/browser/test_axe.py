"""axe finds nothing on any page, in light and in dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.crawl import sign_in, walk
from browser.site import Site
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def findings(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['help']} · {each['nodes'][0]['html'][:160]}" for each in violations
    ]


def walked(browser: Browser, site: Site, *, email: str, scheme: str, size: dict[str, int]) -> dict:
    context = browser.new_context(color_scheme=scheme, viewport=size)
    page = context.new_page()
    if email:
        sign_in(page, site, email)
    found = {}
    for each in walk(page, site):
        if trouble := findings(page):
            found[each.path] = trouble
    for name in site.codes if not email else ():
        page.goto(site.codes[name])
        if trouble := findings(page):
            found[name] = trouble
    context.close()
    return found


@pytest.mark.parametrize(
    ("email", "scheme", "size"),
    [
        ("office@demo.example", "light", WIDE),
        ("office@demo.example", "dark", NARROW),
        ("farmer@demo.example", "light", NARROW),
        ("", "light", NARROW),
        ("", "dark", WIDE),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, site: Site, email: str, scheme: str, size: dict[str, int]
) -> None:
    assert walked(browser, site, email=email, scheme=scheme, size=size) == {}

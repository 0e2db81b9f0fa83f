"""From a cooperative's phone to a shopper's: the whole chain in a browser."""

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from browser.crawl import sign_in
from browser.site import Site
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def codes_in(pdf: Path) -> list[str]:
    """Return the addresses in every QR code of a PDF, page by page."""
    found = []
    for sheet in pypdfium2.PdfDocument(pdf):
        picture = sheet.render(scale=300 / 72).to_pil()
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return found


def choose(page: Page, field: str, words: str) -> None:
    """Pick the option that contains the words."""
    option = page.locator(f"select[name={field}] option", has_text=words).first
    page.select_option(f"select[name={field}]", option.get_attribute("value"))


def open_as_a_shopper(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("genuine, never scanned", "Genuine."),
        ("genuine, scanned before", "Genuine. This pack was checked before."),
        ("copied", "probably been copied"),
        ("not activated", "has not been activated"),
        ("withdrawn", "was withdrawn"),
        ("made up", "Not genuine"),
    ],
)
def test_each_state_of_a_code_shows_itself(
    browser: Browser, site: Site, name: str, title: str
) -> None:
    page = open_as_a_shopper(browser, site.codes[name])
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_a_genuine_page_shows_the_fields_and_asks_nothing_from_elsewhere(
    browser: Browser, site: Site
) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.codes["genuine, scanned before"])

    expect(
        page.get_by_role("img").filter(has_text=re.compile("field", re.IGNORECASE)).first
    ).to_be_visible()
    assert [each for each in asked if not each.startswith(site.url)] == []
    assert [each for each in asked if each.endswith(".js")] == []


def test_the_site_signs_in_and_greets(browser: Browser, site: Site) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    sign_in(page, site, "coop@demo.example")
    expect(page.locator("body")).to_contain_text("East Hill")

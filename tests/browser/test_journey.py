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


def pick(page: Page, field: str, words: str) -> None:
    """Choose from a list as a person does: type a little, tap the line."""
    page.fill(f"#id_{field}-box", words)
    page.locator(f"#id_{field}-list [role=option]", has_text=words).first.click()


def more(page: Page, **values: str) -> None:
    """Open what is folded away and fill it in.

    By key: what may still be sold is written above it meanwhile, and a mouse would miss it.
    """
    page.locator("details.more-fields summary").press("Enter")
    expect(page.locator("details.more-fields")).to_have_attribute("open", "")
    for name, value in values.items():
        page.fill(f"[name={name}]", value)


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


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


def test_a_shopper_says_where_a_pack_is(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        geolocation={"latitude": 37.87, "longitude": 112.55},
        permissions=["geolocation"],
    )
    page = context.new_page()
    page.goto(site.codes["genuine, scanned before"])
    page.get_by_role("button", name="Say where this pack is").click()  # a link that looks like one
    page.get_by_role("button", name="Say where this pack is").click()
    expect(page.locator(".place [role=status]")).to_contain_text("Thank you.", timeout=30_000)
    context.close()


def harvest(page: Page, site: Site, *, kg: str, lot: str) -> None:
    page.goto(f"{site.url}/lots/record/harvest/")
    pick(page, "area", "E-01")
    pick(page, "product", "Foxtail")
    page.fill("[name=kg_0]", kg)
    more(page, lot_code=lot)
    send(page)


def mill_and_pack(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/lots/record/mill/")
    pick(page, "lot", "J-GRAIN")
    pick(page, "product", "Hulled")
    page.fill("[name=out_kg_0]", "750")
    more(page, new_lot_code="J-MILLET")
    send(page)
    expect(page.locator("main")).to_contain_text("J-MILLET")

    page.goto(f"{site.url}/lots/record/pack/")
    pick(page, "lot", "J-MILLET")
    pick(page, "product", "East Hill millet 500 g")
    page.fill("[name=count]", "100")
    more(page, new_lot_code="J500")
    send(page)
    expect(page.locator("main")).to_contain_text("J500")


def test_from_a_harvest_on_a_phone_to_a_shopper_who_knows(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = browser.new_context(viewport=PHONE, accept_downloads=True).new_page()
    sign_in(page, site, "coop@demo.example")

    harvest(page, site, kg="99999", lot="J-TOO-MUCH")
    expect(page.locator("main form")).to_contain_text("may give 13779.9 kg")
    harvest(page, site, kg="1000", lot="J-GRAIN")
    expect(page.locator("main")).to_contain_text("J-GRAIN")
    mill_and_pack(page, site)
    addresses = codes_in(issue_and_print(page, site, tmp_path / "labels.pdf"))
    assert len(set(addresses)) == 24
    assert all(each.startswith(f"{site.url}/01/09521234000013/10/J500/21/") for each in addresses)

    shopper = open_as_a_shopper(browser, addresses[0])
    expect(shopper.get_by_role("heading", level=1)).to_contain_text("not been activated")
    page.goto(f"{site.url}/labels/runs/J500-L1/activate/")
    page.locator("form[action$='activate-rest/'] button").click()
    page.wait_for_load_state()
    shopper.reload()
    expect(shopper.get_by_role("heading", level=1)).to_contain_text("Genuine.")
    expect(shopper.locator("main")).to_contain_text("E-01 Household Guo (demo)")
    expect(shopper.locator(".passport-map svg").first).to_be_visible()


def issue_and_print(page: Page, site: Site, target: Path) -> Path:
    """Issue 24 labels for the packed lot and return the printed sheet."""
    page.goto(f"{site.url}/labels/issue/")
    pick(page, "lot", "J500")
    page.fill("[name=count]", "24")
    page.get_by_role("button", name="Issue labels").click()
    page.wait_for_url("**/labels/runs/J500-L1/")
    page.locator("form[action$='print/'] button[type=submit]").click()
    with page.expect_download(timeout=60_000) as coming:
        page.locator("#files a[href*='/labels/files/']").first.click()
    coming.value.save_as(target)
    return target

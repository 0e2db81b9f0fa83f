"""Pages in a real browser: accessibility, keyboard, lists that follow while one types."""

import os
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from browser.axe import violations
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {"wide": 1280, "narrow": 390}
SIGNED_IN = ["/", "/styleguide/", "/search/?q=lot", "/views/?path=/", "/accounts/2fa/"]
PUBLIC = ["/", "/accounts/login/", "/accounts/password/reset/", "/nowhere/", "/code/?code=wrong"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop is not Django's business
    executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def cookie(live_server: Any) -> dict[str, str]:
    client = Client()
    client.force_login(get_user_model().objects.create(email="li@example.org", name="Li Na"))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live_server.url}


def a_page(browser: Browser, theme: Any, width: int) -> Page:
    size = {"width": width, "height": 844}
    # What fades in is pale for a moment, and axe would measure that moment.
    context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
    return context.new_page()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_axe_finds_nothing(browser: Browser, live_server: Any, cookie: Any, width: int) -> None:
    for addresses, cookies in ((PUBLIC, []), (SIGNED_IN, [cookie])):
        page = a_page(browser, "light", width)
        page.context.add_cookies(cookies)
        for address in addresses:
            page.goto(live_server.url + address)
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                assert [(address, theme, each) for each in violations(page)] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_paper_shows_the_page_and_where_it_is_from_and_no_way_around(
    browser: Browser, live_server: Any, cookie: Any
) -> None:
    page = a_page(browser, "dark", 1280)
    page.context.add_cookies([cookie])
    page.goto(live_server.url + "/search/?q=lot")
    page.emulate_media(media="print", color_scheme="dark")

    assert page.locator("h1").is_visible()
    assert page.locator(".print-head").inner_text().startswith("Originmark · localhost")
    assert not any(page.locator(each).is_visible() for each in (".top", ".bottom-bar", ".foot"))
    colours = "[getComputedStyle(document.body)].map(s => [s.color, s.backgroundColor])[0]"
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.emulate_media(media="screen")
    assert not page.locator(".print-head").is_visible()


def test_axe_hears_a_fault_that_we_put_in(browser: Browser) -> None:
    """The control: an axe that finds nothing anywhere would prove nothing."""
    page = a_page(browser, "light", 390)
    page.set_content('<main><img src="data:,"><p style="color: #999">pale</p></main>')

    assert {"image-alt", "color-contrast"} <= {each.rule for each in violations(page)}


def test_no_page_breaks_the_content_security_policy(
    browser: Browser, live_server: Any, cookie: Any
) -> None:
    page = a_page(browser, "light", 1280)
    page.context.add_cookies([cookie])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in SIGNED_IN:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")

    assert said == []


def test_a_list_follows_while_one_types_and_keeps_the_caret(
    browser: Browser, live_server: Any, cookie: Any
) -> None:
    page = a_page(browser, "light", 1280)
    page.context.add_cookies([cookie])
    page.goto(live_server.url + "/styleguide/")
    page.locator("#q-kinds").press_sequentially("permission")
    page.wait_for_url("**/styleguide/?q=permission*")

    assert page.locator("#table-kinds tbody tr").count() == 1
    assert page.evaluate("document.activeElement.id") == "q-kinds"


def test_slash_goes_to_the_search_and_the_theme_stays(
    browser: Browser, live_server: Any, cookie: Any
) -> None:
    page = a_page(browser, "light", 1280)
    page.context.add_cookies([cookie])
    page.goto(live_server.url + "/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-all"

    page.locator("details.menu > summary").first.click()
    page.locator("button[name=theme][value=dark]").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_typeahead_offers_matches_and_fills_the_select(
    browser: Browser, live_server: Any, cookie: Any
) -> None:
    page = a_page(browser, "light", 1280)
    page.context.add_cookies([cookie])
    page.goto(live_server.url + "/styleguide/")
    page.locator("#id_product-box").fill("flour")
    page.locator("#id_product-list [role=option]").click()

    assert page.locator("#id_product").evaluate("select => select.value") == "flour"


def test_every_page_works_without_scripts(browser: Browser, live_server: Any, cookie: Any) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.context.add_cookies([cookie])
    page.goto(live_server.url + "/styleguide/")
    page.locator("#q-kinds").fill("permission")
    page.locator(".table-tools button").click()

    assert page.locator("#table-kinds tbody tr").count() == 1

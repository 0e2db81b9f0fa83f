"""The map on which land is drawn, in a real browser on a narrow screen."""

import json
from collections.abc import Iterator

import pytest
from builders.parties import PASSWORD, a_member, a_person, an_organisation
from builders.places import a_boundary, a_square
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from originmark.origin.places.models import GrowingArea

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop is in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        context = browser.new_context(
            viewport={"width": 390, "height": 844},
            geolocation={"latitude": 38.06, "longitude": 112.67},
            permissions=["geolocation"],
        )
        yield context.new_page()
        browser.close()


def test_a_plot_is_drawn_walked_and_saved(page: Page, live_server: LiveServer) -> None:
    organisation = an_organisation()
    a_member(organisation, "recorder", a_person("li@example.org", password=PASSWORD))
    a_boundary(outline=a_square(112.66, 38.05, 0.03))
    page.goto(f"{live_server.url}/accounts/login/?next=/places/areas/new/")
    page.fill("[name=login]", "li@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")

    page.wait_for_url("**/places/areas/new/")
    page.fill("[name=name]", "West field")
    page.fill("[name=declared_value_0]", "100")
    page.click("[data-outline-here]")
    page.wait_for_function("document.querySelector('.outline-state').textContent.startsWith('1')")
    area = page.locator(".outline-map")
    area.scroll_into_view_if_needed()
    area.click(position={"x": 300, "y": 100})
    area.click(position={"x": 300, "y": 300})
    area.click(position={"x": 120, "y": 320})
    page.click("[data-outline-undo]")
    drawn = json.loads(page.input_value("[name=geometry]"))
    assert drawn["coordinates"][0][0] == [112.67, 38.06]
    assert len(drawn["coordinates"][0]) == 4

    page.click("button[type=submit]:has-text('Save')")
    page.wait_for_url("**/places/areas/A*/")
    saved = GrowingArea.objects.get()
    assert json.loads(saved.geometry) == drawn
    assert saved.computed_ha is not None

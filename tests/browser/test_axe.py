"""Every page is sound: axe finds nothing, nothing overflows, no script fails, no link is broken."""

from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from browser.axe import violations
from browser.crawl import FILE, sign_in, walk
from browser.site import Site
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

pytestmark = pytest.mark.browser
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LIGHT_WIDE, DARK_NARROW = ("light", WIDE), ("dark", NARROW)
LIGHT_NARROW, DARK_WIDE = ("light", NARROW), ("dark", WIDE)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Inspector:
    """What is wrong on the pages that one browser window opens."""

    page: Page
    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    heard: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Keep the errors of scripts, of the browser (a blocked style or script) and of answers."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("response", self._hear_answer)

    def _hear(self, told: ConsoleMessage) -> None:
        if told.type == "error" and not told.text.startswith("Failed to load resource"):
            self.heard.append(told.text)

    def _hear_answer(self, answer: Response) -> None:
        is_page = answer.request.resource_type == "document"
        if answer.status >= (500 if is_page else 400):
            self.heard.append(f"{answer.url} answers {answer.status}")

    def look(self, path: str, looks: list[tuple[str, dict[str, int]]]) -> None:
        """Look at the open page in each colour scheme and size."""
        for scheme, size in looks:
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size(size)
            trouble = self._axe()
            if (wider := self.page.evaluate(OVERFLOW)) > 0:
                trouble.append(f"{wider} px wider than the screen")
            self.found[path] += [f"{scheme} {size['width']}: {each}" for each in trouble]
        self.found[path] += self.heard
        self.heard.clear()

    def _axe(self) -> list[str]:
        found = violations(self.page)
        return [f"{each.rule}: {each.help} · {each.html[:160]}" for each in found]

    def troubles(self) -> dict[str, list[str]]:
        return {path: trouble for path, trouble in self.found.items() if trouble}


@pytest.mark.parametrize(
    ("email", "looks"),
    [
        ("office@demo.example", [LIGHT_WIDE, DARK_NARROW]),
        ("farmer@demo.example", [LIGHT_NARROW]),
        ("", [LIGHT_NARROW, DARK_WIDE]),
    ],
)
def test_every_page_is_sound(
    browser: Browser, site: Site, email: str, looks: list[tuple[str, dict[str, int]]]
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    inspector = Inspector(context.new_page())
    if email:
        sign_in(inspector.page, site, email)
    inspector.listen()
    for each in walk(inspector.page, site):
        if each.status >= 400:
            inspector.found[each.path].append(f"answers {each.status}")
        if FILE not in each.kind:
            inspector.look(each.path, looks)
    for name in site.codes if not email else ():
        inspector.page.goto(site.codes[name])
        inspector.look(name, looks)
    context.close()
    assert inspector.troubles() == {}

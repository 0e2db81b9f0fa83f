"""Take a picture of every page: wide and narrow, light and dark, for docs/screens.

Run by ``make screens``; builds a demonstration of its own and walks through it as the office, as
the cooperative and as a shopper.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from browser.crawl import Found, sign_in, walk
from browser.site import CHROMIUM, FLAGS, Site, demonstration
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
WIDTHS = {390: 844, 1280: 900}
SCHEMES = ("light", "dark")
COLOURS = 64  # of a picture's palette: small files, no visible loss on flat pages
LONGEST_PX = 2600
VISITORS = ("office@demo.example", "coop@demo.example", "")


def main() -> None:
    """Take all pictures."""
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        demonstration(Path(home)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        taken: set[str] = set()
        for email in VISITORS:
            found = pages_of(browser, site, email)
            take(browser, site, email, [each for each in found if each.kind not in taken])
            taken |= {each.kind for each in found}
        take(browser, site, "", codes(site))


def pages_of(browser: Browser, site: Site, email: str) -> list[Found]:
    """Return one page of each kind that a visitor reaches."""
    page = open_browser(browser, site, email, width=1280, scheme="light")
    return list(walk(page, site))


def codes(site: Site) -> list[Found]:
    """Return the pages behind the codes that the demonstration shows."""
    return [
        Found(f"passport.{name.replace(', ', '-').replace(' ', '-')}", site.path(name))
        for name in site.codes
    ]


def take(browser: Browser, site: Site, email: str, pages: list[Found]) -> None:
    """Take four pictures of each page."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            page = open_browser(browser, site, email, width=width, scheme=scheme)
            for each in pages:
                page.goto(site.url + each.path)
                name = each.kind.replace(":", ".").replace("/", ".")
                save(page, FOLDER / f"{name}-{width}-{scheme}.png")
            page.context.close()


def open_browser(browser: Browser, site: Site, email: str, *, width: int, scheme: str) -> Page:
    """Return a page in a context of its own, signed in if there is an address."""
    size = {"width": width, "height": WIDTHS[width]}
    page = browser.new_context(viewport=size, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    if email:
        sign_in(page, site, email)
    return page


def save(page: Page, path: Path) -> None:
    """Save the whole page as a small picture, cut where it gets too long to look at."""
    page.screenshot(path=path, full_page=True)
    with Image.open(path) as picture:
        short = picture.crop((0, 0, picture.width, min(picture.height, LONGEST_PX)))
        short.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()

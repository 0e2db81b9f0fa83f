"""Take pictures of every page for docs/screens: narrow and light, wide and dark.

Run by ``make screens``; builds a demonstration of its own and walks through it as the office, as
the cooperative and as a shopper.
"""

import os
import tempfile
from pathlib import Path
from typing import Literal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from browser.crawl import FILE, sign_in, walk
from browser.site import CHROMIUM, FLAGS, Site, demonstration
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
LOOKS: tuple[tuple[int, int, Literal["light", "dark"]], ...] = (
    (390, 844, "light"),
    (1280, 900, "dark"),
)
WIDE: ViewportSize = {"width": 1280, "height": 900}
OK = 200
COLOURS = 64  # of a picture's palette: small files, no visible loss on flat pages
LONGEST_PX = 2600
VISITORS = (
    "office@demo.example",
    "coop@demo.example",
    "province@demo.example",
    "chair@demo.example",
    "",
)


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
        page = browser.new_context(viewport=WIDE, reduced_motion="reduce").new_page()
        for name, path in codes(site):
            page.goto(site.url + path)
            take(page, name)
        taken: set[str] = set()
        for email in VISITORS:
            visit(browser, site, email, taken)


def codes(site: Site) -> list[tuple[str, str]]:
    """Return name and path of the pages behind the codes that the demonstration shows."""
    return [
        (f"passport.{name.replace(', ', '-').replace(' ', '-')}", site.path(name))
        for name in site.codes
    ]


def visit(browser: Browser, site: Site, email: str, taken: set[str]) -> None:
    """Take each kind of page that a visitor reaches and nobody reached before."""
    page = browser.new_context(viewport=WIDE, reduced_motion="reduce").new_page()
    if email:
        sign_in(page, site, email)
    for each in walk(page, site):
        is_page = not each.kind.endswith(FILE) and each.status == OK
        if is_page and each.kind not in taken:
            taken.add(each.kind)
            take(page, each.kind.replace(":", "."))
    page.context.close()


def take(page: Page, name: str) -> None:
    """Take a picture of the page that is open in each look."""
    for width, height, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        save(page, FOLDER / f"{name}-{width}-{scheme}.png")


def save(page: Page, path: Path) -> None:
    """Save the whole page as a small picture, cut where it gets too long to look at."""
    page.screenshot(path=path, full_page=True)
    with Image.open(path) as picture:
        short = picture.crop((0, 0, picture.width, min(picture.height, LONGEST_PX)))
        short.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()

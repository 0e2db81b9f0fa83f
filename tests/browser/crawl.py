"""Walk through every page that links reach, one of each kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from browser.site import PASSWORD, Site
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

NO_PAGES = ("/admin", "/api", "/epcis", "/static", "/accounts/logout", "/i18n")
FILES = ("format=", "download", ".csv", ".pdf", ".xlsx", ".geojson", "/file", "template.")


@dataclass(frozen=True)
class Found:
    """A page: the name of its kind (the URL pattern's) and one address of that kind."""

    kind: str
    path: str


def sign_in(page: Page, site: Site, email: str) -> None:
    page.goto(f"{site.url}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form[action*=login] button[type=submit], main form[method=post] button")
    page.wait_for_load_state()


def kind_of(path: str) -> str | None:
    """Return the name of the URL pattern behind a path, or None if it is no page of ours."""
    if path.startswith(NO_PAGES):
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def walk(page: Page, site: Site, start: str = "/") -> Iterator[Found]:
    """Yield one page of each kind that links lead to; the page is open when it is yielded."""
    waiting, seen = [start], set[str]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(urlsplit(path).path)
        if kind is None or kind in seen:
            continue
        answer = page.goto(site.url + path)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        seen.add(kind)
        yield Found(kind, path)
        waiting.extend(_links(page, site))


def _links(page: Page, site: Site) -> list[str]:
    addresses = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    paths = [each.removeprefix(site.url) for each in addresses if each.startswith(site.url + "/")]
    return [path.split("#")[0] for path in paths if not any(mark in path for mark in FILES)]

"""Walk through every page that links reach, one of each kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from browser.site import PASSWORD, Site
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, Response

NO_PAGES = ("/admin", "/api", "/epcis", "/static", "/accounts/logout", "/i18n")
FILES = ("format=", "download", ".csv", ".pdf", ".xlsx", ".geojson", "/file", "template.")
FILE = "(file)"
STARTS = (
    "/parties/organisations/east-hill-coop/",  # before others of their kind: theirs who walk
    "/products/east-hill-500/",
    "/",
    "/styleguide/",  # no page links to these two
    "/search/?q=millet",
)
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"


@dataclass(frozen=True)
class Found:
    """A page: the name of its kind (the URL pattern's), one address of it, and its answer."""

    kind: str
    path: str
    status: int


def sign_in(page: Page, site: Site, email: str) -> None:
    """Sign in with the demonstration's password, and fail if the site does not let one in."""
    page.goto(f"{site.url}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def kind_of(path: str) -> str | None:
    """Return the name of the URL pattern behind a path, or None if it is no page of ours."""
    if path.startswith(NO_PAGES):
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def walk(page: Page, site: Site) -> Iterator[Found]:
    """Yield one page of each kind that links lead to; the page is open when it is yielded.

    A link to nowhere is yielded too, with its status; a file is fetched but not opened.
    """
    waiting, seen = list(STARTS), set[str]()
    while waiting:
        path = waiting.pop(0)
        kind = _name(path)
        if kind in seen or kind is None:
            continue
        seen.add(kind)
        answer = None if _is_file(path) else _open(page, site.url + path)
        if answer is None:
            yield Found(f"{kind} {FILE}", path, page.request.get(site.url + path).status)
            continue
        waiting.extend(_links(page, site))
        yield Found(kind, path, answer.status)


def _open(page: Page, address: str) -> Response | None:
    """Open a page; return None if the address sends a file to keep."""
    try:
        answer = page.goto(address)
    except Error as trouble:
        if "Download is starting" in trouble.message:
            return None
        raise
    is_page = answer is not None and "html" in answer.headers.get("content-type", "")
    return answer if is_page else None


def _name(path: str) -> str | None:
    """Return the kind of page or file at an address; one that leads nowhere is its own kind."""
    plain = urlsplit(path).path
    if plain.startswith(NO_PAGES):
        return None
    kind = kind_of(plain) or plain
    return f"{kind}?" if _is_file(path) else kind


def _is_file(path: str) -> bool:
    return any(mark in path for mark in FILES)


def _links(page: Page, site: Site) -> list[str]:
    addresses = page.eval_on_selector_all("main a[href], nav a[href], header a[href]", LINKS)
    paths = [each.removeprefix(site.url) for each in addresses if each.startswith(site.url + "/")]
    return [path.split("#")[0] for path in dict.fromkeys(paths)]

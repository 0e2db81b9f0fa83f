"""Walks over the links of pages, without a browser."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

NO_PAGES = ("/admin", "/api", "/epcis", "/static", "/accounts/logout", "/i18n")


@dataclass(frozen=True, slots=True)
class Followed:
    """A link on a page, and the status of what is behind it."""

    page: str
    link: str
    status: int

    def __str__(self) -> str:
        return f"{self.page} leads to {self.link}: {self.status}"


def followed(client: Client, *, of_a_kind: int = 1) -> Iterator[Followed]:
    """Yield the links that the client meets from the home page on, so many to each kind of page."""
    waiting, seen, kinds = [("", "/")], set[str](), Counter[str]()
    while waiting:
        page, link = waiting.pop(0)
        kind = _kind(link)
        if link in seen or kind is None or kinds[kind] >= of_a_kind:
            continue
        seen.add(link)
        kinds[kind] += 1
        answer = client.get(link)
        yield Followed(page, link, answer.status_code)
        if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
            waiting += [(link, each) for each in _links(answer.content, link)]


def _kind(link: str) -> str | None:
    """Return the name of the URL pattern, the path where there is none, None for no page."""
    path = link.partition("?")[0]
    if path.startswith(NO_PAGES):
        return None
    try:
        return resolve(path).view_name or path
    except Resolver404:
        return path


def _links(page: bytes, path: str) -> Iterator[str]:
    document = html.document_fromstring(page, base_url=f"http://testserver{path}")
    document.make_links_absolute()
    for link in document.xpath("//a[@href]/@href"):
        if link.startswith("http://testserver/"):
            yield link.removeprefix("http://testserver").partition("#")[0]

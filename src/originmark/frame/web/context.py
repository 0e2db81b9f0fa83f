"""What every page needs to know."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from originmark.frame.web import clock, sockets

THEMES = ("light", "dark")
UNFOLDED = 14  # this many entries fit on a screen without folding their sections


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation, the theme and whether this is a demonstration."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "is_demonstration": settings.IS_DEMONSTRATION,
        "languages": settings.LANGUAGES,
        "nav": _Nav(request),
        "printed_at": clock.now,
    }


class _Nav:
    """The navigation, worked out only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._items: list[dict[str, Any]] | None = None

    def items(self) -> list[dict[str, Any]]:
        """Return the entries that this person sees, marked where the person is."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        if self._items is None:
            self._items = [_entry(item) for item in sockets.nav_items(self._request)]
            _mark_current(self._items, self._request.path)
        return self._items

    def sections(self) -> list[dict[str, Any]]:
        """Return the entries by section; sections stand in the order of their first entry.

        Where there are many, only the section that the person is in lies open, or the first.
        """
        order = list(dict.fromkeys(item["section"] for item in self.items()))
        ranked = sorted(self.items(), key=lambda item: order.index(item["section"]))
        current = [item["section"] for item in ranked if item["is_current"] and item["section"]]
        opened = current or [section for section in order if section][:1]
        return [
            {
                "label": label,
                "entries": list(entries),
                "is_open": label in opened or len(ranked) <= UNFOLDED,
            }
            for label, entries in groupby(ranked, key=lambda item: item["section"])
        ]

    def first(self) -> list[dict[str, Any]]:
        """Return the entries for the bottom bar of a narrow screen."""
        return self.items()[:4]


def _entry(item: sockets.NavItem) -> dict[str, Any]:
    return {
        "label": str(item.label),
        "section": str(item.section),
        "icon": item.icon,
        "url": reverse(item.url_name),
        "is_current": False,
    }


def _mark_current(items: list[dict[str, Any]], path: str) -> None:
    """Mark the entry whose address is the longest beginning of the path."""
    fitting = [
        item
        for item in items
        if path == item["url"] or (item["url"] != "/" and path.startswith(item["url"]))
    ]
    if fitting:
        max(fitting, key=lambda item: len(item["url"]))["is_current"] = True

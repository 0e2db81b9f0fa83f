"""Where rooms above add to the page of a product, from ``apps.py``."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Panel = Callable[[int, HttpRequest], SafeString | None]
_panels: list[Panel] = []


def register_product_panel(panel: Panel) -> None:
    """Ask ``panel(product_id, request)`` for markup below the facts of a product."""
    if panel not in _panels:
        _panels.append(panel)


def product_panels(product_id: int, request: HttpRequest) -> list[SafeString]:
    """Return what the rooms above say about a product to this person."""
    return [html for panel in _panels if (html := panel(product_id, request))]

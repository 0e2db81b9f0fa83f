"""Where rooms above plug in: panels of a brand's page."""

from collections.abc import Callable

from django.http import HttpRequest

from originmark.mark.schemes.selectors import BrandFacts

Panel = Callable[[BrandFacts, HttpRequest], str | None]
_panels: list[Panel] = []


def register_brand_panel(render: Panel) -> None:
    """Let ``render(brand, request)`` add a panel (safe HTML) to the page of a brand."""
    if render not in _panels:
        _panels.append(render)


def brand_panels(brand: BrandFacts, request: HttpRequest) -> list[str]:
    """Return the panels of the rooms above for the page of a brand."""
    return [html for render in _panels if (html := render(brand, request))]

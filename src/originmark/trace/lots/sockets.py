"""Where rooms above plug in: the rulebook's bounds, what rests on a lot, panels of its page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from originmark.trace.lots.rules import Bounds

if TYPE_CHECKING:
    from originmark.trace.lots.selectors import LotFacts

__all__ = [
    "Bounds", "bounds", "dependents", "lot_panels", "register_bounds", "register_dependents",
    "register_lot_panel",
]  # fmt: skip

BoundsOf = Callable[[str, int | None, int, str], Bounds | None]
_bounds: list[BoundsOf] = []
_dependents: list[Callable[[str], list[str]]] = []
_panels: list[Callable[["LotFacts", HttpRequest], str | None]] = []


def register_bounds(find: BoundsOf) -> None:
    """Let ``find(product_code, area_id, season, process)`` say what the rulebook allows.

    ``product_code`` is what comes out. ``process`` is harvest (the yield cap is read), drying,
    milling, blending, splitting or packing (the ratios are read), or a partner's own word.
    """
    _add(_bounds, find)


def register_dependents(find: Callable[[str], list[str]]) -> None:
    """Let ``find(lot_code)`` name what rests on a lot, as label runs do: it bars a withdrawal."""
    _add(_dependents, find)


def register_lot_panel(render: Callable[["LotFacts", HttpRequest], str | None]) -> None:
    """Let ``render(lot, request)`` add a panel (safe HTML) to the page of a lot."""
    _add(_panels, render)


def bounds(product_code: str, area_id: int | None, season: int, process: str) -> Bounds | None:
    """Return what the first rulebook that knows this product and process allows."""
    for find in _bounds:
        if found := find(product_code, area_id, season, process):
            return found
    return None


def dependents(lot_code: str) -> list[str]:
    """Return what rests on a lot in the rooms above."""
    return [name for find in _dependents for name in find(lot_code)]


def lot_panels(lot: "LotFacts", request: HttpRequest) -> list[str]:
    """Return the panels of the rooms above for the page of a lot."""
    return [html for render in _panels if (html := render(lot, request))]


def _add(listeners: list[Any], function: Any) -> None:
    if function not in listeners:
        listeners.append(function)

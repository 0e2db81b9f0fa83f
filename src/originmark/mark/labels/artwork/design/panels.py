"""The panels that a template is drawn on. All lengths in millimetres."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Panel:
    """One side of a pack, as it is printed."""

    code: str
    title: str | Promise
    width_mm: int
    height_mm: int

    @property
    def area_cm2(self) -> float:
        """Return its area: rules ask for larger letters on larger packs."""
        return self.width_mm * self.height_mm / 100


PANELS: Final = {
    panel.code: panel
    for panel in (
        Panel("bag-100x140", _("Bag, 100 × 140 mm"), 100, 140),
        Panel("bag-140x200", _("Large bag, 140 × 200 mm"), 140, 200),
        Panel("box-130x80", _("Box, 130 × 80 mm"), 130, 80),
        Panel("jar-180x75", _("Jar or bottle, 180 × 75 mm"), 180, 75),
    )
}
DEFAULT_PANEL: Final = "bag-100x140"

"""The sheets and rolls that labels are printed on. All lengths in millimetres."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Layout:
    """Where labels stand on a page, and how big they are."""

    code: str
    title: str | Promise
    page_width_mm: float
    page_height_mm: float
    columns: int
    rows: int
    label_width_mm: float
    label_height_mm: float
    text_pt: float
    qr_mm: float = 24  # the symbol without its quiet zone
    logo_mm: float = 7

    @property
    def labels_per_page(self) -> int:
        """Return how many labels a page takes."""
        return self.columns * self.rows


LAYOUTS: Final = {
    layout.code: layout
    for layout in (
        Layout("a4-24", _("A4 sheet, 24 labels of 70 × 37 mm"), 210, 297, 3, 8, 70, 37, 6.8),
        Layout(
            "a4-12", _("A4 sheet, 12 labels of 105 × 48 mm"), 210, 297, 2, 6, 105, 48, 8.5, 32, 11
        ),
        Layout(
            "roll-50x30",
            _("Roll, single labels of 50 × 30 mm"),
            50,
            30,
            1,
            1,
            50,
            30,
            4.6,
            logo_mm=5,
        ),
    )
}
DEFAULT_LAYOUT: Final = "a4-24"

"""Icons as inline SVG, read once from the vendored files, and the mark of the house."""

import re
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "vendor" / "tabler"
_WRAPPER = re.compile(r"<svg.*?>(.*)</svg>", re.DOTALL)
_BLANK = re.compile(r'<path stroke="none"[^>]*/>')


class UnknownIcon(LookupError):
    """No vendored icon has this name; add it to vendor/packages.json and refresh."""


@lru_cache(maxsize=512)
def shapes_of(name: str) -> SafeString:
    """Return the shapes inside an icon's SVG."""
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise UnknownIcon(name)
    found = _WRAPPER.search(path.read_text())
    inner = _BLANK.sub("", found.group(1)) if found else ""
    return mark_safe(re.sub(r"\s*\n\s*", "", inner))  # noqa: S308 (vendored files, checked by hash)


def icon(name: str, *, label: str = "", size: int = 20) -> SafeString:
    """Return an icon; with a label it speaks, without one it is decoration."""
    shown = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="{0}" height="{0}" fill="none" '
        'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        'stroke-linejoin="round" focusable="false" {1}>{2}</svg>',
        size, mark_safe(shown), shapes_of(name),  # noqa: S308 (escaped above)
    )  # fmt: skip

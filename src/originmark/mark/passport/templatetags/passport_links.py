"""Link types as people write them, and linked data inside a page."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from originmark.standards.gs1 import link_types

register = template.Library()
# What could end the block early is written as an escape, which JSON reads as the same character.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def short_type(uri: str) -> str:
    """Return a link type as people write it, as in gs1:pip."""
    return link_types.short(uri)


@register.filter
def json_ld_block(said: dict[str, Any]) -> SafeString:
    """Return linked data as a block that programs find in the page."""
    text = json.dumps(said, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped)

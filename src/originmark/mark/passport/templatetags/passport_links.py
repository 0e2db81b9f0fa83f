"""Link types in words, and linked data inside a page."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from originmark.standards.gs1 import link_types

register = template.Library()
# What could end the block early is written as an escape, which JSON reads as the same character.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def type_label(uri: str) -> str:
    """Return what a link type is called, in the reader's language where it is translated."""
    return gettext(link_types.label(uri))


@register.filter
def json_ld_block(said: dict[str, Any]) -> SafeString:
    """Return linked data as a block that programs find in the page."""
    text = json.dumps(said, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped)

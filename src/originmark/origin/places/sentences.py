"""Stored remarks in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _


def remark_words(remark: dict[str, Any]) -> str:
    """Return a remark as a sentence; it was stored in English with its facts."""
    facts: dict[str, str] = remark["facts"]
    return _(str(remark["sentence"])) % facts

"""Words of rulebooks in the reader's language."""

from typing import Any

from django import template
from django.utils.translation import get_language

from originmark.mark.schemes import rulebook_words
from originmark.mark.schemes.gi_values import Term
from originmark.mark.schemes.star_values import Deadline, Words

register = template.Library()


@register.filter
def said(words: Words | None, language: str = "") -> str:
    """Return a text in a language, by default the reader's; English where there is none."""
    return words.in_language(language or get_language() or "en") if words else ""


@register.filter
def table_label(name: str) -> str:
    """Return what people call a table of a rulebook."""
    return rulebook_words.table_label(name)


@register.filter
def key_label(key: str) -> str:
    """Return what people call a key of a rulebook."""
    return rulebook_words.key_label(key)


@register.filter
def key_value(value: Any) -> str:
    """Return a value of a rulebook as people write it."""
    return rulebook_words.key_value(value)


@register.filter
def chapter_label(chapter: str) -> str:
    """Return what people call a chapter of rules of use."""
    return str(rulebook_words.CHAPTERS.get(chapter, chapter))


@register.filter
def duration(deadline: Deadline | Term) -> str:
    """Return how long a deadline is, such as “1 working day”."""
    return rulebook_words.duration(deadline.amount, deadline.unit)

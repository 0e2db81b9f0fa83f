"""Tags and filters that every template may use: ``{% load web %}``."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from originmark.frame.web import cells, history, icons, sockets

register = template.Library()

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.simple_tag
def icon(name: str, label: str = "", size: int | str = 20) -> SafeString:
    """Return an icon as inline SVG."""
    return icons.icon(name, label=str(label), size=int(size))


@register.filter
def kg(value: Decimal | float | None) -> str:
    """Return a mass with its unit."""
    return _with_unit(value, "kg")


@register.filter
def ha(value: Decimal | float | None) -> str:
    """Return an area with its unit."""
    return _with_unit(value, "ha")


@register.filter
def number(value: Decimal | float | None) -> str:
    """Return a number with grouped digits."""
    return "–" if value is None or value == "" else cells.number(value)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """Return a day, readable by people and machines."""
    return cells.day(value) if value else "–"


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Return a moment to the minute, readable by people and machines."""
    return cells.moment(value) if value else "–"


@register.filter
def has_field_errors(form: forms.BaseForm) -> bool:
    """Return whether any single field is at fault."""
    return any(name in form.fields for name in form.errors)


@register.filter
def is_tick(field: forms.BoundField) -> bool:
    """Return whether a field is a single box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: forms.BoundField) -> bool:
    """Return whether a field is several inputs that need a legend."""
    return isinstance(field.field.widget, GROUPS)


@register.filter
def describers(field: forms.BoundField) -> str:
    """Return the ids of what describes a field: its help and its errors."""
    ids = [f"{field.auto_id}-help"] if field.help_text else []
    return " ".join([*ids, f"{field.auto_id}-errors"] if field.errors else ids)


@register.filter
def with_description(field: forms.BoundField) -> SafeString:
    """Return a field's widget, tied to its help and its errors."""
    attrs: dict[str, Any] = {}
    if ids := describers(field):
        attrs["aria-describedby"] = ids
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


def _with_unit(value: Decimal | float | None, unit: str) -> str:
    if value is None or value == "":
        return "–"
    return format_html("{}{}{}", cells.number(value), THIN_SPACE, unit)


@register.simple_tag(takes_context=True)
def sign_in_blocks(context: template.Context) -> SafeString:
    """Return what the rooms show beside the sign-in form."""
    blocks = sockets.sign_in_blocks(context["request"])
    return format_html_join("", "{}", ((block,) for block in blocks))


@register.inclusion_tag("web/_history.html")
def history_of(record: Model) -> dict[str, Any]:
    """Show who changed a record, when, what and from where."""
    return {"entries": history.history_entries(record)}

"""Parts that the forms of the field book and the shop floor share."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import QuantityField, TypeaheadSelect
from originmark.origin.parties.access import Actor
from originmark.standards.units import UNITS, Quantity
from originmark.trace.lots.models import Lot

MASS_UNITS = [("kg", "kg"), ("jin", "jin 斤"), ("t", "t")]


class MassField(QuantityField):
    """A mass in kilograms, jin or tonnes; cleans to kilograms."""

    def __init__(self, **options: Any) -> None:
        super().__init__(MASS_UNITS, **options)

    def compress(self, data_list: list[Any]) -> Any:
        """Return kilograms, exactly."""
        pair = super().compress(data_list)
        return None if pair is None or pair[0] is None else to_kg(*pair)


def to_kg(value: Decimal, unit: str) -> Decimal:
    """Return a mass in kilograms.

    >>> to_kg(Decimal(500), "jin")
    Decimal('250')
    """
    return Quantity(value, UNITS[unit]).to("kg")


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row of a register, chosen by its code; a link may choose it as well."""

    def __init__(self, rows: QuerySet[Any], **options: Any) -> None:
        options.setdefault("widget", TypeaheadSelect())
        options.setdefault("empty_label", _("Choose …"))
        options.setdefault("error_messages", {"invalid_choice": NOT_HERE})
        super().__init__(rows, to_field_name="code", **options)

    def label_from_instance(self, obj: Any) -> str:
        """Return what the list shows: a lot says what it holds."""
        return lot_label(obj) if isinstance(obj, Lot) else f"{obj.name} · {obj.code}"


NOT_HERE = _(
    "This is not in the list: it may be used up, closed, or another organisation's. "
    "Choose one of the list."
)


class LotsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several lots, ticked."""

    def __init__(self, rows: QuerySet[Lot], **options: Any) -> None:
        options.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(rows, to_field_name="code", **options)

    def label_from_instance(self, obj: Any) -> str:
        """Return the lot with what it holds."""
        return lot_label(obj)


def lot_label(lot: Lot) -> str:
    """Return a lot as a list shows it."""
    left = lot.received_kg - lot.released_kg
    return f"{lot.code} · {lot.product.name} · {left.normalize():f} kg"


def pairs(rows: Iterable[Any]) -> list[tuple[str, Any]]:
    """Return rows as choices, with the empty one first."""
    return [("", _("Choose …")), *((row.code, f"{row.name} · {row.code}") for row in rows)]


class VerbForm(forms.Form):
    """A form that records one event. The hidden identifier makes a double tap store one."""

    more: tuple[str, ...] = ()

    event_id = forms.CharField(widget=forms.HiddenInput, max_length=60)
    happened_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, by: Actor, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by, self.now = by, now
        self.today = timezone.localtime(now).date()
        self.fields["event_id"].initial = str(uuid.uuid4())
        self.fields["happened_on"].initial = self.today
        self.fields["happened_on"].widget.attrs["max"] = self.today.isoformat()
        self.fill()
        self.order_fields([name for name in self.fields if name not in ("happened_on", *self.more)])

    def fill(self) -> None:
        """Add the fields whose choices depend on who asks; each form has its own."""
        raise NotImplementedError

    def record(self, data: dict[str, Any]) -> Lot:
        """Call the service of the verb; return the lot to show next."""
        raise NotImplementedError

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Return what is always asked."""
        return [field for field in self.visible_fields() if field.name not in self.more]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Return what is asked only of those who want to say more."""
        return [field for field in self.visible_fields() if field.name in self.more]

    @property
    def has_more_errors(self) -> bool:
        """Return whether something is wrong in the folded part, so that it must stand open."""
        return any(field.errors for field in self.more_fields)

    def moment(self) -> datetime:
        """Return when it happened: now for today, noon of another day."""
        day: date = self.cleaned_data["happened_on"]
        if day == self.today:
            return self.now
        return timezone.make_aware(datetime.combine(day, time(12)))

    def recording(self) -> dict[str, Any]:
        """Return what every service is told."""
        return {
            "happened_at": self.moment(),
            "by": self.by,
            "now": self.now,
            "event_id": self.cleaned_data["event_id"],
        }

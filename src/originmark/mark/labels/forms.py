"""What a person may type about labels."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import NeededText, TypeaheadSelect
from originmark.mark.labels import selectors
from originmark.mark.labels.models import BrandOptions, LabelRun, PrintFile
from originmark.mark.labels.printing.layouts import DEFAULT_LAYOUT, LAYOUTS
from originmark.mark.labels.refusals import ForeignSerial
from originmark.mark.labels.spans import Span
from originmark.mark.licensing import selectors as licensing
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties.access import Actor
from originmark.trace.lots import selectors as lots

MOST_LOTS = 300


class IssueForm(forms.Form):
    """Which packed lot, which mark, how many labels."""

    lot = forms.ChoiceField(label=_("Packed lot"), widget=TypeaheadSelect())
    brand = forms.ChoiceField(label=_("Mark"))
    count = forms.IntegerField(
        label=_("Labels"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, *args: Any, by: Actor, lot_code: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lot"].choices = _packed_lots(by, lot_code)  # type: ignore[attr-defined]
        self.fields["brand"].choices = _brands(by)  # type: ignore[attr-defined]


def _brands(by: Actor) -> list[tuple[str, str]]:
    """Return the marks, first those that the actor's organisations have a licence for."""
    licensed = set(licensing.licences(by).values_list("brand_id", flat=True))
    rows = sorted(schemes.brands().filter(is_active=True), key=lambda row: row.pk not in licensed)
    return [(row.code, row.name) for row in rows]


def _packed_lots(by: Actor, lot_code: str) -> list[tuple[str, str]]:
    rows = list(lots.stock(by).filter(pack_count__isnull=False)[:MOST_LOTS])
    if lot_code and lot_code not in {row.code for row in rows}:
        rows += list(lots.lots(by).filter(code=lot_code))
    return [("", "")] + [
        (row.code, f"{row.code} · {row.product.name} · {row.organisation.name}") for row in rows
    ]


class RangeForm(forms.Form):
    """Labels from first to last, by their number, their serial or a scan."""

    first = forms.CharField(
        label=_("First label"),
        max_length=300,
        help_text=_("Scan it, or type its number or serial."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    last = forms.CharField(
        label=_("Last label"),
        max_length=300,
        required=False,
        help_text=_("Empty: only the first one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, run: LabelRun, **options: Any) -> None:
        super().__init__(*args, **options)
        self.run = run

    def clean(self) -> dict[str, Any]:
        """Add the indexes of the two labels."""
        cleaned = super().clean() or {}
        ends = {"first": cleaned.get("first"), "last": cleaned.get("last") or cleaned.get("first")}
        for name, typed in ends.items():
            if typed:
                try:
                    cleaned[f"{name}_index"] = selectors.index_of(self.run, typed)
                except ForeignSerial as refusal:
                    if name == "first" or cleaned.get("last"):
                        self.add_error(name, forms.ValidationError(str(refusal), refusal.code))
        return cleaned


class SpoilForm(RangeForm):
    """Which labels are spoiled."""

    reason = forms.CharField(label=_("What happened"), max_length=300, required=False)


class WithdrawForm(RangeForm):
    """Which labels are called back, and why."""

    reason = NeededText(
        label=_("Reason"),
        max_length=300,
        help_text=_("Shoppers who scan one of them read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PrintForm(forms.Form):
    """What to print, on which sheet, led by which language."""

    kind = forms.ChoiceField(label=_("File"), choices=PrintFile.Kind.choices)
    layout = forms.ChoiceField(
        label=_("Sheet"),
        choices=[(layout.code, layout.title) for layout in LAYOUTS.values()],
        initial=DEFAULT_LAYOUT,
    )
    language = forms.ChoiceField(label=_("Leading language"), choices=settings.LANGUAGES)
    first = forms.IntegerField(label=_("From label"), min_value=1)
    last = forms.IntegerField(label=_("To label"), min_value=1)

    def part(self) -> Span:
        """Return the labels to print."""
        return Span(self.cleaned_data["first"] - 1, self.cleaned_data["last"] - 1, "")


class OptionsForm(forms.Form):
    """How the labels of a brand are handled."""

    activation = forms.ChoiceField(
        label=_("Labels become active"),
        choices=BrandOptions.Activation.choices,
        widget=forms.RadioSelect,
    )

"""What a person may type about rolls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import NeededText
from originmark.mark.labels.forms import SpoilForm
from originmark.mark.labels.models import Roll


class CutForm(forms.Form):
    """How many labels a roll has."""

    size = forms.IntegerField(
        label=_("Labels on a roll"),
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class HandOverForm(forms.Form):
    """Who holds a roll now."""

    holder_kind = forms.ChoiceField(label=_("Held by"), choices=Roll.Holder.choices)
    holder_name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("The firm, or the line that runs it.")
    )
    signed_by = forms.CharField(label=_("Signed for by"), max_length=200)
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class CountForm(forms.Form):
    """What is counted on a roll at the end of a shift, since it was cut."""

    used = forms.IntegerField(label=_("Used on packs"), min_value=0)
    spoiled = forms.IntegerField(label=_("Spoiled"), min_value=0)
    left = forms.IntegerField(label=_("Left on the roll"), min_value=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for each in self.fields.values():
            each.widget.attrs["inputmode"] = "numeric"


class ExplainForm(forms.Form):
    """What became of labels that a count did not find."""

    explanation = NeededText(
        label=_("What became of the labels"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnForm(SpoilForm):
    """Which unused labels came back."""

    reason = forms.CharField(label=_("Why they came back"), max_length=300, required=False)


class DestroyForm(SpoilForm):
    """Which returned labels were destroyed."""

    reason = NeededText(
        label=_("Proof"),
        max_length=300,
        help_text=_("Number and day of the record, and who saw it."),
    )

"""What a person may type about licences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import ExactDecimalField, NeededText, TypeaheadSelect
from originmark.mark.licensing.services import Grant
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class GrantForm(forms.Form):
    """A new licence for one brand."""

    organisation = forms.ChoiceField(
        label=_("Who may use the mark"), widget=TypeaheadSelect(), help_text=_("Its holder.")
    )
    products = forms.MultipleChoiceField(
        label=_("On which products"), widget=forms.CheckboxSelectMultiple
    )
    valid_from = day_field(_("From"))
    valid_until = day_field(_("Until"), help_text=_("The last day counts."))
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        required=False,
        help_text=_("Empty: the next free number of the brand and year."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, brand_code: str, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        holders = parties.organisations(by).filter(is_active=True).values_list("pk", "name")
        covered = products.products_of_codes(schemes.brand_products(brand_code))
        self.fields["organisation"].choices = [("", "–"), *holders]  # type: ignore[attr-defined]
        self.fields["products"].choices = [  # type: ignore[attr-defined]
            (each.code, each.name) for each in covered
        ]

    @staticmethod
    def grant(brand_code: str, data: dict[str, Any]) -> Grant:
        """Return what was typed."""
        return Grant(
            brand_code=brand_code,
            organisation_id=int(data["organisation"]),
            products=tuple(data["products"]),
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            number=data["number"].strip(),
            note=data["note"],
        )


class LiftForm(forms.Form):
    """The lifting of a suspension."""

    on = day_field(_("From which day"))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The holder reads it."),
    )


class StepForm(forms.Form):
    """A suspension, or the end of a licence."""

    on = day_field(_("From which day"))
    reason = NeededText(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The holder reads it."),
    )


class QuotaForm(forms.Form):
    """A quota that the office sets by hand."""

    granted_kg = ExactDecimalField(label=_("May be labelled in the season, kg"))
    fuse_at_kg = ExactDecimalField(
        label=_("The fuse blows when so much is left, kg"),
        help_text=_("0, or the weight of the smallest pack: less than that is no use to anybody."),
    )
    reason = NeededText(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The user reads it."),
    )


class AgreementForm(forms.Form):
    """What users of a brand agree to."""

    text = forms.CharField(
        label=_("Text"),
        max_length=50_000,
        widget=forms.Textarea({"rows": 16}),
        help_text=_("An empty line begins a new paragraph."),
    )


class ExitForm(forms.Form):
    """The end of a use."""

    last_use_on = day_field(_("Last day of use"), help_text=_("No label is issued after it."))
    reason = NeededText(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class SettleForm(forms.Form):
    """What became of the labels that were left."""

    labels_returned = forms.IntegerField(label=_("Labels returned"), min_value=0, initial=0)
    labels_destroyed = forms.IntegerField(label=_("Labels destroyed"), min_value=0, initial=0)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

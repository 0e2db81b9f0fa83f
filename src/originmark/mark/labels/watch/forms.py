"""What a shopper and an officer may type about a suspected copy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.mark.labels.models import ConsumerReport


class ReportForm(forms.Form):
    """What is wrong with a pack. ``website`` is a trap: people do not see it, programs fill it."""

    problem = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ConsumerReport.Problem.choices,
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("Code of the pack"),
        max_length=300,
        required=False,
        help_text=_("The twenty characters printed under the square, if you have them."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    shop = forms.CharField(label=_("Shop or web shop"), max_length=200, required=False)
    place = forms.CharField(label=_("Town or district"), max_length=200, required=False)
    text = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photo = forms.FileField(
        label=_("Photo of the pack"),
        required=False,
        help_text=_("JPEG, PNG or WebP. Where it was taken is removed."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only if the programme office may ask you something. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        """Refuse what filled the trap."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this empty, then send the report again."))
        return ""


class WordsForm(forms.Form):
    """What an officer writes about a case."""

    text = forms.CharField(
        label=_("What was found"),
        max_length=300,
        error_messages={"required": _("Write what was found, in a sentence.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecideForm(forms.Form):
    """One decision with one reason for several cases of a lot."""

    cases = forms.TypedMultipleChoiceField(
        label=_("Cases"),
        coerce=int,
        error_messages={"required": _("No case is chosen. Tick at least one.")},
        widget=forms.CheckboxSelectMultiple,
    )
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("dismiss", _("Dismiss: no copy")),
            ("confirm", _("Confirm as copies")),
            ("withdraw", _("Withdraw the labels (cannot be undone)")),
            ("reopen", _("Take the decision back")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What was found"),
        max_length=300,
        error_messages={"required": _("Write what was found, in a sentence.")},
        help_text=_("Shoppers read it where labels are withdrawn."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, cases: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cases"].choices = cases  # type: ignore[attr-defined]

"""What a shopper and an officer may type about a suspected copy."""

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
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

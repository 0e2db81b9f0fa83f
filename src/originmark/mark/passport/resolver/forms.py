"""What a person may type about links."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import TypeaheadSelect
from originmark.mark.passport.resolver.rules import LinkDraft
from originmark.standards.gs1 import link_types


def words(text: str) -> tuple[str, ...]:
    """Return words that stand apart by commas, semicolons or spaces, each once, in order."""
    parts = text.replace(",", " ").replace(";", " ").split()
    return tuple(dict.fromkeys(parts))


class DayField(forms.DateField):
    """A day, chosen or typed as 2026-09-30."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LinkForm(forms.Form):
    """A link; ``draft`` turns what was typed into a LinkDraft."""

    anchor = forms.CharField(
        label=_("About"),
        max_length=400,
        help_text=_("A GS1 Digital Link as it is on the pack, or its path: /01/06901234567892"),
    )
    link_type = forms.ChoiceField(
        label=_("Type of link"),
        choices=[(f"gs1:{name}", f"{label} (gs1:{name})") for name, label in
                 sorted(link_types.CHOICES.items(), key=lambda each: each[1])],
        widget=TypeaheadSelect(),
    )  # fmt: skip
    href = forms.CharField(label=_("Leads to"), max_length=1000, widget=forms.URLInput)
    title = forms.CharField(label=_("Title"), max_length=200)
    media_type = forms.CharField(
        label=_("Format"), max_length=100, required=False, initial="text/html",
        help_text=_("text/html for a page, application/pdf for a document."),
    )  # fmt: skip
    hreflang = forms.CharField(
        label=_("Languages"), max_length=100, required=False, help_text=_("en, vi, zh-CN")
    )
    context = forms.CharField(
        label=_("Contexts"), max_length=200, required=False,
        help_text=_("Where or for whom the link is meant, as in VN or CN; mostly left out."),
    )  # fmt: skip
    valid_from = DayField(label=_("Valid from"), required=False)
    valid_until = DayField(label=_("Valid until"), required=False)
    is_default = forms.BooleanField(
        label=_("Lead here whoever asks for nothing in particular"), required=False
    )
    passes_query = forms.BooleanField(
        label=_("Hand the query of the scanned address on"), required=False, initial=True
    )
    is_public = forms.BooleanField(label=_("Show it to everybody"), required=False, initial=True)

    def draft(self) -> LinkDraft:
        """Return what was typed."""
        said: dict[str, Any] = dict(self.cleaned_data)
        return LinkDraft(
            **{**said, "hreflang": words(said["hreflang"]), "context": words(said["context"])}
        )


class DelegationForm(forms.Form):
    """A number range that another resolver answers for."""

    company_prefix = forms.CharField(
        label=_("GS1 company prefix"), max_length=12, help_text=_("4 to 12 digits")
    )
    resolver_root = forms.CharField(
        label=_("Its resolver"), max_length=300, help_text=_("As in https://id.gs1.org")
    )
    title = forms.CharField(label=_("Who answers"), max_length=200, required=False)


class TestForm(forms.Form):
    """A link to try, and who is supposed to ask."""

    link = forms.CharField(
        label=_("A link, as it is in the code"), max_length=600,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    link_type = forms.CharField(
        label=_("Type of link that is asked for"), max_length=120, required=False,
        help_text=_("gs1:pip, linkset; empty for a plain scan"),
    )  # fmt: skip
    language = forms.CharField(label=_("Language of the phone"), max_length=60, required=False)
    accept = forms.CharField(
        label=_("Format"), max_length=120, required=False,
        help_text=_("text/html for a browser, application/linkset+json for a program"),
    )  # fmt: skip
    context = forms.CharField(label=_("Context"), max_length=60, required=False)

"""What anybody may type about a name that is published for opposition."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from originmark.mark.schemes.gi_forms import text
from originmark.mark.schemes.gi_values import Procedure


class OppositionForm(forms.Form):
    """What anybody may say against a published name."""

    who = forms.CharField(label=_("Who you are"), max_length=200)
    contact = forms.CharField(
        label=_("How to reach you"), max_length=200, help_text=_("Only the office sees it.")
    )
    ground = forms.ChoiceField(label=_("Ground"))
    grounds = text(_("Why the name should not be protected"), required=True)
    evidence = text(_("What shows it"))
    file = forms.FileField(label=_("Paper"), required=False, help_text=_("PDF or picture."))

    def __init__(self, *args: Any, procedure: Procedure, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "en"
        known = [(code, name.in_language(language)) for code, name in procedure.grounds]
        if known:
            self.fields["ground"].choices = [("", "–"), *known]  # type: ignore[attr-defined]
        else:
            del self.fields["ground"]

"""What people may type about organisations and themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from originmark.origin.parties.models import Person


class AcceptForm(forms.Form):
    """Somebody new accepts an invitation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=_("At least 8 characters, not only digits. A short sentence is easy to keep."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        """Check the password against name and address, too."""
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            person = Person(email=self.initial["email"], name=cleaned.get("name", ""))
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return cleaned

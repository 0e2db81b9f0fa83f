"""What people may type about organisations and themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.origin.parties import access, rules, sockets
from originmark.origin.parties.models import Organisation, Person

ROLES = [
    (rules.MANAGER, _("Manager: changes everything of the organisation, its people and keys")),
    (rules.RECORDER, _("Recorder: writes the field book and the shop floor")),
    (rules.INSPECTOR, _("Inspector: reads, to check")),
    (rules.VIEWER, _("Viewer: reads")),
]
NO_LANGUAGE = ("", _("As the browser says"))


class OrganisationForm(forms.Form):
    """Facts of an organisation. The code can be chosen only once."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=200)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Short and for good: letters, digits and hyphens. Left empty, it is made up."),
    )
    registration_scheme = forms.ChoiceField(
        label=_("Register"), choices=[("", _("None")), *Organisation.Scheme.choices], required=False
    )
    registration_number = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        required=False,
        help_text=_("China: 18 characters. Vietnam: 10 or 13 digits. The check digit is checked."),
    )
    gln = forms.CharField(
        label=_("GLN"),
        max_length=13,
        required=False,
        help_text=_("13 digits, if the organisation has one from GS1. Nothing here needs it."),
    )
    gs1_company_prefix = forms.CharField(
        label=_("GS1 company prefix"), max_length=12, required=False
    )
    unit = forms.CharField(
        label=_("Place"),
        max_length=40,
        required=False,
        help_text=_("The key of a county or commune in the register of places, as in cn-140122."),
    )
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    runs_programme = forms.BooleanField(
        label=_("Runs the programme"),
        required=False,
        help_text=_("Its people reach the records of every organisation."),
    )

    def __init__(
        self, data: Any = None, *, by: access.Actor, organisation: Organisation | None = None
    ) -> None:
        initial = _facts(organisation) if organisation else {"kind": Organisation.Kind.COOPERATIVE}
        super().__init__(data, initial=initial)
        if organisation is not None:
            del self.fields["code"]
        if organisation is not None or not access.allows(by, "parties.appoint_office"):
            del self.fields["runs_programme"]
        self._names = dict(organisation.names) if organisation else {}

    def clean_unit(self) -> str:
        """Look up the place; what is shown stays as typed."""
        key: str = self.cleaned_data["unit"]
        try:
            self._unit_id = sockets.unit_id(key)
        except RuleViolation as refusal:
            raise forms.ValidationError(say(refusal)) from None
        return key

    def clean(self) -> dict[str, Any]:
        """Gather the names by language; a number needs a register."""
        cleaned = super().clean() or {}
        for field, language in NAME_FIELDS.items():
            self._names[language] = cleaned.pop(field, "")
        if "unit" in cleaned:
            del cleaned["unit"]
            cleaned["unit_id"] = self._unit_id
        cleaned["names"] = {language: name for language, name in self._names.items() if name}
        if cleaned.get("registration_number") and not cleaned.get("registration_scheme"):
            self.add_error("registration_scheme", _("Choose the register that gave the number."))
        return cleaned


NAME_FIELDS = {"name_zh": "zh-hans", "name_vi": "vi", "name_en": "en"}


def _facts(organisation: Organisation) -> dict[str, Any]:
    same = ("kind", "name", "registration_scheme", "registration_number", "gln")
    more = ("gs1_company_prefix", "address", "phone", "email")
    facts = {field: getattr(organisation, field) for field in same + more}
    names = {field: organisation.names.get(code, "") for field, code in NAME_FIELDS.items()}
    return {**facts, **names, "unit": organisation.unit.key if organisation.unit else ""}


class InviteForm(forms.Form):
    """Whom to invite, and to what."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)


class ApiKeyForm(forms.Form):
    """What a new key is for."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Which program will use it, and where.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=lambda: [(scope, scope) for scope in access.scopes()],
        widget=forms.CheckboxSelectMultiple,
        initial=["read"],
        help_text=_("The key may do what both its role and its scopes allow, and no more."),
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty, the key works until somebody revokes it."),
    )


class ProfileForm(forms.Form):
    """What people say about themselves."""

    name = forms.CharField(label=_("Name"), max_length=200)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[NO_LANGUAGE, *settings.LANGUAGES], required=False
    )


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

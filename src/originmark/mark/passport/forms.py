"""What a shopper may type or share."""

from django import forms
from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 20


class CodeForm(forms.Form):
    """The characters printed under a code."""

    code = forms.CharField(
        label=_("Twenty letters and digits; spaces do not matter"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Return the serial as it is printed."""
        typed = str(self.cleaned_data["code"])
        serial = "".join(each for each in typed if each.isalnum() and each.isascii())
        if len(serial) != CODE_LENGTH:
            raise forms.ValidationError(
                _(
                    "“%(typed)s” is not a code: a code has twenty letters and digits, "
                    "spaces apart. Compare it with the print under the square."
                ),
                params={"typed": typed},
            )
        return serial


class PlaceForm(forms.Form):
    """Where a phone is, in degrees, and the pack before it."""

    code = forms.CharField(max_length=40)
    latitude = forms.FloatField(min_value=-90, max_value=90)
    longitude = forms.FloatField(min_value=-180, max_value=180)

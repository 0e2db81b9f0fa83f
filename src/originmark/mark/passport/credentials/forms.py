"""What somebody brings along who wants a credential verified."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.standards.credentials import did_web
from originmark.standards.credentials.did_web import DocumentInvalid

MOST_BYTES = 1_000_000


class VerifyForm(forms.Form):
    """A credential as text or file; for those of others, their document and status list."""

    credential = forms.CharField(
        label=_("The credential, as text"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(label=_("Or as a file"), required=False)
    document = forms.FileField(
        label=_("The issuer's document (did.json), if it was issued elsewhere"), required=False
    )
    status_list = forms.FileField(
        label=_("The issuer's status list, if it was issued elsewhere"), required=False
    )

    def clean_file(self) -> str:
        """Return the text of the file."""
        return _text(self.cleaned_data["file"])

    def clean_status_list(self) -> str:
        """Return the text of the list."""
        return _text(self.cleaned_data["status_list"])

    def clean_document(self) -> list[did_web.DidDocument]:
        """Return the issuer that the document is of, if one was given."""
        text = _text(self.cleaned_data["document"])
        if not text:
            return []
        try:
            return [did_web.read_document(json.loads(text))]
        except (ValueError, RecursionError, DocumentInvalid) as problem:
            raise forms.ValidationError(
                _("This is no document of an issuer: %(problem)s. Download did.json again."),
                params={"problem": problem},
            ) from None

    def clean(self) -> dict[str, Any]:
        """Take the file where no text was pasted; one of them must be there."""
        found = super().clean() or {}
        if not (found.get("credential") or found.get("file")):
            self.add_error("credential", _("Paste a credential, or choose a file."))
        return found


class RevokeForm(forms.Form):
    """Why a credential counts no more."""

    reason = forms.CharField(label=_("Reason, which everybody may read"), max_length=300)


def _text(file: Any) -> str:
    if file is None:
        return ""
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("The file is larger than 1 MB: it is no credential."))
    return str(file.read(), "utf-8", "replace").strip()

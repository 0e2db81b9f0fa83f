"""What a person may type about queries and subscriptions."""

from typing import Any
from zoneinfo import ZoneInfo

import orjson
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from originmark.standards.epcis.schedule import LIMITS
from originmark.trace.ledger import words

LIVE, IN_TURNS = "live", "turns"


class QueryForm(forms.Form):
    """A query by a few filters, or as JSON where those do not do."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("It stands in the address that programs ask, as in shipped-millet."),
    )
    step = forms.ChoiceField(
        label=_("Step"),
        required=False,
        choices=[("", _("every step")), *words.STEPS.items()],
    )
    lot = forms.CharField(
        label=_("Lot"),
        required=False,
        max_length=500,
        help_text=_("Its whole identifier, as an event has it."),
    )
    thing = forms.CharField(
        label=_("Single thing"),
        required=False,
        max_length=500,
        help_text=_("A pack with a serial, a box, a pallet: its whole identifier."),
    )
    place = forms.CharField(
        label=_("Place"), required=False, max_length=500, help_text=_("Where it was seen.")
    )
    json = forms.CharField(
        label=_("Or as JSON"),
        required=False,
        max_length=100_000,
        strip=False,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false", "class": "code"}),
        help_text=_("The parameters of EPCIS 2.0; everything above is left alone then."),
    )

    def clean_json(self) -> Any:
        """Return what was typed as JSON, or None."""
        text = self.cleaned_data["json"].strip()
        if not text:
            return None
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError as invalid:
            raise forms.ValidationError(
                _("This is no JSON: %(reason)s."), params={"reason": invalid}
            ) from invalid

    @staticmethod
    def body(data: dict[str, Any]) -> Any:
        """Return the query that was typed."""
        if data["json"] is not None:
            return data["json"]
        lists = {
            "EQ_bizStep": [data["step"]],
            "MATCH_anyEPCClass": [data["lot"]],
            "MATCH_anyEPC": [data["thing"]],
            "EQ_readPoint": [data["place"]],
        }
        return {name: values for name, values in lists.items() if any(values)}


class SubscriptionForm(forms.Form):
    """Who is told, and when."""

    dest = forms.CharField(
        label=_("Receiver"),
        max_length=2000,
        help_text=_("The address that each document of events is sent to, as in https://…"),
    )
    secret = forms.CharField(
        label=_("Secret"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("Each delivery is signed with it. Empty: nothing is signed."),
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[(LIVE, _("At once, as events are recorded")), (IN_TURNS, _("At set times"))],
        initial=LIVE,
        widget=forms.RadioSelect,
    )
    minute = forms.CharField(
        label=_("Minutes"),
        required=False,
        max_length=200,
        help_text=_("Where it is at set times: as in 0,30 or [0-5]."),
    )
    hour = forms.CharField(label=_("Hours"), required=False, max_length=200)
    dayOfWeek = forms.CharField(  # noqa: N815 (the standard's name)
        label=_("Weekdays"), required=False, max_length=200, help_text=_("1 is Monday, 7 Sunday.")
    )
    dayOfMonth = forms.CharField(  # noqa: N815 (the standard's name)
        label=_("Days of the month"), required=False, max_length=200
    )
    reportIfEmpty = forms.BooleanField(  # noqa: N815 (the standard's name)
        label=_("Report at set times that there is nothing, too"), required=False
    )
    since = forms.DateTimeField(
        label=_("From this record time on"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: from now on."),
    )

    @staticmethod
    def body(data: dict[str, Any]) -> dict[str, Any]:
        """Return what was typed, as the standard's body of a subscription."""
        schedule = {name: data[name] for name in LIMITS if data.get(name)}
        how: dict[str, Any] = {"schedule": schedule}
        if data["when"] == LIVE:
            how = {"stream": True, **({"schedule": schedule} if schedule else {})}
        body = {**how, "dest": data["dest"], "reportIfEmpty": data["reportIfEmpty"]}
        if data["secret"]:
            body["signatureToken"] = data["secret"]
        if data["since"] is not None:
            here = data["since"].astimezone(ZoneInfo(settings.TIME_ZONE))
            body["initialRecordTime"] = here.isoformat()
        return body

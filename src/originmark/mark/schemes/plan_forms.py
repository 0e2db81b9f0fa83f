"""What a person may type about cultivation plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import ExactDecimalField, TypeaheadSelect
from originmark.mark.schemes import selectors
from originmark.mark.schemes.forms import day
from originmark.mark.schemes.gi_forms import text
from originmark.mark.schemes.plan_models import PlanMeasure
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor


class PlanForm(forms.Form):
    """A plan of a brand."""

    brand_code = forms.ChoiceField(label=_("Brand"))
    title = forms.CharField(label=_("Title"), max_length=200)
    goal = text(_("Goal"))
    begins_on = day(_("Begins on"), required=True)
    ends_on = day(_("Ends on"), required=True)
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), help_text=_("Three letters, as CNY or VND."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = selectors.brands().values_list("code", "name")
        self.fields["brand_code"].choices = [("", "–"), *offered]  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """A measure of a plan."""

    stage = forms.CharField(
        label=_("Stage of the plan"), max_length=120, help_text=_("As in: standards, or market.")
    )
    title = forms.CharField(label=_("Measure"), max_length=200)
    owner_id = forms.TypedChoiceField(label=_("Who answers"), coerce=int, widget=TypeaheadSelect())
    due_on = day(_("Due on"), required=True)
    budget = ExactDecimalField(label=_("Budget"), required=False)

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
        offered = rows.values_list("pk", "name")
        self.fields["owner_id"].choices = [("", "–"), *offered]  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """How a measure stands."""

    state = forms.ChoiceField(label=_("State"), choices=PlanMeasure.State)
    evidence = text(_("What shows it"), help_text=_("Needed once it is done."))
    file = forms.FileField(label=_("Paper"), required=False, help_text=_("PDF or picture."))

"""What a person may type about stars."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.mark.evaluation.models.checks import FieldCheck
from originmark.mark.evaluation.services import Report, RevocationDraft, SampleDraft


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def text_field(label: Any, **options: Any) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea({"rows": 3}), **options
    )


class DecisionForm(forms.Form):
    """The decision behind a revocation."""

    decision_number = forms.CharField(label=_("Number of the decision"), max_length=80)
    decided_on = day_field(_("Decided on"))
    effective_from = day_field(_("Takes effect on"), help_text=_("From this day no star counts."))

    def draft(self, reason: str, hearing_note: str = "") -> RevocationDraft:
        """Return what was typed."""
        return RevocationDraft(
            reason=reason,
            decision_number=self.cleaned_data["decision_number"],
            decided_on=self.cleaned_data["decided_on"],
            effective_from=self.cleaned_data["effective_from"],
            hearing_note=hearing_note,
        )


class RevokeForm(DecisionForm):
    """The revocation of one star."""

    reason = forms.ChoiceField(label=_("Reason"))
    hearing_note = text_field(_("What the producer said when heard"), required=False)
    field_order = ["reason", "decision_number", "decided_on", "effective_from", "hearing_note"]

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = [("", "–"), *reasons]  # type: ignore[attr-defined]


class RevokeLapsedForm(DecisionForm):
    """One decision for all that lapsed."""

    confirmed = forms.IntegerField(
        label=_("How many stars are revoked"),
        min_value=1,
        help_text=_("Type the number that stands above the list."),
    )


class ReportForm(forms.Form):
    """What changed since the recognition."""

    materials = text_field(_("Materials: where they come from now"))
    market = text_field(_("Market: where the product is sold now"))
    quality_declaration = text_field(_("Quality declaration and tests"))
    results = text_field(_("Results since the recognition: output, revenue, jobs"))

    def report(self) -> Report:
        """Return what was typed."""
        return Report(**self.cleaned_data)


class AppealForm(forms.Form):
    """An appeal in the producer's words."""

    grounds = text_field(_("Why the decision is wrong"))
    evidence = forms.FileField(
        label=_("Evidence"), required=False, help_text=_("A PDF or a picture.")
    )


class ReviewerForm(forms.Form):
    """Who reviews an appeal."""

    reviewer = forms.TypedChoiceField(label=_("Reviewer"), coerce=int)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reviewer"].choices = [("", "–"), *people]  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """The decision on an appeal."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reasons = text_field(_("Reasons"), help_text=_("The producer reads them."))

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]


class PlanCheckForm(forms.Form):
    """A visit to come."""

    number = forms.CharField(label=_("Star or dossier"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=FieldCheck.Kind.choices)
    planned_on = day_field(_("Planned on"))
    purpose = forms.CharField(label=_("What to look at"), max_length=300, required=False)


class CheckResultForm(forms.Form):
    """What a visit found."""

    result = forms.ChoiceField(
        label=_("Result"), choices=FieldCheck.Result.choices, widget=forms.RadioSelect
    )
    findings = text_field(_("Findings"), required=False)
    on = day_field(_("Day of the visit"))


class SampleForm(forms.Form):
    """A sealed sample."""

    units = forms.IntegerField(label=_("Units"), min_value=1)
    seal_number = forms.CharField(label=_("Number of the seal"), max_length=60)
    taken_on = day_field(_("Taken on"))
    handed_to = forms.CharField(label=_("Handed to"), max_length=200)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def draft(self) -> SampleDraft:
        """Return what was typed."""
        return SampleDraft(**self.cleaned_data)


class PhotoForm(forms.Form):
    """A photo of what was found."""

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.ClearableFileInput({"accept": "image/*", "capture": "environment"}),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=200)


class HonourForm(forms.Form):
    """An honour for a product."""

    title = forms.CharField(label=_("Title"), max_length=160)
    on = day_field(_("Honoured on"))
    citation = text_field(_("What it is honoured for"), required=False)


class PeriodForm(forms.Form):
    """The period, place and scheme of a count."""

    on_from = day_field(_("From"))
    on_to = day_field(_("To"))
    place = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = [("", _("everywhere")), *places]  # type: ignore[attr-defined]

    def period(self, today: date) -> tuple[date, date, str]:
        """Return what was asked, this year up to today where nothing sensible was."""
        if not self.is_valid() or self.cleaned_data["on_to"] < self.cleaned_data["on_from"]:
            return date(today.year, 1, 1), today, ""
        return (
            self.cleaned_data["on_from"],
            self.cleaned_data["on_to"],
            self.cleaned_data["place"],
        )

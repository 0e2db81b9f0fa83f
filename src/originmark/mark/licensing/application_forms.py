"""What a person may type about applications and findings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import ExactDecimalField, NeededText, TypeaheadSelect
from originmark.mark.licensing.forms import day_field
from originmark.mark.licensing.services import ApplicationDraft, FindingDraft
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import SYSTEM, Actor
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products


def applicants(by: Actor) -> list[tuple[int, str]]:
    """Return for whom the actor may apply."""
    rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
    return [
        (row.pk, row.name)
        for row in rows
        if access.allows(by, "licensing.apply", organisation_id=row.pk)
    ]


class ApplicationForm(forms.Form):
    """An application of one organisation for a brand."""

    products = forms.MultipleChoiceField(
        label=_("For which products"), widget=forms.CheckboxSelectMultiple
    )
    areas = forms.MultipleChoiceField(
        label=_("From which land"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Land that is not here is registered under Places first."),
    )
    season = forms.IntegerField(label=_("Season"), min_value=1900, max_value=2200)
    forecast_kg = ExactDecimalField(label=_("Expected harvest of the season, kg"), required=False)
    own_brand = forms.CharField(
        label=_("Your own brand beside the mark"),
        max_length=200,
        required=False,
        help_text=_("Only if your own brand shall stand on the pack too."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, brand_code: str, organisation_id: int, **more: Any) -> None:
        super().__init__(*args, **more)
        covered = products.products_of_codes(schemes.brand_products(brand_code))
        land = places.growing_areas(SYSTEM).filter(organisation_id=organisation_id)
        self.fields["products"].choices = [(each.code, each.name) for each in covered]  # type: ignore[attr-defined]
        self.fields["areas"].choices = [  # type: ignore[attr-defined]
            (row.code, f"{row.name}, {row.area_ha} ha") for row in land.order_by("name", "pk")
        ]


def draft_of(brand_code: str, organisation_id: int, data: dict[str, Any]) -> ApplicationDraft:
    """Return what was typed."""
    return ApplicationDraft(
        brand_code=brand_code,
        organisation_id=organisation_id,
        products=tuple(data["products"]),
        areas=tuple(data["areas"]),
        season=data["season"],
        forecast_kg=data["forecast_kg"],
        own_brand=data["own_brand"],
        note=data["note"],
    )


class WhoForm(forms.Form):
    """For whom one applies, asked of those who belong to several."""

    organisation = forms.ChoiceField(label=_("Who applies"), widget=TypeaheadSelect())

    def __init__(self, *args: Any, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].choices = [("", "–"), *applicants(by)]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A word about a step that the other side must understand."""

    note = NeededText(
        label=_("What the other side reads"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )


class MayNoteForm(forms.Form):
    """A word about a step that speaks for itself."""

    note = forms.CharField(
        label=_("What the other side reads"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class GrantApplicationForm(forms.Form):
    """The licence that an application leads to."""

    valid_from = day_field(_("From"))
    valid_until = day_field(
        _("Until"),
        required=False,
        help_text=_("The last day counts. Empty: as long as the rules of use say."),
    )
    note = forms.CharField(
        label=_("Conditions"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("They stand on the licence."),
    )


class FindingForm(forms.Form):
    """A non-conformity that a check found."""

    organisation = forms.ChoiceField(label=_("About whom"), widget=TypeaheadSelect())
    brand = forms.ChoiceField(
        label=_("Brand"), required=False, help_text=_("Empty: it speaks against every brand.")
    )
    what = forms.CharField(
        label=_("What was found"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    found_on = day_field(_("Found on"))
    mend_until = day_field(_("To be mended until"), required=False)

    def __init__(self, *args: Any, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        users = parties.organisations(by).filter(is_active=True).values_list("pk", "name")
        brands = schemes.brands().values_list("code", "name")
        self.fields["organisation"].choices = [("", "–"), *users]  # type: ignore[attr-defined]
        self.fields["brand"].choices = [("", "–"), *brands]  # type: ignore[attr-defined]

    @staticmethod
    def draft(data: dict[str, Any]) -> FindingDraft:
        """Return what was typed."""
        return FindingDraft(
            organisation_id=int(data["organisation"]),
            what=data["what"],
            brand_code=data["brand"],
            found_on=data["found_on"],
            mend_until=data["mend_until"],
        )

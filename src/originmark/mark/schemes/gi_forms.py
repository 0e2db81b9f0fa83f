"""What a person may type about applications for a geographical indication."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import TypeaheadSelect
from originmark.mark.schemes import gi_selectors, selectors
from originmark.mark.schemes.countries import country_codes
from originmark.mark.schemes.forms import day
from originmark.mark.schemes.gi_models import GiApplication, GiLink, GiOpposition
from originmark.mark.schemes.gi_proof_models import GiEvidence, GiJudgement
from originmark.mark.schemes.gi_values import Term
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places


def text(label: Any, *, required: bool = False, **options: Any) -> forms.CharField:
    """Return a field for some paragraphs."""
    area = forms.Textarea({"rows": 4})
    return forms.CharField(label=label, required=required, max_length=20000, widget=area, **options)


def applicants(by: Actor) -> list[tuple[int, str]]:
    """Return for whom the actor may apply."""
    rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
    return [
        (row.pk, row.name)
        for row in rows
        if access.allows(by, "schemes.gi_apply", organisation_id=row.pk)
    ]


class GiForm(forms.Form):
    """An application and its specification."""

    name = forms.CharField(label=_("Name to protect"), max_length=300)
    product = forms.CharField(label=_("Product"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of right"), choices=GiApplication.Kind)
    country = forms.CharField(
        label=_("Country"), max_length=60, help_text=_("Its name or ISO code.")
    )
    boundary_code = forms.ChoiceField(
        label=_("Boundary"), required=False, help_text=_("The area as drawn under Places.")
    )
    description = text(_("Description of the product"))
    area = text(_("Area"))
    proof_of_origin = text(_("Proof of origin"))
    method = text(_("Method of production"))
    link = text(_("Link with the place"))
    labelling = text(_("Labelling"))
    control_body = text(_("Control body"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        outlines = places.boundaries().order_by("name", "pk").values_list("code", "name")
        self.fields["boundary_code"].choices = [("", "–"), *outlines]  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        """Return the ISO code of the one country that was typed."""
        codes, unknown = country_codes(self.cleaned_data["country"])
        if unknown or len(codes) != 1:
            raise forms.ValidationError(_("Give one country, by its name or ISO code."))
        return str(codes[0])

    @staticmethod
    def values(row: GiApplication) -> dict[str, Any]:
        """Return what the form starts from when an application is changed."""
        names = ("name", "product", "kind", "country", "boundary_code", *gi_selectors.PARTS)
        return {name: getattr(row, name) for name in names}


class NewGiForm(GiForm):
    """A new application, with who applies."""

    organisation = forms.ChoiceField(label=_("Applicant"), widget=TypeaheadSelect())
    field_order = ("organisation",)

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = applicants(by)
        self.fields["organisation"].choices = mine if len(mine) == 1 else [("", "–"), *mine]  # type: ignore[attr-defined]


class GiLinkForm(forms.Form):
    """A quality of the product and where it comes from."""

    characteristic = forms.CharField(label=_("Quality of the product"), max_length=300)
    factor_kind = forms.ChoiceField(label=_("Kind of factor"), choices=GiLink.Factor)
    factor = text(_("What of the place gives it"))
    evidence_kind = forms.ChoiceField(label=_("Kind of evidence"), choices=GiLink.Evidence)
    evidence = text(_("What shows it"))


class GiEvidenceForm(forms.Form):
    """What shows one property."""

    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=GiEvidence.Kind)
    says = text(_("What it shows"), required=True)
    value = forms.CharField(
        label=_("Figure with its unit"), max_length=120, required=False,
        help_text=_("For a figure, as 8.2 g/100 g."),
    )  # fmt: skip
    method = forms.CharField(label=_("Method"), max_length=200, required=False)
    laboratory = forms.CharField(label=_("Laboratory"), max_length=200, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=500, required=False,
        help_text=_("For a source: title, author, year and page, or an address."),
    )  # fmt: skip
    file = forms.FileField(label=_("Paper"), required=False, help_text=_("PDF or picture."))


class JudgementForm(forms.Form):
    """What the examiner finds."""

    verdict = forms.ChoiceField(
        label=_("Is it shown?"), choices=GiJudgement.Verdict, widget=forms.RadioSelect()
    )
    reason = text(_("Why"), required=True, help_text=_("The applicant reads it."))


class GiDocumentForm(forms.Form):
    """A paper."""

    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(label=_("File"), help_text=_("PDF or picture."))


class GiNoteForm(forms.Form):
    """A word about a step."""

    note = text(_("What the other side reads"))


class ReasonForm(forms.Form):
    """A step that needs its reason."""

    note = text(_("Reason"), required=True, help_text=_("The other side reads it."))


class PublishForm(GiNoteForm):
    """Until when others may oppose, where the procedure does not say."""

    until = day(_("May be opposed until"), required=True, help_text=_("The last day counts."))
    field_order = ("until",)

    def __init__(self, *args: Any, term: Term | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if term is not None:
            del self.fields["until"]


class RegistrationForm(forms.Form):
    """Where the authority registered the name."""

    authority = forms.CharField(label=_("Authority"), max_length=200)
    register = forms.CharField(label=_("Register"), max_length=120)
    right_number = forms.CharField(label=_("Number in the register"), max_length=60)
    registered_on = day(_("Registered on"), required=True)
    valid_until = day(_("Valid until"), help_text=_("Leave empty where the right has no end."))
    brand_code = forms.ChoiceField(label=_("Protects the brand"), required=False)
    note = text(_("Note"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = selectors.brands().values_list("code", "name")
        self.fields["brand_code"].choices = [("", "–"), *offered]  # type: ignore[attr-defined]


class HearingForm(forms.Form):
    """What was said at a hearing."""

    held_on = day(_("Held on"), required=True)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    present = text(_("Who was present"), required=True)
    notes = text(_("What was said"), required=True)


class AnswerForm(forms.Form):
    """The answer of the applicant."""

    answer = text(_("Answer"), required=True)


class OutcomeForm(forms.Form):
    """The outcome of an opposition."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=GiOpposition.Outcome)
    note = text(_("Reason"), required=True)

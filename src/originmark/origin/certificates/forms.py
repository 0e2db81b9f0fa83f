"""What a person may type about certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import TypeaheadSelect
from originmark.origin.certificates import selectors
from originmark.origin.certificates.models import CertificateType
from originmark.origin.certificates.rules import CertificateDraft
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products

MOST_CHOICES = 2000


class DayField(forms.DateField):
    """A day, chosen or typed as 2026-09-30."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CodesField(forms.MultipleChoiceField):
    """Several things, named by their codes."""

    widget = forms.SelectMultiple(attrs={"size": 6})


def holders(by: Actor) -> list[tuple[str, str]]:
    """Return the organisations for which the actor may record certificates."""
    rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
    return [
        (str(each.pk), each.name)
        for each in rows
        if access.allows(by, "certificates.record", organisation_id=each.pk)
    ]


class CertificateForm(forms.Form):
    """A certificate; ``draft`` turns what was typed into a CertificateDraft."""

    type = forms.ChoiceField(label=_("Type"))
    number = forms.CharField(label=_("Number"), max_length=80)
    issuer = forms.CharField(label=_("Issuer"), max_length=200)
    holder = forms.ChoiceField(label=_("Holder"), widget=TypeaheadSelect())
    valid_from = DayField(label=_("Valid from"), required=False)
    valid_until = DayField(
        label=_("Valid until"), required=False, help_text=_("Leave it out where it has no end.")
    )
    scope_kind = forms.ChoiceField(label=_("It covers"), choices=CertificateType.Scope)
    growing_areas = CodesField(label=_("Growing areas"), required=False)
    products = CodesField(label=_("Products"), required=False)
    facilities = CodesField(label=_("Facilities"), required=False)
    area_ha = forms.DecimalField(
        label=_("Area in ha"), required=False, max_digits=12, decimal_places=4
    )
    heads = forms.IntegerField(label=_("Heads"), required=False, max_value=2_000_000_000)
    households = forms.IntegerField(label=_("Households"), required=False, max_value=2_000_000_000)
    document = forms.FileField(
        label=_("Document"), required=False, help_text=_("PDF, JPEG or PNG, up to 20 MB.")
    )
    is_public = forms.BooleanField(
        label=_("Show it to shoppers, with its document"), required=False
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        areas = places.growing_areas(by).order_by("name", "pk")
        things = products.products(by).filter(is_active=True).order_by("name", "pk")
        buildings = places.facilities(by).order_by("name", "pk")
        types = selectors.certificate_types().filter(is_active=True)
        for name, choices in {
            "type": types.values_list("code", "name"),
            "holder": holders(by),
            "growing_areas": areas.values_list("code", "name")[:MOST_CHOICES],
            "products": things.values_list("code", "name")[:MOST_CHOICES],
            "facilities": buildings.values_list("code", "name")[:MOST_CHOICES],
        }.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    def draft(self) -> CertificateDraft:
        """Return what was typed."""
        said = {k: v for k, v in self.cleaned_data.items() if k not in {"document", "holder"}}
        for name in ("growing_areas", "products", "facilities"):
            said[name] = tuple(said[name])
        return CertificateDraft(holder_id=int(self.cleaned_data["holder"]), **said)


class FateForm(forms.Form):
    """Why a certificate loses its force, and from when."""

    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class TypeForm(forms.Form):
    """What a programme decides about a type of certificate."""

    name = forms.CharField(label=_("Name"), max_length=120)
    warning_days = forms.IntegerField(
        label=_("Days of warning before the end"), min_value=0, max_value=730
    )
    number_pattern = forms.CharField(
        label=_("Pattern of its numbers"),
        max_length=120,
        required=False,
        help_text=_("A regular expression; another number is noted, never refused."),
    )
    equivalents = forms.MultipleChoiceField(
        label=_("Counts as well"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, row: CertificateType, **more: Any) -> None:
        super().__init__(*args, **more)
        others = selectors.certificate_types().exclude(pk=row.pk)
        field = self.fields["equivalents"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(others.values_list("code", "name"))
        self.initial = {
            "name": row.name,
            "warning_days": row.warning_days,
            "number_pattern": row.number_pattern,
            "equivalents": list(row.equivalents.values_list("code", flat=True)),
        }

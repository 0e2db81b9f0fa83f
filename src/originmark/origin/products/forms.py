"""What a person may type about products."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import QuantityField, TypeaheadSelect
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.products import rules, selectors
from originmark.origin.products.models import IntellectualProperty, Product, ProductGroup
from originmark.origin.products.rules import ProductDraft, RightDraft

LANGUAGES = (("vi", _("in Vietnamese")), ("zh-hans", _("in Chinese")))


def producers(by: Actor) -> list[tuple[str, str]]:
    """Return the organisations for which the actor may record products."""
    rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
    return [
        (str(each.pk), each.name)
        for each in rows
        if access.allows(by, "products.record", organisation_id=each.pk)
    ]


class DayField(forms.DateField):
    """A day, chosen or typed as 2026-09-30."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProductForm(forms.Form):
    """A product; ``draft`` turns what was typed into a ProductDraft."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200, required=False)
    name_zh_hans = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Letters, digits and hyphens, as in millet-500g. It stays as it is for good."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Product.Kind,
        help_text=_("A crop is harvested, a material is processed, a trade item is sold in packs."),
    )
    organisation = forms.ChoiceField(label=_("Producer"), required=False, widget=TypeaheadSelect())
    gtin = forms.CharField(
        label=_("GTIN"),
        max_length=20,
        required=False,
        help_text=_(
            "The number below the bars: 8, 12, 13 or 14 digits. Leave it out if there is none; "
            "the product then gets an identifier of the programme's own."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    net_content = QuantityField(
        units=list(Product.ContentUnit.choices),  # type: ignore[arg-type]  # labels stay lazy
        label=_("Net content"),
        required=False,
    )
    group = forms.ModelChoiceField(
        ProductGroup.objects.none(), label=_("Group"), required=False, to_field_name="code"
    )
    variety = forms.CharField(label=_("Variety"), max_length=120, required=False)
    specification = forms.CharField(
        label=_("Specification"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "One line for each characteristic: characteristic | limit | unit | method, as in "
            "moisture | at most 13 | % | GB 5009.3"
        ),
    )
    story = forms.CharField(
        label=_("Story"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For the people who scan a pack. An empty line starts a new paragraph."),
    )
    story_vi = forms.CharField(
        label=_("Story in Vietnamese"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    story_zh_hans = forms.CharField(
        label=_("Story in Chinese"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, by: Actor, product: Product | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = producers(by)
        if access.allows(by, "products.catalogue"):
            choices = [("", str(_("The programme's catalogue"))), *choices]
        organisation, group = self.fields["organisation"], self.fields["group"]
        if isinstance(organisation, forms.ChoiceField):
            organisation.choices = choices
        if isinstance(group, forms.ModelChoiceField):
            group.queryset = selectors.groups()
        if product is not None:
            self.fields["code"].disabled = True
            self.initial = {**typed(product), **self.initial}

    def draft(self) -> ProductDraft:
        """Return what was typed; raises a refusal where that cannot be a product."""
        said = self.cleaned_data
        amount, unit = said["net_content"] or (None, "g")
        grams, pieces = rules.net_content(amount, unit)
        return ProductDraft(
            code=said["code"],
            kind=said["kind"],
            name=said["name"],
            gtin=said["gtin"],
            names={"vi": said["name_vi"], "zh-hans": said["name_zh_hans"]},
            group=said["group"].code if said["group"] else "",
            variety=said["variety"],
            net_content_g=grams,
            net_content_pieces=pieces,
            net_content_unit=unit,
            organisation_id=int(said["organisation"]) if said["organisation"] else None,
            story=said["story"],
            stories={"vi": said["story_vi"], "zh-hans": said["story_zh_hans"]},
            specification=rules.read_specification(said["specification"]),
        )


def typed(product: Product) -> dict[str, Any]:
    """Return a product as it stands in its form."""
    unit = product.net_content_unit
    amount = rules.shown_amount(product.net_content_g, product.net_content_pieces, unit)
    return {
        "code": product.code,
        "kind": product.kind,
        "name": product.name,
        "name_vi": product.names.get("vi", ""),
        "name_zh_hans": product.names.get("zh-hans", ""),
        "gtin": product.gtin,
        "group": product.group.code if product.group else None,
        "variety": product.variety,
        "net_content": None if amount is None else (_plain(amount), unit),
        "organisation": product.organisation_id or "",
        "specification": rules.write_specification(product.specification),
        "story": product.story,
        "story_vi": product.stories.get("vi", ""),
        "story_zh_hans": product.stories.get("zh-hans", ""),
    }


class PictureForm(forms.Form):
    """A picture and what it shows."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, up to 8 MB. Where it was taken is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    description = forms.CharField(
        label=_("What it shows"),
        max_length=200,
        help_text=_("One sentence, for people who cannot see it."),
    )


class RightForm(forms.Form):
    """A right in a product."""

    kind = forms.ChoiceField(label=_("Kind"), choices=IntellectualProperty.Kind)
    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.CharField(label=_("Number"), max_length=80)
    authority = forms.CharField(label=_("Authority"), max_length=200)
    holder = forms.CharField(label=_("Holder"), max_length=200, required=False)
    registered_on = DayField(label=_("Registered on"), required=False)
    valid_until = DayField(label=_("Valid until"), required=False)
    withdrawn_on = DayField(label=_("Withdrawn on"), required=False)
    document = forms.FileField(
        label=_("Document"), required=False, help_text=_("PDF, JPEG or PNG, up to 20 MB.")
    )

    def draft(self) -> RightDraft:
        """Return what was typed."""
        return RightDraft(**{name: self.cleaned_data[name] for name in RightDraft.__slots__})


class GroupForm(forms.Form):
    """A product group and the wider group that it is part of."""

    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=120, required=False)
    name_zh_hans = forms.CharField(label=_("Name in Chinese"), max_length=120, required=False)
    parent = forms.ModelChoiceField(
        ProductGroup.objects.none(), label=_("Part of"), required=False, to_field_name="code"
    )

    def __init__(self, *args: Any, group: ProductGroup | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        parent = self.fields["parent"]
        if isinstance(parent, forms.ModelChoiceField):
            parent.queryset = selectors.groups()
        if group is not None:
            self.fields["code"].disabled = True
            self.initial = {
                "code": group.code,
                "name": group.name,
                "name_vi": group.names.get("vi", ""),
                "name_zh_hans": group.names.get("zh-hans", ""),
                "parent": group.parent.code if group.parent else None,
            }


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f")

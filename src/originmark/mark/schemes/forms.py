"""What a person may type about brands, rights and rulebooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import TypeaheadSelect
from originmark.mark.schemes import selectors
from originmark.mark.schemes.countries import country_codes
from originmark.mark.schemes.drafts import BrandDraft, RightDraft
from originmark.mark.schemes.models import Brand, Right
from originmark.mark.schemes.rulebook_text import LONGEST_BYTES
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products

LANGUAGES = {"vi": "Tiếng Việt", "zh-hans": "简体中文"}


class DayInput(forms.DateInput):
    """The browser's own calendar; it speaks ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day that may be left empty."""
    options.setdefault("required", False)
    return forms.DateField(label=label, widget=DayInput(), **options)


class BrandForm(forms.Form):
    """A brand and what may carry it."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Short and lasting, as in yangqu-millet.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200, required=False)
    name_zh_hans = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Brand.Kind)
    owner = forms.ChoiceField(
        label=_("Owner"), widget=TypeaheadSelect(), help_text=_("Who holds the mark.")
    )
    mother = forms.ChoiceField(
        label=_("Mother brand"),
        required=False,
        help_text=_("The public brand that this one stands under; none for most."),
    )
    founded_year = forms.IntegerField(
        label=_("Founded in"), required=False, min_value=1, help_text=_("A year, as in 1876.")
    )
    recognised_by = forms.CharField(
        label=_("Recognised by"),
        max_length=200,
        required=False,
        help_text=_("The authority that recognised it as time-honoured."),
    )
    recognised_on = day(_("Recognised on"))
    boundary_code = forms.ChoiceField(
        label=_("Boundary"),
        required=False,
        help_text=_("From inside it all goods must come; none: from anywhere."),
    )
    products = forms.MultipleChoiceField(
        label=_("Products that may carry the brand"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    story = forms.CharField(
        label=_("Story"), required=False, max_length=5000, widget=forms.Textarea({"rows": 6})
    )
    logo = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG, JPEG or WebP, as it is printed.")
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        owners = parties.organisations(by).filter(is_active=True).values_list("pk", "name")
        offered = products.products(by).order_by("name", "pk").values_list("code", "name")
        outlines = places.boundaries().order_by("name", "pk").values_list("code", "name")
        self.fields["boundary_code"].choices = [("", "–"), *outlines]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", "–"), *owners]  # type: ignore[attr-defined]
        mothers = selectors.brands().values_list("code", "name")
        self.fields["mother"].choices = [("", "–"), *mothers]  # type: ignore[attr-defined]
        self.fields["products"].choices = list(offered)  # type: ignore[attr-defined]

    @staticmethod
    def values(brand: Brand) -> dict[str, Any]:
        """Return what the form starts from when a brand is changed."""
        return {
            "code": brand.code,
            "name": brand.name,
            "name_vi": brand.names.get("vi", ""),
            "name_zh_hans": brand.names.get("zh-hans", ""),
            "kind": brand.kind,
            "owner": brand.owner_id,
            "mother": brand.mother.code if brand.mother else "",
            "founded_year": brand.founded_year,
            "recognised_by": brand.recognised_by,
            "recognised_on": brand.recognised_on,
            "boundary_code": brand.boundary_code,
            "products": selectors.brand_products(brand.code),
            "story": brand.story,
            "is_active": brand.is_active,
        }

    @staticmethod
    def draft(data: dict[str, Any]) -> BrandDraft:
        """Return what was typed."""
        names = {"vi": data["name_vi"], "zh-hans": data["name_zh_hans"]}
        return BrandDraft(
            code=data["code"],
            name=data["name"],
            names={language: name for language, name in names.items() if name},
            kind=data["kind"],
            owner_id=int(data["owner"]),
            boundary_code=data["boundary_code"].strip(),
            story=data["story"],
            products=tuple(data["products"]),
            is_active=data["is_active"],
            mother_code=data["mother"],
            founded_year=data["founded_year"],
            recognised_by=data["recognised_by"].strip(),
            recognised_on=data["recognised_on"],
        )


class ConsentForm(forms.Form):
    """A consent to joint use."""

    valid_from = day(_("From"), required=True)
    valid_until = day(_("Until"), help_text=_("The last day counts. Empty: without end."))
    note = forms.CharField(
        label=_("By which paper"), max_length=300, help_text=_("As in: letter of 3 October 2026.")
    )


class ConsentEndForm(forms.Form):
    """The last day of a consent."""

    valid_until = day(_("Last day"), required=True)


class RightForm(forms.Form):
    """A right as it stands in its register."""

    name = forms.CharField(label=_("Protected name"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=Right.Kind)
    authority = forms.CharField(
        label=_("Authority"), max_length=200, help_text=_("Who keeps the register.")
    )
    register = forms.CharField(label=_("Register"), max_length=120)
    number = forms.CharField(label=_("Number in the register"), max_length=60)
    country = forms.CharField(
        label=_("Country"), max_length=200, help_text=_("Name or ISO code; commas between several.")
    )
    status = forms.ChoiceField(label=_("Status"), choices=Right.Status, initial="registered")
    product_class = forms.CharField(label=_("Product class"), max_length=200, required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    applied_on = day(_("Applied for on"))
    published_on = day(_("Published on"))
    registered_on = day(_("Registered on"))
    valid_until = day(_("Valid until"), help_text=_("Empty: without end."))
    brand = forms.ChoiceField(label=_("Protects the brand"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = selectors.brands().values_list("code", "name")
        self.fields["brand"].choices = [("", "–"), *offered]  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        """Return ISO codes for what was typed."""
        codes, unknown = country_codes(self.cleaned_data["country"])
        if unknown:
            raise forms.ValidationError(
                _("There is no country “%(name)s”. Give its name or ISO code."),
                params={"name": ", ".join(unknown)},
            )
        return " ".join(codes)

    @staticmethod
    def values(right: Right) -> dict[str, Any]:
        """Return what the form starts from when a right is changed."""
        given = {name: getattr(right, name) for name in RightDraft.__dataclass_fields__}
        country = ", ".join(right.country.split())
        return {**given, "country": country, "brand": right.brand.code if right.brand else ""}

    @staticmethod
    def draft(data: dict[str, Any]) -> RightDraft:
        """Return what was typed."""
        return RightDraft(**{name: data[name] for name in RightDraft.__dataclass_fields__})


class RulebookForm(forms.Form):
    """A new version of a rulebook: a file, or its text."""

    file = forms.FileField(
        label=_("Rulebook file"), required=False, help_text=_("TOML, as the reference describes.")
    )
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        strip=False,
        max_length=LONGEST_BYTES,
        widget=forms.Textarea({"rows": 16, "class": "code", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Take the text of the file, if there is one."""
        data = super().clean() or {}
        if file := data.get("file"):
            if file.size > LONGEST_BYTES:
                raise forms.ValidationError(_("The file is longer than a rulebook can be."))
            try:
                data["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise forms.ValidationError(_("The file is no text in UTF-8.")) from error
        if not str(data.get("text", "")).strip():
            raise forms.ValidationError(_("Choose a file, or paste the text of a rulebook."))
        data["text"] = data["text"].replace("\r\n", "\n")
        return data

"""What a person may type about a label."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import TypeaheadSelect
from originmark.mark.labels.artwork.content import CATEGORIES, FIELD_NAMES, MARKETS

UNITS = [("g", _("g")), ("kg", _("kg")), ("jin", _("jin (500 g)")), ("ml", _("ml")),
         ("l", _("l")), ("piece", _("pieces"))]  # fmt: skip


def _line(name: str, *, help_text: Any = "", max_length: int = 300) -> forms.CharField:
    return forms.CharField(
        label=_(FIELD_NAMES[name]), help_text=help_text, max_length=max_length, required=False
    )


def _text(name: str, *, help_text: Any = "") -> forms.CharField:
    field = _line(name, help_text=help_text, max_length=2000)
    field.widget = forms.Textarea(attrs={"rows": 2})
    return field


class LabelForm(forms.Form):
    """Which label: of what product, for which market, printed when."""

    product = forms.ChoiceField(label=_("Product"), widget=TypeaheadSelect())
    market = forms.ChoiceField(
        label=_("Market"), choices=[(code, _(name)) for code, name in MARKETS.items()]
    )
    category = forms.ChoiceField(
        label=_("Kind of goods"), choices=[(code, _(name)) for code, name in CATEGORIES.items()]
    )
    print_on = forms.DateField(
        label=_("To be printed on"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The rules, stars and licences of this day count."),
    )  # fmt: skip


class ArtworkForm(LabelForm):
    """A label as it will be printed: what is left empty is not on it."""

    brand_code = forms.ChoiceField(label=_("Logo of the brand"), required=False)
    name = _line("name")
    organisation = _line("organisation")
    address = _line("address")
    contact = _line("contact")
    organisation_id = _line("organisation_id")
    origin = _line("origin")
    net_content = forms.DecimalField(
        label=_("Net content"), max_digits=12, decimal_places=3, min_value=0, required=False
    )
    net_unit = forms.ChoiceField(label=_("Unit"), choices=UNITS)
    production_date = _line(
        "production_date", max_length=40,
        help_text=_("As printed, or its mask where it is printed later: DD/MM/YYYY, YYYY-MM-DD."),
    )  # fmt: skip
    expiry_date = _line("expiry_date", max_length=40)
    shelf_life_months = forms.IntegerField(
        label=_("Shelf life, months"), min_value=1, max_value=1200, required=False
    )
    ingredients = _text("ingredients")
    allergens = _text(
        "allergens",
        help_text=_("As shown beside the ingredients or marked among them; none where none are."),
    )
    warnings = _text("warnings")
    instructions = _text("instructions")
    storage = _text("storage")
    ethanol_percent = forms.DecimalField(
        label=_("Ethanol, % by volume"), min_value=0, max_value=100, max_digits=5,
        decimal_places=2, required=False,
    )  # fmt: skip
    lot_id = _line("lot_id")
    gtin = _line("gtin", max_length=14)
    standard_code = _line("standard_code")
    production_licence = _line("production_licence")
    traceability = _line(
        "traceability", help_text=_("How a buyer reads where it came from: code, address.")
    )
    certificates = _text("certificates")
    claims = _text("claims", help_text=_("Everything that praises the goods, word for word."))
    star_count = forms.IntegerField(label=_("Stars shown"), min_value=0, max_value=5, initial=0)
    has_gi_sign = forms.BooleanField(
        label=_("The special sign of a geographical indication is on it"), required=False
    )
    credit_code = _line("credit_code", max_length=18)

    def __init__(
        self,
        *args: Any,
        products: list[tuple[str, str]],
        brands: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["product"].choices = products  # type: ignore[attr-defined]
        self.fields["brand_code"].choices = [("", _("None")), *brands]  # type: ignore[attr-defined]

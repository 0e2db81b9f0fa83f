"""What a person may ask of a template."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import TypeaheadSelect
from originmark.mark.labels.artwork.content import CATEGORIES, MARKETS
from originmark.mark.labels.artwork.design.drawing import DesignAsked
from originmark.mark.labels.artwork.design.panels import PANELS


class DesignForm(forms.Form):
    """Which label is to be designed."""

    product = forms.ChoiceField(label=_("Product"), widget=TypeaheadSelect())
    market = forms.ChoiceField(
        label=_("Market"), choices=[(code, _(name)) for code, name in MARKETS.items()]
    )
    category = forms.ChoiceField(
        label=_("Kind of goods"), choices=[(code, _(name)) for code, name in CATEGORIES.items()]
    )
    panel = forms.ChoiceField(
        label=_("Panel"), choices=[(each.code, each.title) for each in PANELS.values()]
    )
    language = forms.ChoiceField(label=_("Language of the label"), choices=settings.LANGUAGES)
    print_on = forms.DateField(
        label=_("To be printed on"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The rules, stars and licences of this day count."),
    )  # fmt: skip
    brand = forms.ChoiceField(label=_("Logo of the brand"), required=False)

    def __init__(
        self,
        *args: Any,
        products: list[tuple[str, str]],
        brands: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["product"].choices = products  # type: ignore[attr-defined]
        self.fields["brand"].choices = [("", _("None")), *brands]  # type: ignore[attr-defined]

    def asked(self) -> DesignAsked:
        """Return what a valid form asks for."""
        data = self.cleaned_data
        return DesignAsked(
            product_code=data["product"], market=data["market"], category=data["category"],
            print_on=data["print_on"], panel=data["panel"], language=data["language"],
            brand_code=data["brand"],
        )  # fmt: skip

"""What a person may ask of a template."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from originmark.mark.labels.artwork.design.drawing import DesignAsked
from originmark.mark.labels.artwork.design.panels import PANELS
from originmark.mark.labels.artwork.forms import LabelForm


class DesignForm(LabelForm):
    """Which label is to be designed."""

    panel = forms.ChoiceField(
        label=_("Panel"), choices=[(each.code, each.title) for each in PANELS.values()]
    )
    language = forms.ChoiceField(label=_("Language of the label"), choices=settings.LANGUAGES)
    brand = forms.ChoiceField(label=_("Logo of the brand"), required=False)
    field_order = ("product", "market", "category", "panel", "language", "print_on", "brand")

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

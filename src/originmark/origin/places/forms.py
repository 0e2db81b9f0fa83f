"""What a person may type about places."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import QuantityField, TypeaheadSelect
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.origin.places import selectors
from originmark.origin.places.drawings import read_drawing
from originmark.origin.places.models import AdministrativeUnit, Facility
from originmark.standards.units import AREA_UNITS, UNITS, Quantity

Choices = list[tuple[int, str]]
LARGEST_FILE = 5_000_000
OUTLINE_HELP = _(
    "Draw it on the map, walk along the edge with your phone, or paste GeoJSON, KML, WKT or lines "
    "of longitude and latitude."
)
UNIT_CHOICES = [(unit.code, unit.symbol) for unit in AREA_UNITS]


class UnitField(forms.CharField):
    """An administrative unit by its key; cleans to the unit.

    Without scripts the select offers the provinces; with them every unit can be found.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Place"))
        options.setdefault("help_text", _("Type a name with or without accents."))
        super().__init__(required=False, widget=TypeaheadSelect(), **options)
        self.widget.attrs["data-typeahead"] = reverse_lazy("places:unit-search")

    def offer(self, key: str | None) -> None:
        """Fill the select: nothing, what is chosen, the provinces of today."""
        provinces = AdministrativeUnit.objects.filter(level="province", valid_until=None)
        rows = [(unit.key, unit.name) for unit in provinces.order_by("-scheme", "code")]
        if key and (chosen := AdministrativeUnit.objects.filter(key=key).first()):
            rows.insert(0, (key, selectors.full_name(chosen)))
        self.widget.choices = [("", "–"), *rows]

    def clean(self, value: Any) -> AdministrativeUnit | None:
        """Return the unit of a key."""
        key = super().clean(value)
        if not key:
            return None
        try:
            return selectors.unit(key)
        except RuleViolation as unknown:
            raise forms.ValidationError(say(unknown)) from None


class OutlineMixin(forms.Form):
    """An outline, drawn or pasted, or in a file; the file wins."""

    geometry = forms.CharField(
        label=_("Outline"),
        required=False,
        strip=True,
        help_text=OUTLINE_HELP,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "data-outline": ""}),
    )
    outline_file = forms.FileField(
        label=_("Or a file with the outline"),
        required=False,
        help_text=_("GeoJSON, KML, WKT or CSV with one corner a line, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,.kml,.wkt,.csv,.txt"}),
    )

    @property
    def map_tiles(self) -> str:
        """Return the address of the base map, if the installation has one."""
        return str(settings.MAP_TILES_URL)

    @property
    def map_tiles_credit(self) -> str:
        """Return whom to thank for the base map."""
        return str(settings.MAP_TILES_CREDIT)

    def clean(self) -> dict[str, Any]:
        """Read the outline, so that ``geometry`` is a GeoJSON object or nothing."""
        data = super().clean() or self.cleaned_data
        name = "outline_file" if data.get("outline_file") else "geometry"
        text = self._text(data.get("outline_file")) if name == "outline_file" else data["geometry"]
        data["geometry"] = None
        if text and not self.errors.get(name):
            try:
                data["geometry"] = read_drawing(text)
            except RuleViolation as refused:
                self.add_error(name, say(refused))
        return data

    def _text(self, file: Any) -> str:
        if file.size > LARGEST_FILE:
            words = _("The file has %(size)s MB and at most 5 MB are taken. Simplify the outline.")
            size = round(file.size / 1_000_000, 1)
            self.add_error("outline_file", words % {"size": size})
            return ""
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            words = _("The file is not plain text in UTF-8. Export GeoJSON or KML (not KMZ).")
            self.add_error("outline_file", words)
            return ""
        return text


class GrowingAreaForm(OutlineMixin):
    """Land that somebody registers."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    name = forms.CharField(label=_("Name of the plot"), max_length=200)
    declared_value = QuantityField(
        UNIT_CHOICES,
        label=_("Declared area"),
        help_text=_(
            "As the contract or the land certificate says. 1 mu (亩) is 1/15 ha; a sào is 360 m² "
            "in the north of Vietnam and 500 m² in the centre; a công is 1,000 m²."
        ),
    )
    unit = UnitField()
    crop = forms.CharField(label=_("Crop"), max_length=120, required=False)
    grower = forms.CharField(
        label=_("Grower"),
        max_length=200,
        required=False,
        help_text=_("Who works the land, if it is not the organisation itself."),
    )
    registration_code = forms.CharField(
        label=_("Growing-area code"),
        max_length=40,
        required=False,
        help_text=_("The official code, as in VN-TGOR-0095, if the land has one."),
    )
    code = forms.CharField(
        label=_("Code of our own"),
        max_length=60,
        required=False,
        help_text=_("Letters, digits and hyphens. Left empty, the next number is given."),
    )
    field_order = (
        "organisation", "name", "declared_value", "unit", "crop", "grower", "geometry",
        "outline_file", "registration_code", "code",
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_organisations(self, organisations)

    def details(self) -> dict[str, Any]:
        """Return what the service takes, but for the organisation and the code."""
        data = self.cleaned_data
        value, code = data["declared_value"]
        return {
            "name": data["name"],
            "declared": Quantity(value, UNITS[code]),
            "geometry": data["geometry"],
            "unit_id": data["unit"].pk if data["unit"] else None,
            "crop": data["crop"],
            "grower": data["grower"],
            "registration_code": data["registration_code"],
        }


class FacilityForm(forms.Form):
    """A place of work."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Facility.Kind.choices)
    unit = UnitField()
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    latitude = forms.FloatField(
        label=_("Latitude"),
        required=False,
        help_text=_("In degrees, as in 38.06."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-latitude": ""}),
    )
    longitude = forms.FloatField(
        label=_("Longitude"),
        required=False,
        help_text=_("In degrees, as in 112.67."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-longitude": ""}),
    )
    gln = forms.CharField(
        label=_("GLN"),
        max_length=20,
        required=False,
        help_text=_("13 digits, if the place has one; nothing here needs it."),
    )
    registration_code = forms.CharField(
        label=_("Packing-facility code"), max_length=40, required=False,
        help_text=_("The official code, as in VN-TGPH-0012, if the house has one."),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code of our own"),
        max_length=60,
        required=False,
        help_text=_("Letters, digits and hyphens. Left empty, the next number is given."),
    )

    def __init__(self, *args: Any, organisations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_organisations(self, organisations)

    def clean(self) -> dict[str, Any]:
        """Take a position whole or not at all."""
        data = super().clean() or self.cleaned_data
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            missing = "latitude" if data.get("latitude") is None else "longitude"
            self.add_error(missing, _("A position needs both figures: give this one, too."))
        return data

    def details(self) -> dict[str, Any]:
        """Return what the service takes, but for the organisation and the code."""
        data = self.cleaned_data
        same = ("name", "kind", "address", "latitude", "longitude", "gln", "registration_code")
        unit_id = data["unit"].pk if data["unit"] else None
        return {"unit_id": unit_id, **{name: data[name] for name in same}}


class BoundaryForm(OutlineMixin):
    """The outline inside which a mark may be grown."""

    name = forms.CharField(label=_("Name"), max_length=200)
    unit = UnitField(label=_("Unit it belongs to"))
    source = forms.CharField(
        label=_("Source of the outline"),
        max_length=300,
        help_text=_("Who drew it, in which decision, with which licence."),
    )
    valid_from = forms.DateField(
        label=_("Valid from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        required=False,
        help_text=_("Letters, digits and hyphens. Left empty, the next number is given."),
    )
    field_order = ("name", "geometry", "outline_file", "source", "unit", "valid_from", "code")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_unit(self)


class ReasonForm(forms.Form):
    """Why a growing area is suspended, resumed or closed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("The grower reads it on the page of the growing area."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FeaturesForm(forms.Form):
    """A GeoJSON file with many growing areas."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    file = forms.FileField(
        label=_("GeoJSON file"),
        help_text=_(
            "A FeatureCollection. Each feature has an outline and the properties name, area "
            '(as in "52 mu") and, if you like, code, crop, grower, place and registration_code.'
        ),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )

    def __init__(self, *args: Any, organisations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]


def _offer_organisations(form: forms.Form, organisations: Choices) -> None:
    form.fields["organisation"].choices = organisations  # type: ignore[attr-defined]
    if len(organisations) == 1:
        form.fields["organisation"].widget = forms.HiddenInput()
        form.initial.setdefault("organisation", organisations[0][0])
    _offer_unit(form)


def _offer_unit(form: forms.Form) -> None:
    field = form.fields["unit"]
    if isinstance(field, UnitField):
        field.offer(form["unit"].value())

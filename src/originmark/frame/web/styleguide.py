"""Every part of a page on one page: to look at, and to be checked for accessibility."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from originmark.frame.web import icons
from originmark.frame.web.charts import Bar, bar_chart, line_chart, share_bar
from originmark.frame.web.forms import QuantityField, TypeaheadSelect
from originmark.frame.web.maps import Shape, svg_map
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page

FIELD = [[112.50, 38.05], [112.55, 38.06], [112.56, 38.02], [112.52, 38.00], [112.50, 38.05]]
FAR_FIELD = [[112.60, 38.09], [112.66, 38.10], [112.67, 38.05], [112.60, 38.09]]
BORDER = [[112.42, 37.96], [112.74, 37.97], [112.72, 38.12], [112.44, 38.13], [112.42, 37.96]]
TABLE = Table(
    name="kinds",
    columns=[
        Column("model", _("Kind of record"), sort="model"),
        Column("app_label", _("Room"), sort="app_label"),
        Column("id", _("Number"), sort="pk", align="end"),
        Column("state", _("State"), value=lambda row: _state(row.pk), is_wide_only=True),
    ],
    filters=[
        Filter(
            "half",
            _("Half"),
            choices=[("low", _("Low numbers")), ("high", _("High numbers"))],
            apply=lambda rows, value: (
                rows.filter(pk__lt=10) if value == "low" else rows.filter(pk__gte=10)
            ),
        )
    ],
    search=["model__icontains", "app_label__icontains"],
    default_sort="app_label",
    empty=EmptyState(_("No kinds of record"), _("Migrate the database first.")),
    rows_on_a_page=6,
)


class ExampleForm(forms.Form):
    name = forms.CharField(label=_("Name of the lot"), help_text=_("As it stands on the sacks."))
    mass = QuantityField([("kg", "kg"), ("t", "t")], label=_("Mass"))
    product = forms.ChoiceField(
        label=_("Product"),
        choices=[("", ""), ("millet", _("Millet")), ("flour", _("Millet flour"))],
        widget=TypeaheadSelect(),
    )
    happened_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    process = forms.ChoiceField(
        label=_("Process"),
        choices=[("dry", _("Dried")), ("raw", _("As harvested"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)
    is_checked = forms.BooleanField(label=_("I have weighed it"), required=False)


@require_GET
def styleguide(request: HttpRequest) -> HttpResponseBase:
    """Show every component; for builders, demonstrations and whoever is signed in."""
    if not (settings.DEBUG or settings.IS_DEMONSTRATION or request.user.is_authenticated):
        raise Http404
    messages.success(request, _("Lot YQ-2026-014 was recorded."))
    typed = {"wrong-name": "", "wrong-mass_0": "1,250", "wrong-mass_1": "kg"}
    wrong = ExampleForm(typed, prefix="wrong")
    context = {
        "form": ExampleForm(),
        "wrong_form": wrong,
        "tones": ["ok", "warn", "bad", "info", "plain"],
        "icon_names": sorted(path.stem for path in icons.FOLDER.glob("*.svg")),
        "map": _example_map(),
        "bars": bar_chart(
            [Bar(month, kg) for month, kg in (("Sep", 820), ("Oct", 3140), ("Nov", 1210))],
            title=_("Harvested"),
            unit="kg",
        ),
        "line": line_chart(
            [(f"10-{day:02}", Decimal(f"{13 + (day * 7) % 5 / 10:.1f}")) for day in range(1, 15)],
            title=_("Moisture"),
            unit="%",
            limit=14,
        ),
        "shares": share_bar(
            [Bar("packed", 1840, "primary"), Bar("lost", 60, "warn"), Bar("left", 620, "plain")],
            title=_("Lot YQ-2026-014"),
            unit="kg",
        ),
    }
    rows = ContentType.objects.all()
    return table_page(request, TABLE, rows, template="web/styleguide.html", context=context)


def _state(number: int) -> Badge:
    tone = ("ok", "warn", "bad", "info", "plain")[number % 5]
    words = {
        "ok": _("Passed"),
        "warn": _("Due in 2 days"),
        "bad": _("Missing 120 labels"),
        "info": _("In transit"),
        "plain": _("Closed"),
    }
    return Badge(words[tone], tone)


def _example_map() -> str:
    def ground(ring: list[list[float]]) -> dict[str, object]:
        return {"type": "Polygon", "coordinates": [ring]}

    mill = {"type": "Point", "coordinates": [112.62, 38.03]}
    return svg_map(
        [
            Shape(ground(BORDER), _("Boundary of the mark"), "outline"),
            Shape(ground(FIELD), _("Growing area YQ-01"), is_labelled=True),
            Shape(ground(FAR_FIELD), _("Growing area YQ-02"), "warn"),
            Shape(mill, _("Mill"), "info"),
        ],
        title=_("Where it grew"),
    )

"""The form of a use report: two figures for each product and month."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.mark.licensing import report_rules as rules
from originmark.mark.licensing.lists import names_of_products
from originmark.mark.licensing.models import UseReport
from originmark.mark.licensing.services import ReportLine, known_labels


class ReportForm(forms.Form):
    """What was sold and labelled; figures that are known already stand there."""

    def __init__(self, *args: Any, report: UseReport, **more: Any) -> None:
        super().__init__(*args, **more)
        said = {(each.product_code, each.month): each for each in report.lines.all()}
        self.known = known_labels(report)
        names = names_of_products()
        self.cells: list[tuple[str, str, date]] = []
        for product in report.licence.products.all():
            for month in rules.months(report.first_day, report.last_day):
                key = f"{product.pk}-{month:%Y-%m}"
                name = names.get(product.product_code, product.product_code)
                self.cells.append((key, product.product_code, month))
                line = said.get((product.product_code, month))
                known = (self.known or {}).get((product.product_code, month))
                where = {"product": name, "month": f"{month:%Y-%m}"}
                self.fields[f"sold-{key}"] = _count(
                    _("%(product)s, %(month)s: packs sold") % where,
                    line.packs_sold if line else None,
                )
                self.fields[f"labels-{key}"] = _count(
                    _("%(product)s, %(month)s: labels used") % where,
                    line.labels_used if line else known,
                )
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=2000,
            initial=report.note,
            widget=forms.Textarea({"rows": 3}),
        )

    def lines(self, data: dict[str, Any]) -> Iterator[ReportLine]:
        """Yield what was typed."""
        for key, product, month in self.cells:
            yield ReportLine(product, month, data[f"sold-{key}"], data[f"labels-{key}"])


def _count(label: str, initial: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=rules.MOST,
        initial=0 if initial is None else initial,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

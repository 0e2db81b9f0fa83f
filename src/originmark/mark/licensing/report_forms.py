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

WHY = _("Where a number of labels is not the one known here, say why.")


class ReportForm(forms.Form):
    """What was sold and labelled; figures that are known already stand there."""

    def __init__(self, *args: Any, report: UseReport, **more: Any) -> None:
        super().__init__(*args, **more)
        said = {(each.product_code, each.month): each for each in report.lines.all()}
        known = known_labels(report)
        self.is_known = known is not None
        names = names_of_products()
        self.cells: list[tuple[str, str, date]] = []
        for product in report.licence.products.all():
            for month in rules.months(report.first_day, report.last_day):
                key = f"{product.pk}-{month:%Y-%m}"
                name = names.get(product.product_code, product.product_code)
                self.cells.append((key, product.product_code, month))
                line = said.get((product.product_code, month))
                labels = (known or {}).get((product.product_code, month), 0)
                where = {"product": name, "month": f"{month:%Y-%m}"}
                self.fields[f"sold-{key}"] = _count(
                    _("%(product)s, %(month)s: packs sold") % where,
                    line.packs_sold if line else None,
                )
                self.fields[f"labels-{key}"] = _count(
                    _("%(product)s, %(month)s: labels used") % where,
                    line.labels_used if line else labels,
                    _("Known here: %(labels)s") % {"labels": labels} if self.is_known else "",
                )
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=2000,
            initial=report.note,
            help_text=WHY if self.is_known else "",
            widget=forms.Textarea({"rows": 3}),
        )

    def lines(self, data: dict[str, Any]) -> Iterator[ReportLine]:
        """Yield what was typed."""
        for key, product, month in self.cells:
            yield ReportLine(product, month, data[f"sold-{key}"], data[f"labels-{key}"])


def _count(label: str, initial: int | None, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=rules.MOST,
        initial=0 if initial is None else initial,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

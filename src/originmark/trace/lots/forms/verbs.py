"""One form for each verb; ``record`` calls the service and returns the lot to show next."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.forms import ExactDecimalField
from originmark.origin.parties import selectors as parties
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products
from originmark.trace.lots import selectors, services
from originmark.trace.lots.forms.fields import (
    LotsField,
    MassField,
    RowField,
    VerbForm,
    pairs,
)
from originmark.trace.lots.models import Lot

ALL = _("Leave empty for all that the lot holds.")
REASONS = [
    (reason, reason)
    for reason in (
        _("Spoilt"), _("Failed a test"), _("Pests"), _("Spilt"), _("Used as feed"), _("Sample"),
        _("Sold loose, outside the programme"),
    )
]  # fmt: skip


def season_field(year: int) -> forms.IntegerField:
    """Return a field for the year of the harvest."""
    return forms.IntegerField(
        label=_("Season"), initial=year, help_text=_("The year in which the harvest ends.")
    )


def code_field() -> forms.CharField:
    """Return a field for a lot code of one's own."""
    return forms.CharField(
        label=_("Lot code"), required=False, max_length=20,
        help_text=_("Leave empty to get one."),
    )  # fmt: skip


class HarvestForm(VerbForm):
    """What was cut and weighed on one growing area."""

    more = ("happened_on", "season", "facility", "lot_code")

    def fill(self) -> None:
        """Offer the areas in use, the crops and the stores of whoever asks."""
        areas = places.growing_areas(self.by).filter(status="active")
        self.fields["area"] = RowField(areas, label=_("Growing area"))
        crops = products.products(self.by).filter(kind="crop", is_active=True)
        self.fields["product"] = RowField(crops, label=_("Crop"))
        self.fields["kg"] = MassField(label=_("Harvested"))
        self.fields["season"] = season_field(self.today.year)
        stores = places.facilities(self.by).filter(is_active=True)
        self.fields["facility"] = RowField(stores, label=_("Brought to"), required=False)
        self.fields["lot_code"] = code_field()

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the harvest."""
        return services.record_harvest(
            area_code=data["area"].code, product_code=data["product"].code, kg=data["kg"],
            season=data["season"], lot_code=data["lot_code"] or None,
            facility_code=data["facility"].code if data["facility"] else "", **self.recording(),
        )  # fmt: skip


class BuyInForm(VerbForm):
    """What was bought from another grower, or outside the programme."""

    more = ("happened_on", "season", "facility", "price", "currency", "lot_code")

    def fill(self) -> None:
        """Offer the buyer's organisations; the seller's land is typed from its card."""
        own = parties.organisations(self.by).filter(is_active=True)
        if not self.by.office_role:
            own = own.filter(pk__in=self.by.organisation_ids)
        first = own.first() if own.count() == 1 else None
        self.fields["organisation"] = RowField(own, label=_("Buyer"), initial=first)
        self.fields["area_code"] = forms.CharField(
            label=_("Seller's growing area"), required=False, max_length=60,
            help_text=_("The code of the registered area. It counts against that area's cap."),
        )  # fmt: skip
        self.fields["supplier"] = forms.CharField(
            label=_("Supplier outside the programme"), required=False, max_length=200,
            help_text=_("Only where there is no registered area: the origin then stays unknown."),
        )  # fmt: skip
        goods = products.products(self.by).filter(is_active=True).exclude(kind="trade_item")
        self.fields["product"] = RowField(goods, label=_("Product"))
        self.fields["kg"] = MassField(label=_("Bought"))
        self.fields["season"] = season_field(self.today.year)
        self.fields["price"] = ExactDecimalField(label=_("Price per kg"), required=False)
        self.fields["currency"] = forms.ChoiceField(
            label=_("Currency"), required=False, choices=[("CNY", "CNY"), ("VND", "VND")]
        )
        stores = places.facilities(self.by).filter(is_active=True)
        self.fields["facility"] = RowField(stores, label=_("Brought to"), required=False)
        self.fields["lot_code"] = code_field()

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the purchase."""
        purchase = services.Purchase(
            area_code=data["area_code"].strip(), supplier=data["supplier"].strip(),
            price=data["price"], currency=data["currency"] if data["price"] else "",
        )  # fmt: skip
        return services.buy_in(
            organisation_code=data["organisation"].code, product_code=data["product"].code,
            kg=data["kg"], season=data["season"], purchase=purchase,
            lot_code=data["lot_code"] or None,
            facility_code=data["facility"].code if data["facility"] else "", **self.recording(),
        )  # fmt: skip


class FromLotForm(VerbForm):
    """A form that starts from one lot in stock."""

    def fill(self) -> None:
        """Offer the lots in stock."""
        self.fields["lot"] = RowField(selectors.stock(self.by), label=_("Lot"))


class DryForm(FromLotForm):
    """What went into the dryer and what came out."""

    more = ("happened_on", "kg", "product", "new_lot_code")

    def fill(self) -> None:
        """Ask for both weights and both moistures."""
        super().fill()
        self.fields["out_kg"] = MassField(label=_("Weight after drying"))
        self.fields["moisture_in_percent"] = ExactDecimalField(
            label=_("Moisture before, %"), required=False,
            help_text=_("With both moistures the dry matter is checked."),
        )  # fmt: skip
        self.fields["moisture_out_percent"] = ExactDecimalField(
            label=_("Moisture after, %"), required=False
        )
        self.fields["kg"] = MassField(label=_("Taken from the lot"), required=False, help_text=ALL)
        goods = products.products(self.by).filter(is_active=True).exclude(kind="trade_item")
        self.fields["product"] = RowField(goods, label=_("Becomes another product"), required=False)
        self.fields["new_lot_code"] = code_field()

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the drying."""
        before, after = data["moisture_in_percent"], data["moisture_out_percent"]
        both = before is not None and after is not None
        return services.dry(
            lot_code=data["lot"].code, kg=data["kg"], out_kg=data["out_kg"],
            moistures=services.Moistures(before, after) if both else None,
            product_code=data["product"].code if data["product"] else None,
            new_lot_code=data["new_lot_code"] or None, **self.recording(),
        )  # fmt: skip


class MillForm(FromLotForm):
    """What went into the mill, what came out, and what else."""

    more = ("happened_on", "by_product", "by_kg", "second_by_product", "second_by_kg",
            "new_lot_code")  # fmt: skip

    def fill(self) -> None:
        """Ask for the grain and the product; bran and husk on request."""
        super().fill()
        goods = products.products(self.by).filter(is_active=True).exclude(kind="trade_item")
        self.fields["kg"] = MassField(label=_("Taken from the lot"), required=False, help_text=ALL)
        self.fields["product"] = RowField(goods, label=_("Product"))
        self.fields["out_kg"] = MassField(label=_("Came out"))
        for name, label in (("by", _("By-product")), ("second_by", _("Second by-product"))):
            self.fields[f"{name}_product"] = RowField(goods, label=label, required=False)
            self.fields[f"{name}_kg"] = MassField(label=_("Of it"), required=False)
        self.fields["new_lot_code"] = code_field()

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the milling."""
        by_products = [
            services.Product(data[f"{name}_product"].code, data[f"{name}_kg"])
            for name in ("by", "second_by")
            if data[f"{name}_product"] and data[f"{name}_kg"]
        ]
        return services.mill(
            lot_code=data["lot"].code, kg=data["kg"], product_code=data["product"].code,
            out_kg=data["out_kg"], by_products=by_products,
            new_lot_code=data["new_lot_code"] or None, **self.recording(),
        )  # fmt: skip


class BlendForm(VerbForm):
    """Whole lots that were mixed; for a part, split it off first."""

    more = ("happened_on", "out_kg", "new_lot_code")

    def fill(self) -> None:
        """Offer the lots in stock that are not packed."""
        bulk = selectors.stock(self.by).filter(pack_count=None)
        self.fields["lots"] = LotsField(
            bulk, label=_("Lots"), help_text=_("Whole lots; split off a part first.")
        )
        goods = products.products(self.by).filter(is_active=True).exclude(kind="trade_item")
        self.fields["product"] = RowField(goods, label=_("Product"))
        self.fields["out_kg"] = MassField(
            label=_("Weight of the blend"), required=False,
            help_text=_("Leave empty where nothing was lost."),
        )  # fmt: skip
        self.fields["new_lot_code"] = code_field()

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the blending."""
        return services.blend(
            parts=[services.Part(lot.code) for lot in data["lots"]],
            product_code=data["product"].code, out_kg=data["out_kg"],
            new_lot_code=data["new_lot_code"] or None, **self.recording(),
        )  # fmt: skip


class SplitForm(FromLotForm):
    """Parts that become lots of their own."""

    more = ("happened_on", "second_kg", "third_kg")

    def fill(self) -> None:
        """Ask for one part, and for more on request."""
        super().fill()
        self.fields["kg"] = MassField(label=_("Split off"))
        self.fields["second_kg"] = MassField(label=_("Second part"), required=False)
        self.fields["third_kg"] = MassField(label=_("Third part"), required=False)

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the splitting; the first part is shown next."""
        parts = [data[name] for name in ("kg", "second_kg", "third_kg") if data[name] is not None]
        made = services.split(lot_code=data["lot"].code, parts_kg=parts, **self.recording())
        return made[0]


class PackForm(FromLotForm):
    """Packs that were filled from a lot."""

    more = ("happened_on", "giveaway_kg", "new_lot_code")

    def fill(self) -> None:
        """Offer bulk lots and the trade items."""
        bulk = selectors.stock(self.by).filter(pack_count=None)
        self.fields["lot"] = RowField(bulk, label=_("Lot"))
        items = products.products(self.by).filter(kind="trade_item", is_active=True)
        self.fields["product"] = RowField(items, label=_("Pack"))
        self.fields["count"] = forms.IntegerField(
            label=_("Packs"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
        )
        self.fields["best_before"] = forms.DateField(
            label=_("Best before"), required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )  # fmt: skip
        self.fields["giveaway_kg"] = MassField(
            label=_("Given away or lost"), required=False,
            help_text=_("Overfill, samples, spillage: what left the lot beyond the content."),
        )  # fmt: skip
        self.fields["new_lot_code"] = code_field()

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the packing."""
        return services.pack(
            lot_code=data["lot"].code, product_code=data["product"].code, count=data["count"],
            giveaway_kg=data["giveaway_kg"] or Decimal(0), best_before=data["best_before"],
            new_lot_code=data["new_lot_code"] or None, **self.recording(),
        )  # fmt: skip


class StoreForm(FromLotForm):
    """Where a lot was put."""

    more = ("happened_on",)

    def fill(self) -> None:
        """Offer the facilities that whoever asks may read."""
        super().fill()
        rows = places.facilities(self.by).filter(is_active=True)
        self.fields["facility"] = RowField(rows, label=_("Facility"))

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the storing."""
        return services.store(
            lot_code=data["lot"].code, facility_code=data["facility"].code, **self.recording()
        )


class ShipForm(FromLotForm):
    """To whom a whole lot went."""

    more = ("happened_on", "facility_code")

    def fill(self) -> None:
        """Offer all active organisations: goods may go to anybody in the register."""
        super().fill()
        receivers = pairs(parties.search_organisations("", newest=500))
        self.fields["organisation"] = forms.ChoiceField(label=_("To"), choices=receivers)
        self.fields["facility_code"] = forms.CharField(
            label=_("Facility there"), required=False, max_length=60,
            help_text=_("The code of the facility, where it is known."),
        )  # fmt: skip

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the shipment."""
        return services.ship(
            lot_code=data["lot"].code, to_organisation_code=data["organisation"],
            to_facility_code=data["facility_code"].strip(), **self.recording(),
        )  # fmt: skip


class ReceiveForm(VerbForm):
    """What arrived and what the scale showed."""

    more = ("happened_on",)

    def fill(self) -> None:
        """Offer the lots on their way to whoever asks."""
        coming = selectors.lots(self.by).filter(status=Lot.Status.IN_TRANSIT)
        if not self.by.office_role:
            coming = coming.filter(in_transit_to_id__in=self.by.organisation_ids)
        self.fields["lot"] = RowField(coming, label=_("Lot"))
        self.fields["kg"] = MassField(
            label=_("Weight on arrival"), required=False,
            help_text=_("Leave empty where it arrived as it was sent. Less is booked as loss."),
        )  # fmt: skip
        rows = places.facilities(self.by).filter(is_active=True)
        self.fields["facility"] = RowField(rows, label=_("Brought to"), required=False)

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the receipt."""
        return services.receive(
            lot_code=data["lot"].code, kg=data["kg"],
            facility_code=data["facility"].code if data["facility"] else "", **self.recording(),
        )  # fmt: skip


class DisposeForm(FromLotForm):
    """What was thrown away, fed or destroyed, and why."""

    more = ("happened_on",)

    def fill(self) -> None:
        """Ask for the mass and the reason."""
        super().fill()
        self.fields["kg"] = MassField(label=_("Disposed of"), required=False, help_text=ALL)
        self.fields["reason"] = forms.ChoiceField(label=_("Reason"), choices=REASONS)

    def record(self, data: dict[str, Any]) -> Lot:
        """Record the disposal."""
        return services.dispose(
            lot_code=data["lot"].code, kg=data["kg"], reason=str(data["reason"]),
            **self.recording(),
        )  # fmt: skip

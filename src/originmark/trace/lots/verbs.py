"""The verbs of the field book and the shop floor: name, icon, form, what they may start from."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from originmark.trace.lots import forms
from originmark.trace.lots.models import Lot

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that a person records."""

    name: str
    label: Text
    ask: Text
    icon: str
    form: type[forms.VerbForm]
    starts_from: str = ""
    section: str = "floor"


VERBS: Mapping[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("harvest", _("Harvest"), _("What was harvested?"), "wheat", forms.HarvestForm,
             section="field"),
        Verb("buy-in", _("Buy in"), _("What was bought?"), "basket", forms.BuyInForm,
             section="field"),
        Verb("dry", _("Dry"), _("What was dried?"), "sun", forms.DryForm, "bulk"),
        Verb("mill", _("Mill"), _("What was milled?"), "grain", forms.MillForm, "bulk"),
        Verb("blend", _("Blend"), _("What was mixed?"), "arrows-join", forms.BlendForm, "bulk"),
        Verb("split", _("Split"), _("What was split off?"), "arrows-split", forms.SplitForm,
             "stock"),
        Verb("pack", _("Pack"), _("What was packed?"), "package", forms.PackForm, "bulk"),
        Verb("store", _("Store"), _("Where was it put?"), "building-warehouse",
             forms.StoreForm, "stock", "move"),
        Verb("ship", _("Ship"), _("Where did it go?"), "truck-delivery", forms.ShipForm, "stock",
             "move"),
        Verb("receive", _("Receive"), _("What arrived?"), "truck-loading", forms.ReceiveForm,
             "transit", "move"),
        Verb("dispose", _("Dispose"), _("What was disposed of?"), "trash", forms.DisposeForm,
             "stock", "move"),
    )
}  # fmt: skip


def possible(*, status: str, is_packed: bool) -> list[Verb]:
    """Return what can be done with a lot in this state.

    >>> [verb.name for verb in possible(status="in_transit", is_packed=False)]
    ['receive']
    """
    if status == Lot.Status.IN_TRANSIT:
        wanted = {"transit"}
    elif status == Lot.Status.ACTIVE:
        wanted = {"stock"} if is_packed else {"stock", "bulk"}
    else:
        wanted = set()
    return [verb for verb in VERBS.values() if verb.starts_from in wanted]

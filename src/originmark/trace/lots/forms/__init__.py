"""What a person may type: a form for each verb of the field book and the shop floor."""

from originmark.trace.lots.forms.fields import VerbForm
from originmark.trace.lots.forms.verbs import (
    BlendForm,
    BuyInForm,
    DisposeForm,
    DryForm,
    HarvestForm,
    MillForm,
    PackForm,
    ReceiveForm,
    ShipForm,
    SplitForm,
    StoreForm,
)

__all__ = [
    "BlendForm",
    "BuyInForm",
    "DisposeForm",
    "DryForm",
    "HarvestForm",
    "MillForm",
    "PackForm",
    "ReceiveForm",
    "ShipForm",
    "SplitForm",
    "StoreForm",
    "VerbForm",
]

"""What can be done with lots: each verb writes one EPCIS event, and the ledger applies it."""

from originmark.trace.lots.services.harvesting import Purchase, buy_in, record_harvest
from originmark.trace.lots.services.moving import dispose, receive, ship, store
from originmark.trace.lots.services.processing import (
    Moistures,
    Part,
    Product,
    blend,
    dry,
    mill,
    pack,
    split,
)
from originmark.trace.lots.services.withdrawing import withdraw_record

__all__ = [
    "Moistures",
    "Part",
    "Product",
    "Purchase",
    "blend",
    "buy_in",
    "dispose",
    "dry",
    "mill",
    "pack",
    "receive",
    "record_harvest",
    "ship",
    "split",
    "store",
    "withdraw_record",
]

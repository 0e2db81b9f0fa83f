"""Pages of the field book, the shop floor and the lots."""

from originmark.trace.lots.views.lots import (
    area_trace,
    card,
    lot,
    lot_list,
    record_list,
    season,
    season_list,
    trace,
)
from originmark.trace.lots.views.recording import floor, left, record, withdraw

__all__ = [
    "area_trace",
    "card",
    "floor",
    "left",
    "lot",
    "lot_list",
    "record",
    "record_list",
    "season",
    "season_list",
    "trace",
    "withdraw",
]

"""A scan as it is handed in to be written down."""

from datetime import datetime
from typing import NamedTuple


class ScanSeen(NamedTuple):
    """A scan of a genuine serial: which label (from 0), when, by whom (a keyed hash), the verdict.

    The place, in degrees (WGS 84), is known only where the shopper shared it.
    """

    run_number: str
    index: int  # type: ignore[assignment]  # not tuple.index, which nobody asks for
    at: datetime
    viewer: str
    verdict: str
    latitude: float | None = None
    longitude: float | None = None

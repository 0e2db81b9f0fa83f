"""The programme's scan policy, read from its versioned file."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

from originmark.mark.labels.watch.copies import ScanPolicy

SHIPPED = Path(__file__).parent.parent / "data" / "scan_policy.toml"


@cache
def in_force() -> ScanPolicy:
    """Return the policy that this installation runs under (read once)."""
    path = Path(settings.SCAN_POLICY) if settings.SCAN_POLICY else SHIPPED
    copies = tomllib.loads(path.read_text())["copies"]
    return ScanPolicy(
        viewers_at_most=int(copies["viewers_at_most"]),
        within_days=int(copies["within_days"]),
        speed_kmh_at_most=float(copies["speed_kmh_at_most"]),
        distance_km_at_least=float(copies["distance_km_at_least"]),
        rows_a_label=int(copies.get("rows_a_label", 200)),
    )

"""The programme's scan policy, read from its versioned file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from originmark.mark.labels.watch.copies import FORGED_MARKS, ScanPolicy

SHIPPED = Path(__file__).parent.parent / "data" / "scan_policy.toml"
FIELDS = {
    ("copies", "viewers_at_most"): "viewers_at_most",
    ("copies", "within_days"): "within_days",
    ("copies", "speed_kmh_at_most"): "speed_kmh_at_most",
    ("copies", "distance_km_at_least"): "distance_km_at_least",
    ("burst", "scans_at_most"): "burst_scans_at_most",
    ("burst", "within_minutes"): "burst_minutes",
    ("out_of_trade", "viewers_at_most"): "barred_viewers_at_most",
    ("forged", "serials_at_most"): "forged_serials_at_most",
    ("forged", "within_days"): "forged_days",
    ("keeping", "rows_a_label"): "rows_a_label",
    ("keeping", "days"): "days_kept",
}


@cache
def in_force() -> ScanPolicy:
    """Return the policy that this installation runs under (read once)."""
    own = Path(settings.SCAN_POLICY) if settings.SCAN_POLICY else SHIPPED
    return read(own.read_text())


def read(text: str) -> ScanPolicy:
    """Return the policy that a file's text states; what it leaves out is as shipped.

    Raises ImproperlyConfigured, naming the entry, for one that cannot be.
    """
    shipped, own = tomllib.loads(SHIPPED.read_text()), tomllib.loads(text)
    values = {
        name: _positive(own.get(section, {}).get(key, shipped[section][key]), f"{section}.{key}")
        for (section, key), name in FIELDS.items()
    }
    verdicts = own.get("out_of_trade", {}).get("verdicts", shipped["out_of_trade"]["verdicts"])
    policy = ScanPolicy(**values, barred_verdicts=frozenset(verdicts))
    most = max(policy.viewers_at_most, policy.burst_scans_at_most)
    if policy.viewers_counted <= most:
        raise ImproperlyConfigured(
            f"scan policy: keeping.rows_a_label is {policy.rows_a_label}, but rules that count to "
            f"{most} need more than {2 * most} rows of a label"
        )
    if policy.forged_serials_at_most >= FORGED_MARKS:
        raise ImproperlyConfigured(
            f"scan policy: forged.serials_at_most is {policy.forged_serials_at_most}, but only "
            f"{FORGED_MARKS} codes of a lot are told apart on a day"
        )
    if policy.days_kept < policy.within_days:
        raise ImproperlyConfigured(
            f"scan policy: keeping.days is {policy.days_kept}, shorter than copies.within_days, "
            f"{policy.within_days}"
        )
    return policy


def _positive(value: Any, where: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise ImproperlyConfigured(f"scan policy: {where} is {value!r}, not a number above 0")
    return value

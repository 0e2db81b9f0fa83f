"""Benches: each measures our way and the usual way side by side, in one run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: what we do, what the peer does, how many times better."""

    name: str
    ours: float
    peer: float
    ratio: float
    unit: str

"""Judging a document by our schema, against the one that GS1 publishes.

The same library compiles both. Only where the published one stands under ``ORIGINMARK_SHARED``.
"""

import time
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import orjson

from bench import Row
from bench.documents import EVENTS, mixed
from bench.usual import GS1_SCHEMA
from originmark.standards.epcis import fast_check

ROUNDS = 5


def run() -> list[Row]:
    """Return how many events a second of one processor judges, by either schema."""
    if not GS1_SCHEMA.exists():
        return []
    document = orjson.loads(mixed(0))
    published = jsonschema_rs.Draft7Validator(
        orjson.loads(GS1_SCHEMA.read_bytes()), validate_formats=True
    )
    ours = _per_second(fast_check.is_valid, document)
    peer = _per_second(published.is_valid, document)
    return [Row("epcis: events judged by a schema", ours, peer, ours / peer, "events/s of CPU")]


def _per_second(is_valid: Callable[[Any], bool], document: Any) -> float:
    assert is_valid(document)
    start = time.process_time()
    for _ in range(ROUNDS):
        is_valid(document)
    return ROUNDS * EVENTS / (time.process_time() - start)

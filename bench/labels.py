"""Issue of serials: derived in one go, against drawn at random, checked and inserted."""

import secrets
import sqlite3
import time

from bench import Row
from originmark.mark.labels import serials

OURS, PEER = 1_000_000, 100_000


def run() -> list[Row]:
    """Return what a second of one processor issues, both ways."""
    ours, peer = _derived_per_second(), _drawn_per_second()
    return [Row("labels: serials issued", ours, peer, ours / peer, "serials/s of CPU")]


def _derived_per_second() -> float:
    keys = serials.keys_from(secrets.token_hex(32), version=0)
    start = time.process_time()
    issued = serials.derive_many(keys, batch=1, first=0, count=OURS)
    spent = time.process_time() - start
    assert len(set(issued.tolist())) == OURS
    return OURS / spent


def _drawn_per_second() -> float:
    """Draw, look up, insert: one statement a serial, one transaction, a table in memory."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE TABLE serial (serial TEXT PRIMARY KEY, lot INTEGER) WITHOUT ROWID")
    start = time.process_time()
    issued = 0
    while issued < PEER:
        drawn = "".join(secrets.choice(serials.ALPHABET) for _ in range(serials.LENGTH))
        if table.execute("SELECT 1 FROM serial WHERE serial = ?", (drawn,)).fetchone() is None:
            table.execute("INSERT INTO serial VALUES (?, 1)", (drawn,))
            issued += 1
    table.commit()
    return PEER / (time.process_time() - start)

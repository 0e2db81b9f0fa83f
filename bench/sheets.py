"""Label sheets: ten thousand labels as PDF, against only drawing their codes one by one.

The peer is segno, the usual library, making each symbol as SVG and nothing else: no page, no text,
no PDF. A ratio of 1 means that a set, tagged PDF costs no more than the bare symbols.
"""

import secrets
import time
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from bench import Row
from originmark.mark.labels import serials

LABELS, PEER = 10_000, 500
PREFIX = "https://mark.example/01/06912345000017/10/PK-2026-0001/21/"


def run() -> list[Row]:
    """Return what a second of processor time sets, and the seconds that all labels took."""
    codes = serials.derive_many(
        serials.keys_from(secrets.token_hex(32), version=0), batch=1, first=0, count=LABELS
    )
    cpu, seconds = _set(codes)
    peer_cpu, peer_seconds = _draw([code.decode() for code in codes[:PEER]])
    ours, peer = LABELS / cpu, PEER / peer_cpu
    bare = LABELS / PEER * peer_seconds
    return [
        Row("sheets: PDF labels (peer: bare symbol)", ours, peer, ours / peer, "labels/s of CPU"),
        Row("sheets: 10,000 labels as PDF", seconds, bare, bare / seconds, "seconds by the clock"),
    ]


def _set(codes: NDArray[np.bytes_]) -> tuple[float, float]:
    from originmark.mark.labels.printing import layouts, sheets  # noqa: PLC0415 (needs settings)

    artwork = sheets.Artwork(
        title="Bench",
        lang="en",
        names=(("en", "Yangqu millet"), ("zh-hans", "阳曲小米")),
        facts=(("Mark", "Yangqu"), ("Lot", "PK-2026-0001"), ("Net", "500 g")),
        url_prefix=PREFIX,
        number_word="No.",
    )
    layout = layouts.LAYOUTS[layouts.DEFAULT_LAYOUT]
    start, cpu = time.perf_counter(), time.process_time()
    parts = sheets.pdf_parts(
        artwork,
        layout,
        codes,
        numbers=range(1, LABELS + 1),
        made_at=datetime(2026, 10, 15, tzinfo=UTC),
        report=lambda _done, _total: None,
    )
    assert sum(len(part) for part in parts) > LABELS
    return time.process_time() - cpu, time.perf_counter() - start


def _draw(codes: list[str]) -> tuple[float, float]:
    import segno  # noqa: PLC0415

    start, cpu = time.perf_counter(), time.process_time()
    drawn = [
        segno.make_qr(PREFIX + code, error="m", boost_error=False, mode="byte").svg_inline()
        for code in codes
    ]
    assert len(drawn) == len(codes)
    return time.process_time() - cpu, time.perf_counter() - start

"""Who scans, as far as we want to know: enough to tell two phones apart."""

from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

from django.utils.crypto import salted_hmac


def viewer_of(address: str, browser: str, *, now: datetime) -> str:
    """Return a keyed hash that tells phones apart without saying whose they are.

    The key is another one each month (UTC), so that nobody's scans of different months can be
    joined, by us neither.
    """
    hasher = _hasher(now.year, now.month).copy()
    hasher.update(f"{address}|{browser}".encode())
    return hasher.hexdigest()


@lru_cache(maxsize=4)
def _hasher(year: int, month: int) -> blake2b:
    key = salted_hmac("passport.viewer", f"{year}-{month}", algorithm="sha256").digest()
    return blake2b(key=key, digest_size=16)

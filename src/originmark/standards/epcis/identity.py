"""When two events are the same: by the hash of what they say, whatever they are called."""

import hashlib
from collections.abc import Mapping
from typing import Any

from originmark.standards.epcis.event_hash import digest
from originmark.standards.epcis.fingerprint import canonical_json


def fingerprint(event: Mapping[str, Any], namespaces: Mapping[str, str]) -> str:
    """Return 64 hexadecimal digits that two events share when they say the same.

    They are those of the CBV event hash. That hash leaves the error declaration out, so a
    declaration adds its own content: it is not the event that it withdraws.

    >>> event = {"type": "ObjectEvent", "eventTime": "2026-09-22T07:15:00+08:00", "epcList": []}
    >>> again = {"epcList": [], "eventTime": "2026-09-21T23:15:00Z", "type": "ObjectEvent"}
    >>> fingerprint(event, {}) == fingerprint(again, {})
    True
    """
    found = digest(event, namespaces)
    declaration = event.get("errorDeclaration")
    if declaration is None:
        return found
    said = canonical_json({"errorDeclaration": declaration}, namespaces)
    return hashlib.sha256(found.encode() + said).hexdigest()

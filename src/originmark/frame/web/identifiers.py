"""Identifiers of the programme's own, for whoever has no GS1 key.

EPCIS takes any absolute URI as an identifier, so nothing here needs a paid GS1 prefix.
"""

from urllib.parse import quote

from django.conf import settings


def own_identifier(kind: str, code: str) -> str:
    """Return the programme's own URI for a thing, as in ``urn:originmark:local:lot:YQ-2026-1``.

    ``kind`` is one of lot, area, place, party and product.
    """
    return f"{settings.IDENTIFIER_BASE}{kind}:{quote(code, safe='-._')}"

"""The body of a request: read into memory up to a limit."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from originmark.trace.ledger.door import EpcisProblem


def read(request: HttpRequest) -> bytes:
    """Return the body. Raises EpcisProblem: 413 for one that is too large, 400 for an empty one."""
    most = settings.LEDGER_MOST_BYTES
    data: bytes = request.read(most + 1)
    if len(data) > most:
        raise EpcisProblem(
            413, _("The document has more than %(most)s bytes. Send it in parts.") % {"most": most}
        )
    if not data.strip():
        raise EpcisProblem(400, _("The body is empty; expected an EPCIS document."))
    return data

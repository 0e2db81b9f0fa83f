"""What a shopper may see of a certificate: only while it is in force."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from originmark.frame.web import clock
from originmark.origin.certificates import selectors
from originmark.origin.certificates.documents import document_response


@require_GET
def paper(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Show a certificate that the holder shows to shoppers."""
    today = clock.today()
    certificate = selectors.public_row(certificate_id, today)
    context = {"certificate": certificate, "today": today}
    return render(request, "certificates/paper.html", context)


@require_GET
def document(request: HttpRequest, certificate_id: int) -> FileResponse:  # noqa: ARG001 (a view)
    """Hand out the document behind it."""
    today = clock.today()
    return document_response(selectors.public_row(certificate_id, today))

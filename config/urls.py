"""Every page and door, mounted room by room."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from config.api import api

handler400 = "originmark.frame.web.error_pages.bad_request"
handler403 = "originmark.frame.web.error_pages.not_allowed"
handler404 = "originmark.frame.web.error_pages.not_found"
handler500 = "originmark.frame.web.error_pages.server_error"

# The admin's own form knows no second factor; its pages send people to the sign-in page instead.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("originmark.frame.web.urls")),
    path("work/", include("originmark.frame.jobs.urls")),
    path("", include("originmark.mark.passport.urls")),
    path("accounts/", include("allauth.urls")),
    path("parties/", include("originmark.origin.parties.urls")),
    path("places/", include("originmark.origin.places.urls")),
    path("products/", include("originmark.origin.products.urls")),
    path("certificates/", include("originmark.origin.certificates.urls")),
    path("ledger/", include("originmark.trace.ledger.urls")),
    path("epcis/", include("originmark.trace.ledger.epcis_urls")),
    path("lots/", include("originmark.trace.lots.urls")),
    path("schemes/", include("originmark.mark.schemes.urls")),
    path("evaluation/", include("originmark.mark.evaluation.urls")),
    path("licences/", include("originmark.mark.licensing.urls")),
    path("labels/", include("originmark.mark.labels.urls")),
    path("api/", api.urls),
    # Language and theme are kept in cookies of the reader's own. Another site could change them
    # and nothing else, so their forms need no token, and a page behind a code sets no cookie.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("admin/", admin.site.urls),
]

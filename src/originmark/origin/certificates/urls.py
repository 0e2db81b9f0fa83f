from django.urls import URLPattern, URLResolver, path

from originmark.frame.web.importer import importer_urls
from originmark.origin.certificates import imports, public, views

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.certificate_list, name="list"),
    path("new/", views.new, name="new"),
    path("watch/", views.watch, name="watch"),
    path("types/", views.type_list, name="types"),
    path("types/<slug:code>/", views.edit_type, name="type"),
    *importer_urls(imports.CERTIFICATES, "certificates.record"),
    path("<int:certificate_id>/", views.certificate, name="certificate"),
    path("<int:certificate_id>/edit/", views.edit, name="edit"),
    path("<int:certificate_id>/suspend/", views.suspend, name="suspend"),
    path("<int:certificate_id>/lift/", views.lift, name="lift"),
    path("<int:certificate_id>/revoke/", views.revoke, name="revoke"),
    path("<int:certificate_id>/document/", views.document, name="document"),
    path("paper/<int:certificate_id>/", public.paper, name="public"),
    path("paper/<int:certificate_id>/document/", public.document, name="public_document"),
]

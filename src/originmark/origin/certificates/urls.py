from django.urls import URLPattern, URLResolver, path

from originmark.origin.certificates import public

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("paper/<int:certificate_id>/", public.paper, name="public"),
    path("paper/<int:certificate_id>/document/", public.document, name="public_document"),
]

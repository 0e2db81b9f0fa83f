from django.urls import URLPattern, URLResolver, path, re_path, register_converter

from originmark.mark.passport import preview, views
from originmark.mark.passport.credentials.urls import urlpatterns as credentials
from originmark.mark.passport.resolver import views as resolver
from originmark.mark.passport.resolver.urls import office_urls
from originmark.standards.gs1.digital_link import QUALIFIERS

register_converter(resolver.CompressedPath, "compressed")
app_name = "passport"
urlpatterns: list[URLPattern | URLResolver] = [
    path("check/", views.check, name="check"),
    path("passports/<str:lot>/", preview.preview, name="preview"),
    path("check/place/", views.share_place, name="share_place"),
    path("01/<str:gtin>/10/<str:lot>/21/<str:serial>", views.scan_gtin, name="pack"),
    path("01/<str:gtin>/10/<str:lot>", views.scan_gtin, name="lot"),
    path("own/<slug:product>/10/<str:lot>/21/<str:serial>", views.scan_own, name="own_pack"),
    path("own/<slug:product>/10/<str:lot>", views.scan_own, name="own_lot"),
    path("own/<slug:product>", resolver.product, name="product"),
    re_path(rf"^(?P<path>(?:{'|'.join(QUALIFIERS)}|own)/.+)$", resolver.anything, name="link"),
    path(".well-known/gs1resolver", resolver.description, name="resolver"),
    *office_urls,
    *credentials,
    path("<compressed:path>", resolver.compressed, name="compressed"),
]

from django.urls import path

from originmark.mark.passport import views
from originmark.mark.passport.credentials.urls import urlpatterns as credentials

app_name = "passport"
urlpatterns = [
    path("check/", views.check, name="check"),
    path("scans/<int:scan_id>/place/", views.share_place, name="share_place"),
    path("01/<str:gtin>/10/<str:lot>/21/<str:serial>", views.scan_gtin, name="pack"),
    path("01/<str:gtin>/10/<str:lot>", views.scan_gtin, name="lot"),
    path("own/<slug:product>/10/<str:lot>/21/<str:serial>", views.scan_own, name="own_pack"),
    path("own/<slug:product>/10/<str:lot>", views.scan_own, name="own_lot"),
    *credentials,
]

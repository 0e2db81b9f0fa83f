from django.urls import URLPattern, URLResolver, path, re_path

from originmark.frame.web.importer import importer_urls
from originmark.origin.places.imports import AREA_IMPORTER
from originmark.origin.places.views import areas, boundaries, facilities, features, units

app_name = "places"
urlpatterns: list[URLPattern | URLResolver] = [
    path("areas/", areas.area_list, name="areas"),
    path("areas/growing-areas.geojson", areas.area_features, name="area-features"),
    path("areas/new/", areas.area_new, name="area-new"),
    path("areas/upload/", features.area_upload, name="area-upload"),
    path("areas/<slug:code>/", areas.area_page, name="area"),
    path("areas/<slug:code>/edit/", areas.area_edit, name="area-edit"),
    re_path(
        r"^areas/(?P<code>[-\w]+)/(?P<step>suspend|resume|close)/$",
        areas.area_step,
        name="area-step",
    ),
    path("facilities/", facilities.facility_list, name="facilities"),
    path("facilities/new/", facilities.facility_new, name="facility-new"),
    path("facilities/<slug:code>/", facilities.facility_page, name="facility"),
    path("facilities/<slug:code>/edit/", facilities.facility_edit, name="facility-edit"),
    path("boundaries/", boundaries.boundary_list, name="boundaries"),
    path("boundaries/new/", boundaries.boundary_new, name="boundary-new"),
    path("boundaries/<slug:code>/", boundaries.boundary_page, name="boundary"),
    path("boundaries/<slug:code>/outline/", boundaries.boundary_outline, name="boundary-outline"),
    path("map-layers/", boundaries.map_layers, name="map-layers"),
    path("units/", units.unit_browser, name="units"),
    path("units/search/", units.unit_search, name="unit-search"),
    path("units/<slug:key>/", units.unit_page, name="unit"),
    *importer_urls(AREA_IMPORTER, "places.record_area"),
]

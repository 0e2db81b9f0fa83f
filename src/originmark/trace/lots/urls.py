from django.urls import URLPattern, URLResolver, path

from originmark.trace.lots import views

app_name = "lots"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.lot_list, name="lots"),
    path("floor/", views.floor, name="floor"),
    path("record/<slug:verb_name>/", views.record, name="record"),
    path("record/<slug:verb_name>/left/", views.left, name="left"),
    path("records/", views.record_list, name="records"),
    path("records/<str:event_id>/withdraw/", views.withdraw, name="withdraw"),
    path("seasons/", views.season_list, name="seasons"),
    path("seasons/<int:pk>/", views.season, name="season"),
    path("areas/<slug:code>/", views.area_trace, name="area"),
    path("lot/<str:code>/", views.lot, name="lot"),
    path("lot/<str:code>/trace/", views.trace, name="trace"),
    path("lot/<str:code>/card/", views.card, name="card"),
]

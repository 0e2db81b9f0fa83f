from django.urls import path

from originmark.trace.ledger import capture_pages, integrator_views, views

app_name = "ledger"
urlpatterns = [
    path("", views.event_list, name="events"),
    path("log/", views.log, name="log"),
    path("captures/", capture_pages.capture_list, name="captures"),
    path("captures/new/", capture_pages.capture_new, name="capture-new"),
    path("captures/<uuid:job_id>/", capture_pages.capture_job, name="capture-page"),
    path("interface/", integrator_views.api_page, name="interface"),
    path("<int:index>/", views.event, name="event"),
    path("<int:index>/event.json", integrator_views.event_json, name="event-json"),
    path("<int:index>/event.xml", integrator_views.event_xml, name="event-xml"),
]

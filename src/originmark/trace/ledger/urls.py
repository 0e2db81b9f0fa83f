from django.urls import path

from originmark.trace.ledger import capture_pages, integrator_views, subscription_pages, views

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
    path("queries/", subscription_pages.query_list, name="queries"),
    path("name-a-query/", subscription_pages.query_new, name="query-new"),
    path("queries/<str:name>/", subscription_pages.query_page, name="query"),
    path("queries/<str:name>/delete/", subscription_pages.query_delete, name="query-delete"),
    path(
        "queries/<str:name>/subscribe/",
        subscription_pages.subscription_new,
        name="subscription-new",
    ),
    path("subscriptions/", subscription_pages.subscription_list, name="subscriptions"),
    path(
        "subscriptions/<uuid:number>/",
        subscription_pages.subscription_page,
        name="subscription",
    ),
    *(
        path(
            f"subscriptions/<uuid:number>/{verb}/",
            subscription_pages.subscription_act,
            {"verb": verb},
            name=f"subscription-{verb}",
        )
        for verb in ("pause", "resume", "test", "end")
    ),
]

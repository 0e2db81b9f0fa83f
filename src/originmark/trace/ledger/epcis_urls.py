"""The EPCIS 2.0 interface, mounted at ``/epcis/``."""

from django.urls import path

from originmark.trace.ledger import (
    capture_views,
    integrator_views,
    log_views,
    query_views,
    resource_views,
    subscription_views,
)
from originmark.trace.ledger.door import resource

app_name = "epcis"
urlpatterns = [
    path("openapi.json", integrator_views.openapi, name="openapi"),
    path("", resource_views.root, name="root"),
    *(path(name, view, name=name) for name, view in resource_views.lists.items()),
    *(
        path(f"{name}/<path:path>", view, name=f"{name}-member")
        for name, view in resource_views.members.items()
    ),
    path("capture", capture_views.capture, name="capture"),
    path("capture/validate", capture_views.capture_validate, name="capture-validate"),
    path("capture/<uuid:capture_id>", capture_views.capture_job, name="capture-job"),
    path(
        "events",
        resource(GET=query_views.get_events, POST=capture_views.post_event),
        name="events",
    ),
    path("events/validate", capture_views.event_validate, name="event-validate"),
    path("events/<path:event_id>", resource(GET=query_views.get_event), name="event"),
    path("nextPageToken/<str:token>", resource(DELETE=query_views.delete_token), name="page-token"),
    path("log/checkpoint", log_views.checkpoint, name="checkpoint"),
    path("log/cosign", log_views.cosign, name="cosign"),
    path("log/consistency", log_views.consistency, name="consistency"),
    path("log/keys", log_views.log_keys, name="log-keys"),
    path("log/inclusion", log_views.inclusions, name="inclusions"),
    path("log/inclusion/<int:index>", log_views.inclusion, name="inclusion"),
    path("log/proof/<int:index>.json", log_views.bundle, name="proof"),
    path("queries", subscription_views.queries, name="queries"),
    path("queries/<str:name>", subscription_views.query, name="query"),
    path("queries/<str:name>/events", subscription_views.query_events, name="query-events"),
    path(
        "queries/<str:name>/subscriptions",
        subscription_views.subscriptions,
        name="subscriptions",
    ),
    path(
        "queries/<str:name>/subscriptions/<uuid:number>",
        subscription_views.subscription,
        name="subscription",
    ),
]

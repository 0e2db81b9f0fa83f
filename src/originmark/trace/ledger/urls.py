from django.urls import path

from originmark.trace.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.event_list, name="events"),
    path("log/", views.log, name="log"),
    path("<int:index>/", views.event, name="event"),
]

"""Addresses of the pages about organisations and people."""

from django.urls import URLPattern, URLResolver, path

from originmark.origin.parties.views import invitations

app_name = "parties"
urlpatterns: list[URLPattern | URLResolver] = [
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
]

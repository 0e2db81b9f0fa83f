"""Addresses of the pages about organisations and people."""

from django.urls import URLPattern, URLResolver, path

from originmark.frame.web.importer import importer_urls
from originmark.origin.parties import importers
from originmark.origin.parties.views import invitations, keys, members, organisations, profile

app_name = "parties"
urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("new/", organisations.organisation_new, name="organisation-new"),
    path("options/", organisations.organisation_options, name="organisation-options"),
    path("profile/", profile.profile, name="profile"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("organisations/<slug:code>/", organisations.organisation_page, name="organisation"),
    path(
        "organisations/<slug:code>/edit/", organisations.organisation_edit, name="organisation-edit"
    ),
    path(
        "organisations/<slug:code>/archive/",
        organisations.organisation_archive,
        name="organisation-archive",
    ),
    path("organisations/<slug:code>/invite/", members.invite, name="invite"),
    path(
        "organisations/<slug:code>/invitations/<int:invitation_id>/withdraw/",
        members.withdraw,
        name="withdraw",
    ),
    path("organisations/<slug:code>/members/<int:person_id>/", members.change, name="member"),
    path("organisations/<slug:code>/keys/new/", keys.key_new, name="key-new"),
    path(
        "organisations/<slug:code>/keys/<slug:prefix>/revoke/", keys.key_revoke, name="key-revoke"
    ),
    *importer_urls(importers.ORGANISATIONS, "parties.create_organisation"),
    *importer_urls(importers.MEMBERS, "parties.manage_members"),
]

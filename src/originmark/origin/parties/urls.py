"""Addresses of the pages about organisations and people."""

from django.urls import URLPattern, URLResolver, path

from originmark.origin.parties.views import invitations, keys, members, organisations, profile

app_name = "parties"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", organisations.organisation_list, name="organisations"),
    path("new/", organisations.organisation_new, name="organisation-new"),
    path("options/", organisations.organisation_options, name="organisation-options"),
    path("profile/", profile.profile, name="profile"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("o/<slug:code>/", organisations.organisation_page, name="organisation"),
    path("o/<slug:code>/edit/", organisations.organisation_edit, name="organisation-edit"),
    path("o/<slug:code>/archive/", organisations.organisation_archive, name="organisation-archive"),
    path("o/<slug:code>/invite/", members.invite, name="invite"),
    path(
        "o/<slug:code>/invitations/<int:invitation_id>/withdraw/", members.withdraw, name="withdraw"
    ),
    path("o/<slug:code>/members/<int:person_id>/", members.change, name="member"),
    path("o/<slug:code>/keys/new/", keys.key_new, name="key-new"),
    path("o/<slug:code>/keys/<slug:prefix>/revoke/", keys.key_revoke, name="key-revoke"),
]

"""Addresses of credentials; part of those of the passport."""

from django.urls import path

from originmark.mark.passport.credentials import office_views, views

urlpatterns = [
    path(".well-known/did.json", views.did_document, name="did"),
    path("credentials/", office_views.issued, name="credentials"),
    path("credentials/<slug:key>/revoke/", office_views.revoke, name="credential_revoke"),
    path("credentials/verify/", views.verify, name="verify"),
    path("credentials/status/<int:number>", views.status_list, name="status_list"),
    path("credentials/lots/<str:lot>", views.of_lot, name="credential_of_lot"),
    path("credentials/packs/<str:serial>", views.of_pack, name="credential_of_pack"),
    path("credentials/<slug:key>", views.credential, name="credential"),
    path("credentials/<slug:key>/<int:number>", views.credential, name="credential_issue"),
]

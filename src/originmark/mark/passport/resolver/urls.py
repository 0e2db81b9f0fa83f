from django.urls import URLPattern, path

from originmark.frame.web.importer import importer_urls
from originmark.mark.passport.resolver import imports, pages

office_urls: list[URLPattern] = [
    path("links/", pages.link_list, name="links"),
    path("links/new/", pages.new, name="link_new"),
    path("links/test/", pages.test_link, name="link_test"),
    path("links/handed-on/", pages.delegation_list, name="delegations"),
    path("links/handed-on/new/", pages.delegate, name="delegation_new"),
    path("links/handed-on/<str:prefix>/end/", pages.end_delegation, name="delegation_end"),
    path("links/<int:link_id>/edit/", pages.edit, name="link_edit"),
    path("links/<int:link_id>/remove/", pages.remove, name="link_remove"),
    *importer_urls(imports.LINKS, "passport.links"),
]

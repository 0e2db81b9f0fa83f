from django.urls import URLPattern, URLResolver, path

from originmark.frame.web.importer import importer_urls
from originmark.origin.products import imports, picture_views, views

app_name = "products"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.product_list, name="list"),
    path("new/", views.new, name="new"),
    path("groups/", views.group_list, name="groups"),
    path("groups/new/", views.group, name="new_group"),
    path("groups/<slug:code>/", views.group, name="group"),
    *importer_urls(imports.PRODUCTS, "products.record"),
    *importer_urls(imports.GROUPS, "products.catalogue"),
    path("pictures/<uuid:key>-<int:width>.webp", picture_views.picture, name="picture"),
    path("<slug:code>/", views.product, name="product"),
    path("<slug:code>/edit/", views.edit, name="edit"),
    path("<slug:code>/archive/", views.archive, name="archive"),
    path("<slug:code>/restore/", views.restore, name="restore"),
    path("<slug:code>/pictures/", picture_views.add_picture, name="pictures"),
    path(
        "<slug:code>/pictures/<uuid:key>/remove/",
        picture_views.remove_picture,
        name="remove_picture",
    ),
    path("<slug:code>/pictures/<uuid:key>/up/", picture_views.move_picture_up, name="picture_up"),
    path("<slug:code>/rights/new/", picture_views.right, name="new_right"),
    path("<slug:code>/rights/<int:right_id>/", picture_views.right, name="right"),
    path(
        "<slug:code>/rights/<int:right_id>/remove/", picture_views.remove_right, name="remove_right"
    ),
    path(
        "<slug:code>/rights/<int:right_id>/document/",
        picture_views.right_document,
        name="right_document",
    ),
]

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from originmark.frame.web import health, saved_views, styleguide, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("code/", views.code, name="code"),
    path("theme/", csrf_exempt(views.theme), name="theme"),
    path("views/", saved_views.saved_views, name="saved_views"),
    path("views/keep/", saved_views.keep_view, name="keep_view"),
    path("views/<int:view_id>/forget/", saved_views.drop_view, name="drop_view"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]

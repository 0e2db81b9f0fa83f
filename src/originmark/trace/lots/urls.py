from django.urls import URLPattern, URLResolver

app_name = "lots"
urlpatterns: list[URLPattern | URLResolver] = []

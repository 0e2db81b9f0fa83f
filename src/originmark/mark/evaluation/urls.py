from django.urls import include, path

app_name = "evaluation"
urlpatterns = [
    path("stars/", include("originmark.mark.evaluation.star_urls")),
]

from django.urls import include, path

app_name = "evaluation"
urlpatterns = [
    path("", include("originmark.mark.evaluation.council_urls")),
    path("stars/", include("originmark.mark.evaluation.star_urls")),
]

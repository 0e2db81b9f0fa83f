from django.urls import path

from originmark.mark.labels import views

app_name = "labels"
urlpatterns = [
    path("", views.run_list, name="runs"),
    path("issue/", views.issue, name="issue"),
    path("check/", views.check, name="check"),
    path("files/<uuid:file_id>/", views.file, name="file"),
    path("runs/<str:number>/", views.run_page, name="run"),
    path("runs/<str:number>/activate/", views.change, {"verb": "activate"}, name="activate"),
    path("runs/<str:number>/activate-rest/", views.activate_rest, name="activate_rest"),
    path("runs/<str:number>/spoil/", views.change, {"verb": "spoil"}, name="spoil"),
    path("runs/<str:number>/withdraw/", views.change, {"verb": "withdraw"}, name="withdraw"),
    path("runs/<str:number>/print/", views.print_labels, name="print"),
    path("runs/<str:number>/test-sheet/", views.trial, name="trial"),
]

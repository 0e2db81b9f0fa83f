"""Addresses of the stars, below ``/evaluation/stars/``."""

from django.urls import path

from originmark.mark.evaluation.views import stars as views

urlpatterns = [
    path("<str:number>/", views.star, name="star"),
]

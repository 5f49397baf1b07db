"""Addresses of jobs."""

from django.urls import path

from giaoban.base.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:job_id>/restart/", views.restart, name="restart"),
    path("<int:job_id>/dismiss/", views.dismiss, name="dismiss"),
]

"""Addresses of units."""

from django.urls import path

from giaoban.apps.units import views

app_name = "units"
urlpatterns = [
    path("", views.index, name="index"),
    path("import/", views.bring_in, name="import"),
    path("<str:code>/", views.show, name="show"),
]

"""Addresses of rollups."""

from django.urls import path

from giaoban.apps.rollups import views

app_name = "rollups"
urlpatterns = [
    path("", views.board, name="board"),
    path("figure/<slug:measure>/<str:period>/<str:unit>/", views.figure, name="figure"),
    path("units/<slug:measure>/<str:period>/<str:unit>/", views.behind, name="units"),
    path("completeness/", views.completeness, name="completeness"),
]

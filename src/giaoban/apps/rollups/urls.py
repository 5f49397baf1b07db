"""Addresses of rollups."""

from django.urls import path

from giaoban.apps.rollups import views

app_name = "rollups"
urlpatterns = [
    path("", views.board, name="board"),
    path("figure/<slug:measure>/<str:period>/<str:unit>/", views.figure, name="figure"),
    path("units/<slug:measure>/<str:period>/<str:unit>/", views.behind, name="units"),
    path("signed/<str:form>/<str:period>/<str:unit>/", views.signed, name="signed"),
    path("signed/<str:form>/<str:period>/<str:unit>/sign/", views.sign, name="sign"),
    path("signed/<str:form>/<str:period>/<str:unit>/<int:number>/", views.signed_paper, name="signed_paper"),
    path("completeness/", views.completeness, name="completeness"),
]

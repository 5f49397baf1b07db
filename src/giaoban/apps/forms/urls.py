"""Addresses of forms."""

from django.urls import path

from giaoban.apps.forms import views

app_name = "forms"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:code>/", views.show, name="show"),
    path("<str:code>/design/", views.design, name="design"),
    path("<str:code>/publish/", views.publish, name="publish"),
    path("<str:code>/rounds/", views.open_round, name="open_round"),
]

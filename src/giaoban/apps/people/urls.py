"""Addresses of people."""

from django.urls import path

from giaoban.apps.people import views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("at/<str:code>/", views.at, name="at"),
    path("<int:account_id>/", views.show, name="show"),
    path("<int:account_id>/offices/", views.give, name="give"),
    path("<int:account_id>/password/", views.password, name="password"),
    path("offices/<int:office_id>/end/", views.end, name="end"),
]

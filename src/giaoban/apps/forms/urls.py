"""Addresses of forms."""

from django.urls import path

from giaoban.apps.forms import views

app_name = "forms"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<str:code>/", views.show, name="show"),
    path("<str:code>/design/", views.design, name="design"),
    path("<str:code>/publish/", views.publish, name="publish"),
    path("<str:code>/schedule/", views.schedule, name="schedule"),
    path("<str:code>/duties/", views.duties, name="duties"),
    path("<str:code>/duties/<int:duty_id>/end/", views.end_duty, name="end_duty"),
    path("<str:code>/exceptions/", views.exceptions, name="exceptions"),
    path("<str:code>/exceptions/<int:exception_id>/end/", views.end_exception, name="end_exception"),
    path("<str:code>/rounds/", views.open_round, name="open_round"),
]

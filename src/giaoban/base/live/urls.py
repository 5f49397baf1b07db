"""Addresses of the live stream."""

from django.urls import path

from giaoban.base.live import views

app_name = "live"
urlpatterns = [path("", views.stream, name="stream")]

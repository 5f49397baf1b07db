"""Addresses of rollups."""

from django.urls import URLPattern

app_name = "rollups"
urlpatterns: list[URLPattern] = []

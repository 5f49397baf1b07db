"""Addresses of narratives."""

from django.urls import URLPattern

app_name = "narratives"
urlpatterns: list[URLPattern] = []

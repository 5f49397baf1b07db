"""The application's addresses with those of people, for tests that do not depend on where people are mounted."""

from django.urls import include, path

from giaoban.apps.people import views
from giaoban.site.urls import urlpatterns as house

urlpatterns = [
    path("people/", include("giaoban.apps.people.urls")),
    path("system/", views.system, name="system"),
    *house,
]

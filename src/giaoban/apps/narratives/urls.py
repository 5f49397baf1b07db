"""Addresses of reports in prose."""

from django.urls import path

from giaoban.apps.narratives import views

app_name = "narratives"
urlpatterns = [
    path("<int:report_id>/", views.show, name="show"),
    path("<int:report_id>/receive/", views.receive, name="receive"),
    path("<int:report_id>/<int:narrative_id>/apply/", views.apply, name="apply"),
    path("<int:report_id>/<int:narrative_id>/<int:proposal_id>/dismiss/", views.dismiss, name="dismiss"),
    path("<int:report_id>/<int:narrative_id>/set-aside/", views.set_aside, name="set_aside"),
    path("<int:report_id>/findings/", views.count, name="count"),
]

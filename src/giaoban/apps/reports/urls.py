"""Addresses of reports; included at the root, because the desk is the first page."""

from django.urls import path

from giaoban.apps.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("reports/", views.listed, name="list"),
    path("reports/open/", views.take_up, name="open"),
    path("reports/<int:report_id>/", views.show, name="show"),
    path("reports/<int:report_id>/save/", views.save, name="save"),
    path("reports/<int:report_id>/submit/", views.submit, name="submit"),
    path("reports/<int:report_id>/nothing/", views.nothing, name="nothing"),
    path("reports/<int:report_id>/withdraw/", views.withdraw, name="withdraw"),
    path("reports/<int:report_id>/accept/", views.accept, name="accept"),
    path("reports/<int:report_id>/send-back/", views.send_back, name="send_back"),
    path("reports/<int:report_id>/reopen/", views.reopen, name="reopen"),
    path("reports/<int:report_id>/check/", views.check, name="check"),
    path("reports/<int:report_id>/history/", views.history, name="history"),
    path("reports/<int:report_id>/files/", views.attach, name="attach"),
    path("reports/files/<int:attachment_id>/", views.file, name="file"),
    path("reports/files/<int:attachment_id>/take-off/", views.take_off, name="take_off"),
    path("review/", views.review, name="review"),
    path("review/accept/", views.accept_many, name="accept_many"),
    path("owing/", views.owing, name="owing"),
]

"""Addresses of briefings."""

from django.urls import path

from giaoban.apps.briefings import views

app_name = "briefings"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("series/new/", views.new_series, name="new_series"),
    path("documents/<int:document_id>/file/", views.document_file, name="document_file"),
    path("documents/<int:document_id>/remove/", views.detach, name="detach"),
    path("sites/<int:site_id>/reply/", views.reply, name="reply"),
    path("conclusions/<int:conclusion_id>/amend/", views.amend, name="amend"),
    path("conclusions/<int:conclusion_id>/task/", views.make_task, name="make_task"),
    path("points/<int:point_id>/settle/", views.settle, name="settle"),
    path("<int:briefing_id>/", views.show, name="show"),
    path("<int:briefing_id>/plan/", views.plan, name="plan"),
    path("<int:briefing_id>/agenda/", views.agenda, name="agenda"),
    path("<int:briefing_id>/sites/", views.sites, name="sites"),
    path("<int:briefing_id>/documents/", views.attach, name="attach"),
    path("<int:briefing_id>/call/", views.call, name="call"),
    path("<int:briefing_id>/invitation/", views.invitation, name="invitation"),
    path("<int:briefing_id>/pack/", views.pack, name="pack"),
    path("<int:briefing_id>/pack/send/", views.send_pack, name="send_pack"),
    path("<int:briefing_id>/open/", views.open_session, name="open"),
    path("<int:briefing_id>/adjourn/", views.adjourn, name="adjourn"),
    path("<int:briefing_id>/resume/", views.resume, name="resume"),
    path("<int:briefing_id>/close/", views.close, name="close"),
    path("<int:briefing_id>/minutes/", views.minutes, name="minutes"),
    path("<int:briefing_id>/conclude/", views.conclude, name="conclude"),
    path("<int:briefing_id>/points/", views.raise_point, name="raise_point"),
    path("<int:briefing_id>/notice/", views.notice, name="notice"),
    path("<int:briefing_id>/tasks/", views.tasks, name="tasks"),
]

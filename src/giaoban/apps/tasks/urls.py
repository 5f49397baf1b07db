"""Addresses of tasks."""

from django.urls import path

from giaoban.apps.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("programme/", views.programme, name="programme"),
    path("timeline/", views.timeline, name="timeline"),
    path("changed/", views.changed, name="changed"),
    path("load/", views.load, name="load"),
    path("week/", views.week, name="week"),
    path("week/enter/", views.enter_event, name="enter_event"),
    path("week/feed/", views.make_feed, name="make_feed"),
    path("week/feed/<int:feed_id>/revoke/", views.revoke_feed, name="revoke_feed"),
    path("week/<int:event_id>/change/", views.change_event, name="change_event"),
    path("week/<int:event_id>/cancel/", views.cancel_event, name="cancel_event"),
    path("lists/", views.lists, name="lists"),
    path("mine/", views.mine, name="mine"),
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/letters/", views.choose_letters, name="choose_letters"),
    path("of-report/<int:report_id>/", views.of_report, name="of_report"),
    path("notes/<int:note_id>/file/", views.note_file, name="note_file"),
    path("extensions/<int:extension_id>/grant/", views.grant, name="grant"),
    path("extensions/<int:extension_id>/refuse/", views.refuse, name="refuse"),
    path("<int:task_id>/", views.show, name="show"),
    path("<int:task_id>/edit/", views.edit, name="edit"),
    path("<int:task_id>/part/", views.part, name="part"),
    path("<int:task_id>/take/", views.take, name="take"),
    path("<int:task_id>/note/", views.note, name="note"),
    path("<int:task_id>/hand-in/", views.hand_in, name="hand_in"),
    path("<int:task_id>/ask/", views.ask, name="ask"),
    path("<int:task_id>/extend/", views.extend, name="extend"),
    path("<int:task_id>/accept/", views.accept, name="accept"),
    path("<int:task_id>/send-back/", views.send_back, name="send_back"),
    path("<int:task_id>/close/", views.close, name="close"),
    path("<int:task_id>/reopen/", views.reopen, name="reopen"),
    path("<int:task_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:task_id>/reassign/", views.reassign, name="reassign"),
]

"""Addresses of units."""

from django.urls import path

from giaoban.apps.units import views
from giaoban.apps.units.views import plans

app_name = "units"
urlpatterns = [
    path("", views.index, name="index"),
    path("import/", views.bring_in, name="import"),
    path("plans/", plans.index, name="plans"),
    path("plans/new/", plans.new, name="plan_new"),
    path("plans/<int:plan_id>/", plans.show, name="plan"),
    path("plans/<int:plan_id>/add/", plans.add, name="plan_add"),
    path("plans/<int:plan_id>/load/", plans.load, name="plan_load"),
    path("plans/<int:plan_id>/changes/<int:number>/take-out/", plans.take_out, name="plan_take_out"),
    path("plans/<int:plan_id>/commit/", plans.commit, name="plan_commit"),
    path("plans/<int:plan_id>/drop/", plans.drop, name="plan_drop"),
    path("plans/<int:plan_id>/revert/", plans.revert, name="plan_revert"),
    path("<str:code>/", views.show, name="show"),
]

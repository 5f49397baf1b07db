"""Addresses of reports in prose."""

from django.urls import path

from giaoban.apps.narratives import views
from giaoban.apps.narratives.views import drafts, papers

app_name = "narratives"
urlpatterns = [
    path("<int:report_id>/", views.show, name="show"),
    path("<int:report_id>/receive/", views.receive, name="receive"),
    path("<int:report_id>/<int:narrative_id>/apply/", views.apply, name="apply"),
    path("<int:report_id>/<int:narrative_id>/<int:proposal_id>/dismiss/", views.dismiss, name="dismiss"),
    path("papers/", papers.index, name="papers"),
    path("papers/<int:paper_id>/", papers.show, name="paper"),
    path("instructions/", drafts.instructions, name="instructions"),
    path("instructions/receive/", drafts.receive, name="take_in"),
    path("instructions/<int:instruction_id>/", drafts.instruction, name="instruction"),
    path("instructions/<int:instruction_id>/keep/", drafts.keep_all, name="keep_all"),
    path("drafts/", drafts.index, name="drafts"),
    path("drafts/<int:draft_id>/keep/", drafts.keep, name="keep"),
    path("drafts/<int:draft_id>/correct/", drafts.correct, name="correct"),
    path("drafts/<int:kept_id>/task/", drafts.hand_over, name="hand_over"),
    path("drafts/<int:draft_id>/dismiss/", drafts.dismiss, name="leave_out"),
    path("<int:report_id>/<int:narrative_id>/set-aside/", views.set_aside, name="set_aside"),
    path("<int:report_id>/findings/", views.count, name="count"),
]

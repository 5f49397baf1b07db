"""Every address of the application."""

from __future__ import annotations

from allauth.account.views import LoginView, account_inactive, logout
from django.conf import settings
from django.urls import include, path

from giaoban.apps.people import views as people
from giaoban.apps.tasks import views as tasks
from giaoban.base.web import views as web
from giaoban.site.demo import accounts

demo = {"demo_accounts": accounts.SIGN_INS, "demo_password": accounts.PASSWORD} if settings.DEMO else {}

urlpatterns = [
    path("", include("giaoban.apps.reports.urls")),
    path("rollups/", include("giaoban.apps.rollups.urls")),
    path("units/", include("giaoban.apps.units.urls")),
    path("forms/", include("giaoban.apps.forms.urls")),
    path("people/", include("giaoban.apps.people.urls")),
    path("tasks/calendar/<str:token>.ics", tasks.calendar_feed, name="calendar_feed"),
    path("tasks/", include("giaoban.apps.tasks.urls")),
    path("narratives/", include("giaoban.apps.narratives.urls")),
    path("briefings/", include("giaoban.apps.briefings.urls")),
    path("system/", people.system, name="system"),
    path("system/ledger/", include("giaoban.base.ledger.urls")),
    path("system/jobs/", include("giaoban.base.jobs.urls")),
    path("live/", include("giaoban.base.live.urls")),
    path("sign-in/", LoginView.as_view(extra_context=demo), name="account_login"),
    path("sign-in/closed/", account_inactive, name="account_inactive"),
    path("sign-out/", logout, name="account_logout"),
    path("language/", web.language, name="language"),
    path("health/", web.health, name="health"),
]

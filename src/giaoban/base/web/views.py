"""The few addresses of the frame itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

YEAR = 31_536_000


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the process answers; asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language and go back to the page they were on."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(urlsplit(back)._replace(scheme="", netloc="").geturl() or "/")
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=YEAR, samesite="Lax", httponly=True)
    return response

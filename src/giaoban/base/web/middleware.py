"""Once per request: who acts and when; and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.module_loading import import_string

from giaoban.base.ledger import guards
from giaoban.base.web import clock
from giaoban.base.web.refusals import told
from giaoban.base.web.request import Request
from giaoban.core.refusal import Refusal

Next = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    """Vietnamese unless the reader switched; what the browser asks for is not the office's language."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ActorMiddleware:
    """Gives the request its actor and its moment. A view marked `is_public` needs no account; all others do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.actor_of = import_string(settings.ACTOR_OF)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = cast(Request, request)
        asked.at = clock.now()
        if request.user.is_authenticated:
            asked.actor = self.actor_of(request.user, asked.at.date())
        if not settings.GUARDS:
            return self.get_response(request)
        with guards.no_stray_writes():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        if request.user.is_authenticated or getattr(view, "is_public", False):
            return None
        if request.resolver_match and request.resolver_match.url_name in settings.PUBLIC_URL_NAMES:
            return None
        return redirect_to_login(request.get_full_path())


class RefusalMiddleware:
    """A Refusal raised by a view becomes a page, a fragment or problem+json; bugs pass through."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return told(cast(Request, request), exception)
        return None

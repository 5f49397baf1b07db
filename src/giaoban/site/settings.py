"""Settings. Everything that differs between machines comes from the environment; see docs/guides/running.md."""

from __future__ import annotations

import os
from pathlib import Path

import fontpkg_be_vietnam_pro

from giaoban.base.mail.address import outlet
from giaoban.site.environment import database, flag, listed

PACKAGE = Path(__file__).resolve().parent.parent
FONTS = Path(str(fontpkg_be_vietnam_pro.__file__)).parent / "files"
VAR = Path(os.environ.get("GIAOBAN_VAR", "var")).resolve()  # database, files, caches: all that is written

SECRET_KEY = os.environ.get("GIAOBAN_SECRET", "")  # Django refuses to work with an empty one
DEBUG = flag("GIAOBAN_DEBUG")
GUARDS = DEBUG or flag("GIAOBAN_GUARDS")  # refuse writes outside services and queries while rendering
DEMO = flag("GIAOBAN_DEMO")
CLOCK_SHIFT_SECONDS = int(os.environ.get("GIAOBAN_CLOCK_SHIFT", "0"))  # the demo lives in August 2020
LEXICONS = [Path(name).resolve() for name in listed("GIAOBAN_LEXICON", default="")]  # an office's words for the reader
ALLOWED_HOSTS = listed("GIAOBAN_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("GIAOBAN_ORIGINS", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "giaoban.base.ledger",
    "giaoban.base.attachments",
    "giaoban.base.api",
    "giaoban.base.jobs",
    "giaoban.base.mail",
    "giaoban.base.web",
    "giaoban.apps.units",
    "giaoban.apps.people",
    "giaoban.apps.forms",
    "giaoban.apps.reports",
    "giaoban.apps.tasks",
    "giaoban.apps.rollups",
    "giaoban.apps.narratives",
    "giaoban.apps.briefings",
    "giaoban.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "giaoban.base.web.delivery.StaticFilesMiddleware",
    "giaoban.base.web.delivery.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "giaoban.base.web.middleware.LanguageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "giaoban.base.web.middleware.ActorMiddleware",
    "giaoban.base.web.middleware.RefusalMiddleware",
    "giaoban.base.api.middleware.ReceiptMiddleware",
]

ROOT_URLCONF = "giaoban.site.urls"
ASGI_APPLICATION = "giaoban.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["giaoban.base.web.templatetags.house"],
        },
    }
]

DATABASES = {"default": database(os.environ.get("GIAOBAN_DATABASE", ""), VAR / "giaoban.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LEDGER_EXEMPT_TABLES = frozenset(  # written by the machinery, not by a verb of the organisation
    {
        "django_session",
        "django_migrations",
        "django_content_type",
        "auth_permission",
        "api_receipt",
        "jobs_job",
        "jobs_worker",
        "jobs_schedule",
        "jobs_follower",
        "briefings_presence",
        "account_emailaddress",
        "account_emailconfirmation",
    }
)

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACTOR_OF = "giaoban.apps.people.queries.actor_of"  # account, day -> Actor; base.web asks it once per request
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "giaoban_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False  # figures are written by core.text_vi, never by locale

STATIC_URL = "/static/"
STATICFILES_DIRS = [("fonts", FONTS)]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILES_ROOT = VAR / "files"  # stored files under the hash of their bytes
TREES_ROOT = VAR / "trees"  # trees as arrays, so that a process need not read all placements to begin
ROLLUPS_ROOT = VAR / "rollups"  # the roll-up's mapped files: made from the reports again when they are lost
DATA_UPLOAD_MAX_MEMORY_SIZE = 52_428_800
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000  # a designer's row is nineteen boxes

_mail = outlet(os.environ.get("GIAOBAN_MAIL", ""))
MAIL_TROUBLE = _mail.trouble  # told by `giaoban check`; a wrong address keeps nobody from working
EMAIL_BACKEND = _mail.settings["EMAIL_BACKEND"]
EMAIL_HOST = _mail.settings["EMAIL_HOST"]
EMAIL_PORT = _mail.settings["EMAIL_PORT"]
EMAIL_HOST_USER = _mail.settings["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail.settings["EMAIL_HOST_PASSWORD"]
EMAIL_USE_SSL = _mail.settings["EMAIL_USE_SSL"]
EMAIL_USE_TLS = _mail.settings["EMAIL_USE_TLS"]
EMAIL_TIMEOUT = _mail.settings["EMAIL_TIMEOUT"]
EMAIL_FILE_PATH = _mail.settings["EMAIL_FILE_PATH"]
DEFAULT_FROM_EMAIL = _mail.settings["DEFAULT_FROM_EMAIL"]

MEDIA_PROVIDER = os.environ.get("GIAOBAN_MEDIA", "giaoban.base.media.link.Link")  # sound and picture of briefings

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = flag("GIAOBAN_HTTPS")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

PUBLIC_URL_NAMES = frozenset(  # a calendar program cannot sign in: its link is its key
    {"account_inactive", "account_login", "account_logout", "calendar_feed", "language", "health"}
)
# sign-in and settings write no rows of the organisation; a sign of life may be given any number of times
KEYLESS_URL_NAMES = PUBLIC_URL_NAMES | {"briefings:here"}
VERB_LABELS = "giaoban.site.verbs.LABELS"
NAVIGATION = "giaoban.site.navigation.PLACES"
PANELS = "giaoban.site.panels.PANELS"
TREE_TIES = "giaoban.site.ties.TIES"  # what hangs on the tree; units asks before it is changed

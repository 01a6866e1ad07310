"""One settings file; the environment alone decides between embedded and production mode."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.config import environment as env

BASE_DIR = Path(__file__).resolve().parents[2]
STATE_DIR = Path(env.text("STATE_DIR") or BASE_DIR / "var")
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
EMBEDDED = not DATABASE_URL
DEBUG = env.flag("DEBUG")
TASKS_EAGER = env.flag("TASKS_EAGER")
PROCESSES = env.number("PROCESSES", 1)

_own = env.embedded_keys(STATE_DIR / "keys") if EMBEDDED else {}
SECRET_KEY = env.text("SECRET_KEY") or _own.get("SECRET_KEY", "")
FIELD_KEYS = env.field_keys(env.text("FIELD_KEYS") or _own.get("FIELD_KEYS", ""))
INDEX_KEY = base64.b64decode(env.text("INDEX_KEY") or _own.get("INDEX_KEY", ""))
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "*" if EMBEDDED else "")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# No document at hand names a photo's size: the default is one inch (25 x 35 mm) at 300 dpi.
ENTRY_PHOTO_MIN_PIXELS = (env.number("ENTRY_PHOTO_MIN_WIDTH", 295), env.number("ENTRY_PHOTO_MIN_HEIGHT", 413))
ENTRY_PAPER_MAX_MIB = env.number("ENTRY_PAPER_MAX_MIB", 10)
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")  # embedded: follows --host and --port

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "django_htmx",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "backend.core",
    "backend.ui",
    "backend.audit",
    "backend.accounts",
    "backend.people",
    "backend.notify",
    "backend.documents",
    "backend.spreadsheets",
    "backend.tabulation",
    "backend.selection",
    "realtime",
    "certificates.credentials",
    "competitions.contests",
    "competitions.registration",
    "competitions.venues",
    "competitions.judges",
    "competitions.draw",
    "competitions.scoring",
    "competitions.results",
    "competitions.boards",
    "backend.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backend.ui.middleware.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "backend.people.middleware.ActingRole",
    "backend.accounts.middleware.Owed",
    "backend.ui.middleware.DomainErrors",
]

ROOT_URLCONF = "backend.config.urls"
ASGI_APPLICATION = "backend.config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "backend.ui.context.page",
            ],
        },
    }
]

DATABASES = {"default": env.postgres(DATABASE_URL) if DATABASE_URL else env.sqlite(STATE_DIR / "saixunzheng.sqlite3")}
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["backend.accounts.hashers.LighterArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
CSRF_FAILURE_VIEW = "backend.ui.web.csrf_failure"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 14 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LOCALE_PATHS = [BASE_DIR / "backend" / "config" / "locale"]
FORMAT_MODULE_PATH = ["backend.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [("vendor", STATE_DIR / "vendor")] if (STATE_DIR / "vendor").exists() else []
MEDIA_ROOT = STATE_DIR / "media"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = env.flag("RELOAD")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 70 * 1024 * 1024
ANONYMOUS_BODY_MAX_BYTES = env.number("ANONYMOUS_BODY_MAX_BYTES", 256 * 1024)  # forms of text; nobody uploads unsigned
BODY_MAX_BYTES = env.number("BODY_MAX_BYTES", 256 * 1024 * 1024)  # of whoever has signed in: many scans at once
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CACHES = {
    "default": {
        "BACKEND": "backend.config.caches.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": env.text("REDIS_PREFIX", "saixunzheng")},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"global_keyprefix": env.text("REDIS_PREFIX", "saixunzheng") + ":"} if REDIS_URL else {"polling_interval": 0.02}
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "core.sweep_jobs", "schedule": 30},
    "seal-audit": {"task": "audit.seal", "schedule": 5},
    "sweep-notices": {"task": "realtime.sweep", "schedule": 5},
    "freeze-boards": {"task": "boards.keep_due_standings", "schedule": 1},
    "purge-documents": {"task": "documents.purge", "schedule": 3600},
    "deliver-notes": {"task": "notify.deliver_due", "schedule": 30},
    "flag-short-events": {"task": "registration.flag_short_events", "schedule": 60},
    "purge-imports": {"task": "registration.purge_imports", "schedule": 3600},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "backend.ui.problems.problem_handler",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.text("API_RATE_ANONYMOUS", "600/min"),
        "user": env.text("API_RATE_USER", "3000/min"),
    },
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Saixunzheng API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVERS": [{"url": "/"}],
    "POSTPROCESSING_HOOKS": ["backend.config.api.document_problems"],
}

REALTIME_MAX_SOCKETS = env.number("REALTIME_MAX_SOCKETS", 6000)  # of one process

EMAIL_HOST = env.text("EMAIL_HOST")  # empty: no copies by e-mail
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("EMAIL_USER"), env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = env.flag("EMAIL_STARTTLS"), env.flag("EMAIL_TLS")
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT_SECONDS", 20)
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "saixunzheng@localhost")
SMS_GATEWAY = env.text("SMS_GATEWAY")  # dotted path of a carrier; empty: no SMS
SMS_DIR = STATE_DIR / "sms"  # of the file gateway

IMPORT_MAX_BYTES = env.number("IMPORT_MAX_BYTES", 50 * 1024 * 1024)
IMPORT_MAX_ROWS = env.number("IMPORT_MAX_ROWS", 100_000)
IMPORT_KEEP_DAYS = env.number("IMPORT_KEEP_DAYS", 7)
SELECTION_PUBLICITY_DAYS = env.number("SELECTION_PUBLICITY_DAYS", 5)  # of a new call; no regulation found says how long
OBJECTIONS_PER_HOUR = env.number("OBJECTIONS_PER_HOUR", 5)  # to one list, from one address
OBJECTIONS_TO_LIST_PER_HOUR = env.number("OBJECTIONS_TO_LIST_PER_HOUR", 60)  # from everywhere together
DOCUMENT_REPLACED_KEEP_DAYS = env.number("DOCUMENT_REPLACED_KEEP_DAYS", 365)  # 0: a replaced file is kept as its row
INVITATION_DAYS = env.number("INVITATION_DAYS", 14)  # how long a contestant's own link lives
GUARDIAN_CONSENT_BELOW_AGE = env.number("GUARDIAN_CONSENT_BELOW_AGE", 18)  # docs/regulations.md says why
SEAT_SESSION_SECONDS = 14 * 3600
MFA_REQUIRED = env.flag("MFA_REQUIRED", default=not EMBEDDED)
SIGN_ON_TWO_DEVICES = env.flag("SIGN_ON_TWO_DEVICES", default=not EMBEDDED)
MFA_ROLES = ("sys_admin", "group_secretary", "organiser")
ARGON2_MEMORY_KIB = env.number("ARGON2_MEMORY_KIB", 19_456)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "request": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO"), "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}

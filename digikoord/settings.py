"""One settings file, driven by the environment. With no variables it is embedded: everything in var/."""

import os
import socket
from pathlib import Path

from celery.schedules import crontab
from environs import Env

from . import contact, embedded, production, secret_files
from .rooms import ROOMS

secret_files.fill(os.environ)  # NAME_FILE, before anybody reads NAME
env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

MODE = production.mode(env.str("DIGIKOORD_MODE", ""))
COLLECTED = MODE != "embedded"  # static files belong to an image
PRODUCTION = MODE == "production"
if PRODUCTION:
    production.require(os.environ)
VAR = Path(env.str("DIGIKOORD_VAR", "") or BASE_DIR / "var").absolute()

SECRET_KEY = env.str("SECRET_KEY", "") or embedded.secret_key(VAR)
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_filters",
    "digikoord",
    *ROOMS,
]

MIDDLEWARE = [
    "digikoord.logs.RequestLogMiddleware",
    "digikoord.headers.HeadersMiddleware",
    "digikoord.readable.ReadableMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "digikoord.middleware.RehearsalMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "digikoord.urls"
WSGI_APPLICATION = "digikoord.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data
if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=600, conn_health_checks=True)}
else:
    DATABASES = {"default": embedded.database(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts that all processes share
REDIS_SECONDS = 0.3  # whoever serves a request waits no longer for Redis than this
CACHES = {"default": embedded.cache(VAR)}
if os.environ.get("REDIS_URL"):
    CACHES = {
        "default": {
            "BACKEND": "digikoord.cache.Shared",
            "LOCATION": env.str("REDIS_URL"),
            "KEY_PREFIX": "digikoord",
            "OPTIONS": {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS},
        }
    }

# People
AUTH_USER_MODEL = "actors.User"
AUTHENTICATION_BACKENDS = ["access.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited to an address, they do not bring one
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {"reset_password": "access.forms.entrance.ForgottenForm"}
# Tries to log in are counted by account and device (access/adapter.py), links by letter (access/actions/passwords.py):
# never by address, which many share
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    ("login", "login_failed", "reset_password", "reset_password_from_key"), ""
)
# How many proxies of ours stand before us: so many of the addresses in X-Forwarded-For are believed, from the last
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("DIGIKOORD_PROXIES", 1 if PRODUCTION else 0)
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False

# Language and time
LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
FORMAT_MODULE_PATH = "digikoord.formats"

# Static files: our own, and what npm brought
STATIC_URL = "/static/"
# Collected in production; otherwise served from where they lie
STATIC_ROOT = Path(env.str("DIGIKOORD_STATIC", "") or VAR / "static") if COLLECTED else None
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", BASE_DIR / "node_modules/bootstrap/dist"),
    ("icons", BASE_DIR / "node_modules/bootstrap-icons/font"),
    ("inter", BASE_DIR / "node_modules/@fontsource/inter"),
]
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_HANDLERS = ["digikoord.lib.uploads.BoundedUpload"]
# The virus scanner (lib/scanner.py): host:port or unix:/path; "none" waives it in words, which production wants
CLAMD = env.str("DIGIKOORD_CLAMD", "")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # two hundred initiatives, each field with a word about it

# What an app asks of those above it, which it does not know: here it is composed
DAYS_OF_A_YEAR = "reporting.plan.days_of"
BOOKS_BALANCE = "overview.actions.ledger_checks.balance"
WHEN_AN_ACCOUNT_IS_TAKEN_BACK = "reporting.actions.accounts.ask_again"
HINDERS_THE_END = "reporting.selectors.endings.hindrances"
WHEN_A_ROLE_CHANGES = "grants.actions.missing_people.look_again"
SECRETARIATS = "grants.selectors.years.secretariats"

CONTACT = contact.told(os.environ)  # what the accessibility statement leads to

# Mail
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "digikoord@digikoord.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where letters point: the address people open in their browser.
SITE_URL = env.str("SITE_URL", "") or (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else f"http://127.0.0.1:{env.str('PORT', '8000')}"
)
SITE_URL = SITE_URL.rstrip("/")
if os.environ.get("EMAIL_URL"):
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"

EMAIL_TIMEOUT = 20  # seconds; a server that says nothing must not hold a worker

# Work after the answer
CELERY_BROKER_URL = env.str("REDIS_URL", "") or "files://localhost"
# Seconds a task may take. What has taken longer is ended, so nothing is handed on while it still runs.
CELERY_TASK_TIME_LIMIT = env.int("DIGIKOORD_TASK_SECONDS", 120)
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # A killed worker's task is handed to another then; Celery's own pace of looking is minutes.
    {
        "visibility_timeout": CELERY_TASK_TIME_LIMIT,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": REDIS_SECONDS,
        # A Redis that is gone without a word is noticed: a worker would listen to it for hours
        "socket_keepalive": True,
        "socket_keepalive_options": {socket.TCP_KEEPIDLE: 10, socket.TCP_KEEPINTVL: 5, socket.TCP_KEEPCNT: 3},
    }
    if os.environ.get("REDIS_URL")
    else embedded.broker(VAR)
)
# When the day's jobs are asked for: each hour, so that a night the machine was off is caught up; a day's jobs run once.
DAILY_SCHEDULE = crontab(minute=5)
# How often what a queue may have lost is looked for
LETTER_BACK_OFF_SECONDS = env.float("DIGIKOORD_BACK_OFF_SECONDS", 60.0)  # doubled for each attempt
SWEEP_SECONDS = env.float("DIGIKOORD_SWEEP_SECONDS", 60.0)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # worker and beat wait for Redis, however long it is gone
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE

# Transport and cookies
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_AGE = 12 * 60 * 60
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = ["^halsa/$", "^beredskap/$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# One JSON object a line (logs.py). Each request in production; elsewhere what goes wrong.
LOG_LEVEL = env.str("LOG_LEVEL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "digikoord.logs.JsonLines", "words": not PRODUCTION}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "digikoord.requests": {"level": "INFO" if PRODUCTION else LOG_LEVEL},
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # Each request has its own line, and each error its number
        "django.request": {"level": "CRITICAL"},
        "pypdf": {"level": "CRITICAL"},  # what it mends of a file that somebody hands in
    },
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

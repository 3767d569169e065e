"""Django settings: computed from the environment and the data folder, the same for demo and production.

What differs by installation comes in by environment variables (docs/operations.md lists them all); a wrong value is
refused with a sentence.
"""

from __future__ import annotations

import os
from typing import Any

from hrss.config.environment import PROJECT, Home
from hrss.foundation.identity.settings import INSTALLED_APPS as IDENTITY_APPS
from hrss.foundation.identity.settings import MIDDLEWARE as IDENTITY_MIDDLEWARE
from hrss.foundation.identity.settings import identity_settings

HOME = Home.current()

DEBUG = False
SECRET_KEY = os.environ.get("HRSS_SECRET_KEY") or HOME.secrets["django"]
ALLOWED_HOSTS = os.environ.get("HRSS_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("HRSS_ORIGINS", "").split(",") if origin]
SECURE_COOKIES = os.environ.get("HRSS_HTTPS", "0") == "1"

_PARTS = [
    "hrss.foundation.scope",
    "hrss.foundation.audit",
    "hrss.foundation.calendar",
    "hrss.foundation.outbox",
    "hrss.foundation.jobs",
    "hrss.foundation.regions",
    "hrss.foundation.people",
    "hrss.foundation.organisations",
    "hrss.foundation.identity",
    "hrss.foundation.access",
    "hrss.foundation.files",
    "hrss.foundation.messages",
    "hrss.foundation.numbering",
    "hrss.exchange",
    "hrss.casework",
    "hrss.casework.reception",
    "hrss.funds.signing",
    "hrss.funds.soundness",
    "hrss.funds.ledger",
    "hrss.funds.payables",
    "hrss.funds.reconciliation",
    "hrss.funds.banking",
    "hrss.funds.payruns",
    "hrss.funds.recovery",
    "hrss.domains.employment",
    "hrss.domains.insurance",
    "hrss.oversight.parameters",
    "hrss.oversight.indicators",
    "hrss.analytics.lake",
    "hrss.oversight.boards",
    "hrss.oversight.monitoring",
    "hrss.oversight.projects",
    "hrss.channels.ui",
    "hrss.channels.portal",
    "hrss.channels.counter",
    "hrss.channels.workbench",
    "hrss.channels.cockpit",
    "hrss.channels.api",
    "hrss.demo",
    "hrss.config",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    *IDENTITY_APPS,
    "procrastinate.contrib.django",
    *_PARTS,
]


def _database(role: str) -> dict[str, Any]:
    address = HOME.address(role)
    return {
        "ENGINE": "hrss.config.postgresql",
        "NAME": os.environ.get("HRSS_DATABASE") or address.name,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.host,
        "PORT": address.port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            "connect_timeout": 10,
            "prepare_threshold": None,  # foundation.scope.hot prepares for itself; the ORM binds on the client
            "options": "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000",
        },
    }


DATABASES = {"default": _database("app"), "owner": _database("owner")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "identity.Account"
globals().update(identity_settings(os.environ))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/work/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "hrss.foundation.access.session_store"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

ROOT_URLCONF = "hrss.config.urls"
WSGI_APPLICATION = "hrss.config.wsgi.application"
STATIC_URL = "/static/"

HRSS_HOME = HOME.path
HRSS_KEYS = HOME.keys
HRSS_FILES = HOME.files
HRSS_AGENCIES = HOME.agencies
HRSS_LAKE = HOME.path / "lake"
HRSS_BANK = HOME.bank
HRSS_PACKS = PROJECT / "packs"
HRSS_COUNTY_PACK = os.environ.get("HRSS_PACK", "fengjie")
HRSS_AUDIT_WITNESS = os.environ.get("HRSS_AUDIT_WITNESS", "")
HRSS_AUDIT_SIGNER = os.environ.get("HRSS_AUDIT_SIGNER", "")
HRSS_VIRUS_SCAN = os.environ.get("HRSS_VIRUS_SCAN", "")
HRSS_SMS_GATEWAY = os.environ.get("HRSS_SMS_GATEWAY", "")
HRSS_ADDRESS = os.environ.get("HRSS_ADDRESS", "http://127.0.0.1:8000")

MIDDLEWARE = [
    "hrss.channels.ui.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hrss.channels.ui.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hrss.channels.ui.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *IDENTITY_MIDDLEWARE,
    "hrss.channels.ui.middleware.ElderMiddleware",
    "hrss.channels.ui.middleware.ProblemMiddleware",
]
CSRF_FAILURE_VIEW = "hrss.channels.ui.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000  # our static addresses carry the digest of their content
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "src/hrss/channels/ui/templates_django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "config_cache"},
}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # a hall shares one address: lock the name, not everybody in the hall
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

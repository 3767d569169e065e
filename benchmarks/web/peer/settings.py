"""Settings of the peer: what ``django-admin startproject`` gives, on the county's database, in Chinese.

Stock middleware, stock sessions, stock templates with the cached loader Django uses without DEBUG. Connections are kept
(``CONN_MAX_AGE``), which is kinder than the default. The role sees every row, so nothing is paid for row-level security.
"""

import os

SECRET_KEY = "only for measuring"  # noqa: S105 - the peer holds nothing
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "benchmarks.web.peer",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "benchmarks.web.peer.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "benchmarks.web.peer.views.frame",
            ],
        },
    }
]
WSGI_APPLICATION = "benchmarks.web.peer.wsgi.application"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PEER_NAME", ""),
        "USER": os.environ.get("PEER_USER", ""),
        "PASSWORD": os.environ.get("PEER_PASSWORD", ""),
        "HOST": os.environ.get("PEER_HOST", ""),
        "PORT": os.environ.get("PEER_PORT", ""),
        "CONN_MAX_AGE": None,
    }
}
AUTH_USER_MODEL = "peer.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"

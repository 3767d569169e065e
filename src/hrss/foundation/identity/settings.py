"""Settings of identity for ``config.settings``: ``globals().update(identity_settings(os.environ))``.

Plain values only, so that it can be imported before Django is set up. The city's sign-on is off until its address,
client id and secret are in the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware", "axes.middleware.AxesMiddleware"]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

CITY_SIGN_ON = "city"
STAFF_IDLE_MINUTES = 15
PUBLIC_IDLE_MINUTES = 30
FAILURES_BEFORE_LOCK = 5
LOCK_MINUTES = 15
PASSWORD_DAYS = 90


def identity_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Give every Django, allauth and axes setting that identity needs (not INSTALLED_APPS and MIDDLEWARE)."""
    return _passwords() | _accounts() | _second_factor() | _lockout() | _city_sign_on(environment)


def _passwords() -> dict[str, Any]:
    validation = "django.contrib.auth.password_validation."
    return {
        "AUTHENTICATION_BACKENDS": AUTHENTICATION_BACKENDS,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{validation}MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
            {"NAME": f"{validation}UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("username",)}},
            {"NAME": f"{validation}CommonPasswordValidator"},
            {"NAME": "hrss.foundation.identity.passwords.MixedCharactersValidator"},
        ],
    }


def _accounts() -> dict[str, Any]:
    return {
        "ACCOUNT_ADAPTER": "hrss.foundation.identity.adapters.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": "username",
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_PRESERVE_USERNAME_CASING": False,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_RATE_LIMITS": False,  # axes counts in the database, whatever the number of processes
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
        "USERSESSIONS_TRACK_ACTIVITY": False,
    }


def _second_factor() -> dict[str, Any]:
    return {
        "MFA_ADAPTER": "hrss.foundation.identity.adapters.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
        "MFA_TOTP_ISSUER": "奉节人社",
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_TRUST_ENABLED": False,
    }


def _lockout() -> dict[str, Any]:
    return {
        "AXES_FAILURE_LIMIT": FAILURES_BEFORE_LOCK,
        "AXES_COOLOFF_TIME": timedelta(minutes=LOCK_MINUTES),
        "AXES_LOCKOUT_PARAMETERS": ["username"],
        # An office shares one address: a lock by address would shut out everybody behind it.
        "SILENCED_SYSTEM_CHECKS": ["axes.W006"],
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_USERNAME_FORM_FIELD": "login",
        "AXES_USERNAME_CALLABLE": "hrss.foundation.identity.lockout.username_of",
        "AXES_HTTP_RESPONSE_CODE": 429,
        "AXES_ENABLE_ADMIN": False,
        "AXES_VERBOSE": False,
    }


def _city_sign_on(environment: Mapping[str, str]) -> dict[str, Any]:
    values = {
        "SOCIALACCOUNT_ADAPTER": "hrss.foundation.identity.adapters.CitySignOnAdapter",
        "SOCIALACCOUNT_AUTO_SIGNUP": True,
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {},
        "HRSS_OIDC_ID_CLAIM": environment.get("HRSS_OIDC_ID_CLAIM", "id_number"),
        "HRSS_OIDC_NAME_CLAIM": environment.get("HRSS_OIDC_NAME_CLAIM", "name"),
    }
    server, client = environment.get("HRSS_OIDC_SERVER", ""), environment.get("HRSS_OIDC_CLIENT", "")
    if server and client:
        app = {
            "provider_id": CITY_SIGN_ON,
            "name": environment.get("HRSS_OIDC_TITLE", "渝快办统一身份认证"),
            "client_id": client,
            "secret": environment.get("HRSS_OIDC_SECRET", ""),
            "settings": {"server_url": server, "oauth_pkce_enabled": True, "uid_field": "sub"},
        }
        values["SOCIALACCOUNT_PROVIDERS"] = {"openid_connect": {"APPS": [app]}}
    return values

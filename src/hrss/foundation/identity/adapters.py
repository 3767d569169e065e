"""What allauth asks of us: nobody signs up by password, second-factor secrets are sealed, the city vouches for people.

Values from the city's sign-on are used to find the person by id number and are not stored.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.utils import timezone

from hrss.foundation.crypto import open_sealed, ring_in_use, seal
from hrss.foundation.identity.finding import account_vouched_for
from hrss.kernel.problem import Problem

_SECRET = "identity.second_factor"  # noqa: S105 - the name of a field, not a secret
_OWNER = UUID(int=0)  # allauth does not say whose secret it is


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up: accounts are made by verbs only."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Refuse self-made password accounts."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Set a new password of one's own and note the day, from which the ninety days count."""
        user.set_password(password)
        user.password_set_at = timezone.now()
        user.save(update_fields=["password", "password_set_at"])


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals secrets, draws the QR code, keeps staff from taking their second factor off."""

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return seal(text, ring=ring_in_use(), field=_SECRET, owner=_OWNER).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return open_sealed(bytes.fromhex(encrypted_text), ring=ring_in_use(), field=_SECRET, owner=_OWNER)

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code of an authenticator address."""
        return str(segno.make(url, error="m").svg_inline(scale=4, border=2))

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Refuse to leave staff without a second factor (等保三级：两种鉴别技术)."""
        return not authenticator.user.is_staff_account

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: accounts have no mail address; the log and the inbox tell."""


class CitySignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Joins a sign-on of the city to the public account of the person with that id number and name."""

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Connect to the person's account, made now when there is none. Problem ``identity.not_on_record`` (403)."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims)
        number = str(claims.get(getattr(settings, "HRSS_OIDC_ID_CLAIM", "id_number"), ""))
        account = account_vouched_for(
            name=str(claims.get(getattr(settings, "HRSS_OIDC_NAME_CLAIM", "name"), "")), id_number=number
        )
        if account is None:
            raise Problem(
                "identity.not_on_record",
                "本县人社档案中没有您的信息",
                remedy="请带身份证到就近网点建档，或核对统一身份认证中的实名信息",
                status=403,
            )
        sociallogin.account.extra_data = {}
        sociallogin.connect(request, account)

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        """Refuse accounts that belong to no person on record."""
        return False

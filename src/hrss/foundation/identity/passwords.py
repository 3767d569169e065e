"""Password rules for staff (GB/T 22239-2019 8.1.4.1: complexity and periodic change).

The public has no passwords: a code or the city's sign-on.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone

from hrss.foundation.identity.settings import PASSWORD_DAYS

if TYPE_CHECKING:
    from hrss.foundation.identity.models import Account

_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")


class MixedCharactersValidator:
    """Three of four kinds of characters: small letters, capitals, digits, others."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ``ValidationError`` when fewer than three kinds occur."""
        if sum(bool(re.search(kind, password)) for kind in _KINDS) < 3:
            raise ValidationError(self.get_help_text(), code="password_not_mixed")

    def get_help_text(self) -> str:
        """Give the rule in words."""
        return "密码应包含大写字母、小写字母、数字、符号中的三种"


def password_is_due(account: Account) -> bool:
    """Tell whether a staff password is older than ``PASSWORD_DAYS`` and must be changed before anything else."""
    if not account.is_staff_account or account.password_set_at is None:
        return account.is_staff_account
    return timezone.now() - account.password_set_at > timedelta(days=PASSWORD_DAYS)

"""The second factor of staff: is one set up, does a code fit. Built on allauth's TOTP, whose secrets we seal."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code

from hrss.foundation.identity.models import Account


def has_second_factor(account: Account) -> bool:
    """Tell whether a TOTP authenticator is set up."""
    return bool(Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists())


def must_set_up(account: Account) -> bool:
    """Tell whether the account may do nothing but set up its second factor."""
    return account.is_staff_account and not has_second_factor(account)


def second_factor_fits(account: Account, code: str) -> bool:
    """Check a TOTP code; each code is taken once."""
    row = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    return row is not None and bool(TOTP(row).validate_code(code))


def secret_fits(secret: str, code: str) -> bool:
    """Tell whether a code belongs to a secret that is being set up."""
    return bool(validate_totp_code(secret, code))


def deactivate(account: Account) -> int:
    """Take the authenticator away; gives how many there were."""
    return int(Authenticator.objects.filter(user=account).delete()[0])


def activate(account: Account, secret: str) -> None:
    """Set the authenticator up, replacing one that is there."""
    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(account, secret)

"""Accounts, text-message codes and delegations."""

from hrss.foundation.identity.models.account import Account, AccountManager
from hrss.foundation.identity.models.delegation import Delegation
from hrss.foundation.identity.models.sms_code import SmsCode
from hrss.foundation.identity.models.token import AccessToken

__all__ = ["AccessToken", "Account", "AccountManager", "Delegation", "SmsCode"]

"""Verbs of identity, one a file."""

from hrss.foundation.identity.services.accept_delegation import accept_delegation
from hrss.foundation.identity.services.appoint_delegate import appoint_delegate
from hrss.foundation.identity.services.close_account import close_account
from hrss.foundation.identity.services.create_staff_account import create_staff_account
from hrss.foundation.identity.services.enrol_second_factor import enrol_second_factor
from hrss.foundation.identity.services.grant_delegation import grant_delegation
from hrss.foundation.identity.services.issue_token import issue_token, revoke_token
from hrss.foundation.identity.services.open_account_at_window import open_account_at_window
from hrss.foundation.identity.services.open_public_account import open_public_account
from hrss.foundation.identity.services.request_code import request_code
from hrss.foundation.identity.services.reset_second_factor import reset_second_factor, unlock
from hrss.foundation.identity.services.revoke_delegation import revoke_delegation
from hrss.foundation.identity.services.set_password import set_password
from hrss.foundation.identity.services.sign_in_by_code import sign_in_by_code

__all__ = [
    "accept_delegation",
    "appoint_delegate",
    "close_account",
    "create_staff_account",
    "enrol_second_factor",
    "grant_delegation",
    "issue_token",
    "open_account_at_window",
    "open_public_account",
    "request_code",
    "reset_second_factor",
    "revoke_delegation",
    "revoke_token",
    "set_password",
    "sign_in_by_code",
    "unlock",
]

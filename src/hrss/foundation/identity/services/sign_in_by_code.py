"""Check a code and say whose account it opens. It raises nothing for a wrong code: the spent try must be kept."""

from __future__ import annotations

from hrss.foundation import audit
from hrss.foundation.identity.codes import code_fits
from hrss.foundation.identity.finding import account_of_phone
from hrss.foundation.identity.models import SmsCode
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import check_phone
from hrss.kernel.outcome import Outcome


@verb("identity.sign_in_by_code")
def sign_in_by_code(*, actor: Actor, phone: str, code: str) -> Outcome:
    """Give Outcome ``account`` with its id, or with an empty id when code and account do not fit.

    The channel shows ``codes.wrong_code()`` then, without rolling back, and signs in otherwise.
    """
    number = check_phone(phone)
    fits = code_fits(number, code, SmsCode.Purpose.LOGIN)
    account = account_of_phone(number) if fits else None
    audit.record(
        actor,
        "identity.sign_in_by_code",
        subject_kind="account",
        subject_id=account.id if account else "",
        detail={"fits": fits, "account": account is not None},
    )
    return Outcome("account", str(account.id) if account else "", data={"fits": fits})

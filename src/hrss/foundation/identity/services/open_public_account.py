"""A person opens their own account: name, id number and a phone that is on their record."""

from __future__ import annotations

from hrss.foundation import audit
from hrss.foundation.identity.codes import code_fits
from hrss.foundation.identity.finding import has_phone, person_named, public_account_for
from hrss.foundation.identity.models import SmsCode
from hrss.foundation.people.elevation import elevated
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import check_id_number, check_phone
from hrss.kernel.outcome import Outcome

NOT_FITTING = "姓名、身份号码、手机号与档案不符，或验证码不对；可带身份证到就近网点登记手机号"


@verb("identity.open_public_account")
def open_public_account(*, actor: Actor, name: str, id_number: str, phone: str, code: str) -> Outcome:
    """Give Outcome ``account``; the id is empty when anything does not fit, and it is not said what.

    Knowing somebody's name and number is not enough: the phone must have been registered for that person before, at a
    window or by the city. Problems: ``id_number.…``, ``phone.format``.
    """
    number = check_id_number(id_number)
    mobile = check_phone(phone)
    account_id, person_id = "", None
    if code_fits(mobile, code, SmsCode.Purpose.REGISTER):
        with elevated(actor):
            person = person_named(name, number.text)
            if person is not None and has_phone(person.id, mobile):
                person_id = person.id
                account_id = str(public_account_for(person.id, person.name, phone=mobile).id)
    audit.record(
        actor,
        "identity.open_public_account",
        subject_kind="account",
        subject_id=account_id,
        person_id=person_id,
        detail={"opened": bool(account_id)},
    )
    return Outcome("account", account_id, data={"message": "" if account_id else NOT_FITTING})

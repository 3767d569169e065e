"""Ask for a code by text message."""

from __future__ import annotations

from hrss.foundation import audit
from hrss.foundation.identity.codes import send_code
from hrss.foundation.identity.models import SmsCode
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import check_phone
from hrss.kernel.outcome import Outcome


@verb("identity.request_code")
def request_code(*, actor: Actor, phone: str, purpose: str = SmsCode.Purpose.LOGIN, key: str = "") -> Outcome:
    """Send a code to ``phone``; the answer is the same whether or not the number belongs to an account.

    Problems: ``phone.format``, ``identity.code_too_often`` (429).
    """
    number = check_phone(phone)
    code_id = send_code(number, SmsCode.Purpose(purpose))
    audit.record(actor, "identity.request_code", subject_kind="sms_code", subject_id=code_id, detail={"for": purpose})
    return Outcome("sms_code", str(code_id), data={"tail": number[-4:]})

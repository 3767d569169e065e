"""Text-message codes: making, limiting, checking. A code lives five minutes, five tries, and opens one thing once.

The limits are in the database, so they hold for any number of processes.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from hrss.foundation.crypto import blind_index, ring_in_use, seal
from hrss.foundation.identity.models import SmsCode
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.people.models.belongings import PHONE
from hrss.kernel.problem import Problem

DIGITS = 6
LIFE = timedelta(minutes=5)
TRIES = 5
PAUSE = timedelta(seconds=60)
HOURLY = 5
SMS_PHONE = "identity.sms_phone"


def send_code(number: str, purpose: str) -> UUID:
    """Make a code and announce it under ``sms.send``. Problem ``identity.code_too_often`` (429)."""
    ring = ring_in_use()
    index = blind_index(number, ring=ring, field=PHONE)
    _refuse_flood(index)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = SmsCode(phone_index=index, purpose=purpose, expires_at=timezone.now() + LIFE)
    row.digest = _digest(code, row.id)
    row.save()
    title = SmsCode.Purpose(purpose).label
    announce(
        "sms.send",
        {
            "id": str(row.id),
            "phone_index": index.hex(),
            "phone_sealed": seal(number, ring=ring, field=SMS_PHONE, owner=row.id).hex(),
            "tail": number[-4:],
            "text": f"【奉节人社】{title}验证码 {code}，5 分钟内有效。工作人员不会向您索要验证码。",
        },
    )
    return row.id


def code_fits(number: str, code: str, purpose: str) -> bool:
    """Tell whether ``code`` is the newest live code of the phone, and use it up; a wrong one costs a try."""
    index = blind_index(number, ring=ring_in_use(), field=PHONE)
    rows = SmsCode.objects.select_for_update().filter(phone_index=index, purpose=purpose).order_by("-sent_at", "-id")
    row = rows.first()
    if row is None or row.used_at is not None or row.expires_at <= timezone.now() or row.tries >= TRIES:
        return False
    row.tries += 1
    fits = hmac.compare_digest(bytes(row.digest), _digest(code.strip(), row.id))
    if fits:
        row.used_at = timezone.now()
    row.save(update_fields=["tries", "used_at"])
    return fits


def wrong_code() -> Problem:
    """Give the one answer to every code that does not fit, whatever the reason."""
    return Problem(
        "identity.code_wrong",
        "验证码不对或已过期",
        remedy="请核对最近一条短信；仍不行的，一分钟后重新获取",
        field="code",
        status=422,
    )


def _refuse_flood(index: bytes) -> None:
    now = timezone.now()
    sent = SmsCode.objects.filter(phone_index=index, sent_at__gt=now - timedelta(hours=1))
    if sent.count() >= HOURLY or sent.filter(sent_at__gt=now - PAUSE).exists():
        raise Problem(
            "identity.code_too_often",
            "验证码获取太频繁",
            remedy="请一分钟后再试；一小时最多五次",
            field="phone",
            status=429,
        )


def _digest(code: str, row_id: UUID) -> bytes:
    return blind_index(f"{row_id}:{code}", ring=ring_in_use(), field="identity.sms_code")

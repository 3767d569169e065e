"""Text messages after the commit: two announcements become rows and calls of the gateway, once each.

``sms.send`` carries a sealed number (codes for signing in); ``messages.sms`` carries a person, whose first phone is
looked up when it is sent. A person without a phone simply has the inbox.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hrss.foundation.crypto import open_sealed, ring_in_use
from hrss.foundation.identity.codes import SMS_PHONE
from hrss.foundation.messages.gateway import gateway_in_use
from hrss.foundation.messages.models import OutgoingSms
from hrss.foundation.outbox import subscribe
from hrss.foundation.people.models.belongings import PHONE, Phone
from hrss.kernel.actor import Actor

PERSON_SMS = "messages.sms"


@subscribe("sms.send", name="messages.send_code")
def send_code(payload: dict[str, Any], *, actor: Actor) -> None:
    """Send a code to a number that may belong to nobody yet."""
    key = UUID(payload["id"])
    number = open_sealed(bytes.fromhex(payload["phone_sealed"]), ring=ring_in_use(), field=SMS_PHONE, owner=key)
    _send(key, number, bytes.fromhex(payload["phone_index"]), payload["text"])


@subscribe(PERSON_SMS, name="messages.send_sms")
def send_sms(payload: dict[str, Any], *, actor: Actor) -> None:
    """Send what an inbox message announced to the person's first phone."""
    phone = Phone.objects.filter(person_id=payload["person"]).order_by("-is_primary", "id").first()
    if phone is None:
        return
    number = open_sealed(phone.cipher, ring=ring_in_use(), field=PHONE, owner=phone.person_id)
    _send(UUID(payload["message"]), number, bytes(phone.index), payload["text"])


def _send(key: UUID, number: str, index: bytes, text: str) -> None:
    gateway = gateway_in_use()
    reference = gateway.send(number, text, key=str(key))
    OutgoingSms(id=key, phone_index=index, tail=number[-4:], text=text, gateway=gateway.name, reference=reference).save(
        force_insert=True
    )

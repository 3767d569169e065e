"""Telling the applicant: one message a turn of the case, in the inbox and, where it matters, by SMS."""

from __future__ import annotations

from django.utils import timezone

from hrss.casework.cases.fetching import Work
from hrss.casework.models import Clock
from hrss.foundation.messages.services import send, send_to_organisation
from hrss.kernel.actor import Actor

_WORDS = {"granted": "准予办理", "refused": "不予办理，理由见文书"}
_SOON = "规定时间"


def tell(
    work: Work, turn: str, *, actor: Actor, reason: str = "", office: str = "", answer: str = "", due: object = None
) -> None:
    """Send the message of a turn (``submitted``, ``accepted``, ``notice``, ``decided`` …) to the applicant."""
    case = work.case
    facts = {
        "item": case.item_name,
        "number": case.number,
        "due": due or (_answer_by(work) if turn == "submitted" else case.act_by) or _SOON,
        "reason": reason or "见办件页",
        "office": office or "有关部门",
        "decision": _WORDS.get(case.decision, "见文书"),
        "answer": answer or "见办件页",
    }
    link = f"/my/cases/{case.id}/"
    if case.applicant_organisation_id is not None:
        send_to_organisation(case.applicant_organisation_id, f"case.{turn}", facts, actor=actor, link=link)
    elif case.applicant_person_id is not None:
        send(case.applicant_person_id, f"case.{turn}", facts, actor=actor, link=link)


def _answer_by(work: Work) -> object:
    clock = work.case.clocks.filter(kind=Clock.Kind.ACCEPTANCE, met_on=None).order_by("-start_on").first()
    return clock.due_on if clock else timezone.localdate()

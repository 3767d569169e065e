"""Begin a sitting, say who is served, mirror to the client's screen, end it: empty before, empty after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hrss.casework.reception.clerks import clerk_of
from hrss.casework.reception.models import Sitting, Ticket
from hrss.foundation import audit
from hrss.foundation.organisations.queries import find_by_credit_code
from hrss.foundation.people.queries import find_by_id_number
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("reception.begin_sitting")
def begin_sitting(
    *, actor: Actor, region_code: str, window: str, ticket_id: UUID | None = None, key: str = ""
) -> Outcome:
    """Open an empty sitting for this clerk; a second open one is refused."""
    try:
        with transaction.atomic():
            sitting = Sitting.objects.create(
                region_code=region_code, account=clerk_of(actor), window=window[:10], ticket_id=ticket_id
            )
    except IntegrityError:
        raise Problem(
            "reception.sitting_open",
            "上一位群众的服务还没有结束",
            rule="一次只服务一个人，结束时清空屏幕",
            remedy="请先点“结束本次服务”",
            status=409,
        ) from None
    if ticket_id is not None:
        Ticket.objects.filter(id=ticket_id).update(state=Ticket.State.SERVED)
    _tell(actor, "reception.begin_sitting", sitting)
    return Outcome("sitting", str(sitting.id))


@verb("reception.identify")
def identify(*, actor: Actor, id_number: str) -> Outcome:
    """Say by id number who is served; Problem ``reception.unknown_person`` (404) when there is no record in scope."""
    sitting = current_sitting(actor)
    _refuse_another(sitting)
    card = find_by_id_number(id_number, actor=actor.for_purpose("counter"))
    if card is None:
        raise Problem(
            "reception.unknown_person",
            "没有查到这个人的档案，或者不在本窗口的区域",
            rule="按区域管理：窗口只能办理本区域人员",
            remedy="请核对身份证号；新来的人请先建档；跨区域请走通办",
            field="id_number",
            status=404,
        )
    sitting.person_id = card.id
    sitting.screen = {"title": "请核对您的信息", "rows": [["姓名", card.name], ["证件", card.id_masked]]}
    sitting.save(update_fields=["person", "screen"])
    _tell(actor, "reception.identify", sitting)
    return Outcome("person", str(card.id), data={"name": card.name})


@verb("reception.identify_firm")
def identify_firm(*, actor: Actor, credit_code: str) -> Outcome:
    """Say by credit code which firm is served; Problem ``reception.unknown_firm`` (404) when it is not registered."""
    sitting = current_sitting(actor)
    _refuse_another(sitting)
    firm = find_by_credit_code(credit_code)
    if firm is None:
        raise Problem(
            "reception.unknown_firm",
            "没有查到这个单位",
            rule="单位先登记，再办理",
            remedy="请核对统一社会信用代码；新成立的单位请先在网上登记",
            field="id_number",
            status=404,
        )
    sitting.organisation_id = firm.id
    sitting.screen = {"title": "请核对单位信息", "rows": [["单位", firm.name], ["信用代码", firm.credit_code]]}
    sitting.save(update_fields=["organisation", "screen"])
    _tell(actor, "reception.identify_firm", sitting)
    return Outcome("organisation", str(firm.id), data={"name": firm.name})


@verb("reception.mirror")
def mirror(*, actor: Actor, screen: dict[str, Any]) -> Outcome:
    """Show something to the client: a title and rows of label and text, nothing else."""
    rows = [[str(a)[:60], str(b)[:200]] for a, b in screen.get("rows", [])][:60]
    return _show(actor, "reception.mirror", {"title": str(screen.get("title", ""))[:60], "rows": rows})


@verb("reception.ask_rating")
def ask_rating(case_id: UUID, *, actor: Actor, item_name: str) -> Outcome:
    """Show the client five grades for a case that is done (好差评); what else was on the screen goes."""
    return _show(
        actor, "reception.ask_rating", {"title": "请您评价", "rows": [["办的事", item_name]], "rate": str(case_id)}
    )


@verb("reception.thank")
def thank(*, actor: Actor) -> Outcome:
    """Thank the client for a rating; the grades are gone from the screen."""
    return _show(actor, "reception.thank", {"title": "谢谢您的评价", "rows": []})


def _show(actor: Actor, action: str, screen: dict[str, Any]) -> Outcome:
    sitting = current_sitting(actor)
    sitting.screen = screen
    sitting.save(update_fields=["screen"])
    _tell(actor, action, sitting)
    return Outcome("sitting", str(sitting.id))


@verb("reception.end_sitting")
def end_sitting(*, actor: Actor) -> Outcome:
    """End the sitting and clear the client's screen; ending twice is the same as once."""
    sitting = _open_sitting(actor)
    if sitting is None:
        audit.record(actor, "reception.end_sitting", subject_kind="sitting", detail={"already": True})
        return Outcome("sitting", "")
    sitting.ended_at, sitting.screen = timezone.now(), {}
    sitting.save(update_fields=["ended_at", "screen"])
    _tell(actor, "reception.end_sitting", sitting)
    return Outcome("sitting", str(sitting.id))


def current_sitting(actor: Actor) -> Sitting:
    """Give the clerk's open sitting, locked; Problem ``reception.no_sitting`` (409)."""
    sitting = _open_sitting(actor)
    if sitting is None:
        raise Problem("reception.no_sitting", "还没有开始服务", remedy="请先叫号或者点“直接开始”", status=409)
    return sitting


def _open_sitting(actor: Actor) -> Sitting | None:
    return Sitting.objects.select_for_update(of=("self",)).filter(account=clerk_of(actor), ended_at=None).first()


def _refuse_another(sitting: Sitting) -> None:
    """Refuse to serve a second person or firm in one sitting: what is on the screens is the first one's."""
    if sitting.person_id is not None or sitting.organisation_id is not None:
        raise Problem(
            "reception.somebody_else",
            "这次服务已经确认了服务对象",
            rule="一次只服务一个人，结束时清空屏幕",
            remedy="请先点“结束本次服务”，再为下一位办理",
            field="id_number",
            status=409,
        )


def _tell(actor: Actor, action: str, sitting: Sitting) -> None:
    audit.record(
        actor,
        action,
        subject_kind="sitting",
        subject_id=sitting.id,
        person_id=sitting.person_id,
        region=sitting.region_code,
    )

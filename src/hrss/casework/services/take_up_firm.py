"""Take up a firm: its legal representative, confirmed by the market register, begins to act for it online."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from hrss.exchange.answer import Answer, Status
from hrss.exchange.asking import ask
from hrss.foundation import audit
from hrss.foundation.identity.queries import running_for_firm
from hrss.foundation.identity.services.appoint_delegate import appoint_delegate
from hrss.foundation.identity.services.revoke_delegation import revoke_delegation
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.organisations.services.register_organisation import OrganisationFacts, register_organisation
from hrss.foundation.scope import acting
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.identifiers import check_credit_code
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_DAYS = 3 * 365
_RULE = "以市场监管部门登记的法定代表人（负责人）为准，按身份号码核对"
_HEAD = "法定代表人"


@verb("casework.take_up_firm")
def take_up_firm(credit_code: str, *, actor: Actor, name: str = "", region_code: str = "") -> Outcome:
    """Give Outcome ``organisation`` with the delegation under which the actor acts for it.

    The market register is asked twice: whether the firm exists, and which firms the actor's id number represents; a
    name proves nothing. Whoever headed the firm before loses the delegation that came with it.
    Problems: ``credit_code.…``, ``firm.unknown`` (ask for name and place), ``firm.not_confirmed``, ``firm.not_yours``.
    """
    if actor.person is None:
        raise Problem("access.sign_in", "请先登录", status=401)
    code = check_credit_code(credit_code).text
    firm = Organisation.objects.filter(credit_code=code).first() or _new(code, actor, name, region_code)
    asker = system_actor("casework.take_up_firm").for_purpose("case")  # it is not the actor's own firm yet
    _check_operating(ask("market.firm_status", firm.id, actor=asker))
    proof = ask("market.legal_representative", actor.person, actor=asker)
    _check_head(proof, code)
    _end_earlier(firm.id)
    done = appoint_delegate(
        actor.person,
        actor=system_actor("casework.take_up_firm"),
        evidence=f"market.legal_representative {proof.line_id}",
        until=timezone.localdate() + timedelta(days=_DAYS),
        for_organisation=firm.id,
        relation=_HEAD,
    )
    audit.record(
        actor,
        "casework.take_up_firm",
        subject_kind="organisation",
        subject_id=firm.id,
        person_id=actor.person,
        region=firm.region_code,
    )
    return Outcome("organisation", str(firm.id), code, {"name": firm.name, "delegation": done.id})


def _new(code: str, actor: Actor, name: str, region_code: str) -> Organisation:
    if not name or not region_code:
        raise Problem(
            "firm.unknown",
            "这个单位还没有在人社部门登记",
            rule="社会保险法第五十七条：用人单位应当登记",
            remedy="请补充单位名称和所在地，一起登记",
            field="name",
            status=404,
        )
    facts = OrganisationFacts(kind="employer", name=name, region_code=region_code, credit_code=code)
    made = register_organisation(actor=actor, facts=facts)
    return Organisation.objects.get(id=UUID(made.id))


def _check_operating(answer: Answer) -> None:
    if answer.status is Status.NONE:
        raise Problem(
            "firm.not_registered",
            "市场监管部门没有这个代码的登记",
            rule=_RULE,
            remedy="请核对代码",
            field="credit_code",
        )
    if answer.status is not Status.ANSWERED or answer.data is None:
        raise _not_confirmed()
    if answer.data["status"] != "operating":
        raise Problem(
            "firm.closed", "这个单位已经停业、吊销或注销", rule=_RULE, remedy="请核对代码", field="credit_code"
        )


def _check_head(answer: Answer, code: str) -> None:
    """Pass only when the register has the firm among those the person's id number represents."""
    if answer.status not in (Status.ANSWERED, Status.NONE):
        raise _not_confirmed()
    represented = answer.data["firms"] if answer.data else []
    if code not in {firm["credit_code"] for firm in represented}:
        raise Problem(
            "firm.not_yours",
            "登记的法定代表人（负责人）不是您",
            rule=_RULE,
            remedy="请由法定代表人登录登记，再在“帮家人或单位办”里委托您；刚变更过的，请等市场监管部门登记后再试",
            field="credit_code",
            status=403,
        )


def _not_confirmed() -> Problem:
    return Problem(
        "firm.not_confirmed",
        "现在核验不到市场监管部门的登记信息",
        rule=_RULE,
        remedy="请过几分钟再试，或者带营业执照到窗口登记",
        field="credit_code",
        status=503,
    )


def _end_earlier(firm: UUID) -> None:
    machine = system_actor("casework.take_up_firm")
    with acting(machine):
        earlier = running_for_firm(firm, relation=_HEAD)
    for delegation in earlier:
        revoke_delegation(delegation, actor=machine)

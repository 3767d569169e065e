"""待遇暂停、恢复, and 发放账户维护: SB031, SB032, SB012 and SB014."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Plain
from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.handlers import paying_to, subjects
from hrss.domains.insurance.models import Award
from hrss.domains.insurance.services.change_award import end_award, pause_award, resume_award
from hrss.foundation.people.elevation import elevated
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

REASONS = {
    "died": "去世",
    "prison": "被判刑收监",
    "emigrated": "移居境外",
    "other_pension": "开始领取其他养老金",
    "reemployed": "重新就业",
    "other": "其他原因",
}
_PAUSES = frozenset({"prison", "other"})


class BenefitPauseHandler(Plain):
    """SB031: the benefits of the person named stop after the month it happened in."""

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """The person named draws something that this reason stops."""
        try:
            found = self._awards(case, actor)
        except Problem as problem:
            return [problem]
        return [] if found else [_nothing_drawn()]

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the stop, naming what and from when."""
        awards = self._awards(case, actor)
        if not awards:
            return DecisionFacts(granted=False, reasons=_nothing_drawn().message)
        last = YearMonth.of(date.fromisoformat(str(case.data["happened_on"])))
        facts = {
            "停发的待遇": "、".join(amounts.TITLES[award.benefit] for award in awards),
            "发到哪个月": f"{last.year}年{last.month}月",
            "原因": REASONS[str(case.data["reason"])],
        }
        return DecisionFacts(facts=facts | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Pause or end each of them."""
        reason, happened = str(case.data["reason"]), date.fromisoformat(str(case.data["happened_on"]))
        awards, stop = self._awards(case, actor), pause_award if reason in _PAUSES else end_award
        with elevated(actor) as officer:
            for award in awards:
                stop(
                    award.id,
                    actor=officer,
                    last=YearMonth.of(happened),
                    on=case.decided_on or case.submitted_on,
                    reason=REASONS[reason],
                    evidence={"case": case.number, "happened_on": happened.isoformat()},
                    case_id=case.id,
                )
        return EffectResult(f"stop:{case.id}", {"awards": [str(award.id) for award in awards]})

    def _awards(self, case: CaseFacts, actor: Actor) -> list[Award]:
        person = subjects.named_person(case, actor=actor)
        with elevated(actor):
            awards = queries.running_awards([person.id]).get(person.id, [])
        active = [award for award in awards if award.state == Award.State.ACTIVE]
        if case.data["reason"] == "reemployed":
            return [award for award in active if award.benefit == amounts.UNEMPLOYMENT_BENEFIT]
        return active


class BenefitResumptionHandler(Plain):
    """SB032: the applicant's paused benefits are paid again."""

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Something is paused and the person is alive."""
        person = subjects.person_of(subjects.applicant_of(case), actor=actor)
        if person.death_date is not None:
            return [policies.deceased()]
        return [] if self._paused(person.id, actor) else [_nothing_paused()]

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose to take them up again."""
        awards = self._paused(subjects.applicant_of(case), actor)
        if not awards:
            return DecisionFacts(granted=False, reasons=_nothing_paused().message)
        first = _first_again(case)
        facts = {
            "恢复的待遇": "、".join(amounts.TITLES[award.benefit] for award in awards),
            "从哪个月起": f"{first.year}年{first.month}月",
        }
        return DecisionFacts(facts=facts | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Take them up again."""
        awards = self._paused(subjects.applicant_of(case), actor)
        with elevated(actor) as officer:
            for award in awards:
                resume_award(
                    award.id,
                    actor=officer,
                    first=_first_again(case),
                    on=case.decided_on or case.submitted_on,
                    reason=str(case.data["explanation"]),
                    case_id=case.id,
                )
        return EffectResult(f"resume:{case.id}", {"awards": [str(award.id) for award in awards]})

    def _paused(self, person_id: UUID, actor: Actor) -> list[Award]:
        with elevated(actor):
            awards = queries.running_awards([person_id]).get(person_id, [])
        return [award for award in awards if award.state == Award.State.PAUSED]


class AccountChangeHandler(Plain):
    """SB012 and SB014: the applicant's own new account, entered by them, confirmed by the reviewer, cooled down."""

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the change; the number is masked on paper."""
        facts = {"开户银行": str(case.data["bank"]), "账号后四位": str(case.data["bank_number"])[-4:]}
        return DecisionFacts(facts=facts | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Enter and confirm the account."""
        done = paying_to.take_up_account(case, actor=actor)
        return EffectResult(f"account:{case.id}", done.to_json() if done else {})


def _first_again(case: CaseFacts) -> YearMonth:
    wanted = str(case.data.get("from_month") or "")
    return YearMonth.parse(wanted) if wanted else YearMonth.of(case.decided_on or case.submitted_on) + 1


def _nothing_drawn() -> Problem:
    return Problem(
        "insurance.nothing_drawn",
        "这个人现在没有在领这项待遇",
        rule="社会保险经办条例第二十五条",
        remedy="请核对姓名、身份证号和原因",
        field="subject_id",
    )


def _nothing_paused() -> Problem:
    return Problem(
        "insurance.nothing_paused",
        "没有暂停的待遇，不用恢复",
        rule="社会保险经办条例第二十五条",
        remedy="已经停发的，请到窗口核实原因",
    )

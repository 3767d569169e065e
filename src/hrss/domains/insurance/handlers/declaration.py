"""社会保险缴费申报: a firm's people and wages for a month, assessed at once by the rules (SB017)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Plain
from hrss.domains.insurance import amounts
from hrss.domains.insurance.models import Declaration
from hrss.domains.insurance.services.declare_contributions import Wage, assess, declare_contributions
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.foundation.people.searching import cards_by_id_number
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem


class DeclarationHandler(Plain):
    """SB017."""

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """A month that has begun and is not declared, people on record under that name."""
        month = YearMonth.parse(str(case.data["month"]))
        problems: list[Problem] = []
        if month > YearMonth.of(case.submitted_on):
            problems.append(
                Problem("insurance.future_month", "还没有到这个月", remedy="请选当月或以前的月份", field="month")
            )
        with elevated(actor):
            rows = Declaration.objects.filter(employer_id=_firm(case), year=month.year, month=month.month)
            if rows.exists():
                problems.append(
                    Problem("insurance.declared", f"{month} 已经申报过", remedy="漏报的请报补缴", field="month")
                )
        return [*problems, *(problem for _, problem in self._people(case, actor) if problem)]

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose what the rules assess."""
        month = YearMonth.parse(str(case.data["month"]))
        columns = assess([int(row["wage"]) * amounts.FEN for row in case.data["wages"]], month)
        total = sum(int(column.sum()) for name, column in columns.items() if name != "base")
        facts = {"人数": len(case.data["wages"]), "应缴合计": f"{yuan(total)} 元"}
        return DecisionFacts(facts=facts | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Declare."""
        month, firm = YearMonth.parse(str(case.data["month"])), _firm(case)
        people = [person for person, _ in self._people(case, actor) if person is not None]
        wages = [
            Wage(person.id, person.region_code, int(row["wage"]) * amounts.FEN)
            for person, row in zip(people, case.data["wages"], strict=True)
        ]
        with elevated(actor) as officer:
            done = declare_contributions(firm, wages, actor=officer, month=month, on=case.submitted_on)
        return EffectResult(f"declaration:{firm}:{month}", done.to_json())

    def _people(self, case: CaseFacts, actor: Actor) -> list[tuple[Person | None, Problem | None]]:
        with elevated(actor):
            return [_one(number, row) for number, row in enumerate(case.data["wages"])]


def _one(number: int, row: dict[str, object]) -> tuple[Person | None, Problem | None]:
    cards = cards_by_id_number(str(row["id_number"]))
    person = Person.objects.filter(id=cards[0].id, name=str(row["name"])).first() if cards else None
    if person is not None:
        return person, None
    return None, Problem(
        "insurance.row_unknown",
        "姓名和身份证号对不上，或者没有这个人的档案",
        rule="缴费申报以人员档案为准",
        remedy="新招用的人员请先办理就业登记",
        field=f"wages.{number}.id_number",
    )


def _firm(case: CaseFacts) -> UUID:
    if case.organisation_id is None:
        raise Problem("insurance.firm_needed", "缴费申报要由单位办理", remedy="请选择办理的单位")
    return case.organisation_id

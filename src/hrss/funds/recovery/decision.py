"""The decision on a debt as a paper: which months, how much, why, by when, what can be done against it.

It is issued once the third person agreed, to the heir where one answers for the debt, again when an heir is named
later, and is out of force once the decision is taken back. Whoever holds it can verify it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.utils import timezone

from hrss.casework.documents.facts import day_words
from hrss.casework.documents.papers import About, end_paper, issue_paper, papers_about
from hrss.casework.documents.render import typeset
from hrss.foundation.files.services import FileCard, open_file
from hrss.foundation.people.elevation import as_actor, elevated
from hrss.foundation.people.models import Person
from hrss.funds.benefits import benefit_of
from hrss.funds.recovery.fetching import not_found
from hrss.funds.recovery.models import Debt, DebtLine, Measure
from hrss.funds.recovery.refusals import ARTICLE
from hrss.kernel.actor import Actor
from hrss.kernel.money import capitals, yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

TEMPLATE = Path(__file__).parent / "templates" / "debt.typ"
SOURCE = "recovery.decision"
NAME = "多发待遇追回决定书"


def issue_decision(measure: Measure, *, actor: Actor) -> None:
    """Issue the paper of a decision that takes effect; the one before, to somebody else, is replaced by it."""
    debt, at = measure.debt, timezone.now()
    debtor, payer = _names(debt, actor)
    facts = {
        "subject": f"{payer}（{debtor}的{debt.relation}）" if debt.heir_id else payer,
        "benefit": benefit_of(debt.benefit).name,
        "amount": yuan(debt.amount),
        "words": capitals(debt.amount),
        "due": day_words(date.fromisoformat(measure.content["due_on"])),
        "lines": [_line(one) for one in DebtLine.objects.filter(debt=debt).order_by("month", "id")],
        "reason": debt.reason,
        "reasons": measure.content["reasons"],
        "basis": [ARTICLE],
        "remedy": measure.content["remedy"],
    }

    def draw(head: Mapping[str, Any]) -> bytes:
        return typeset(TEMPLATE, facts | dict(head), at=at)

    about = _about(debt, payer, facts)
    end_paper(SOURCE, debt.id, why="由新的决定书代替")
    issue_paper(about, draw, at=at, actor=actor)


def reissue_decision(debt: Debt, *, actor: Actor) -> None:
    """Issue the paper again to the heir just named; nothing where the debt is not decided."""
    if debt.state == Debt.State.DECIDED:
        issue_decision(debt.measures.get(kind=Measure.Kind.DECIDE, state=Measure.State.DONE), actor=actor)


def end_decision(debt: Debt) -> None:
    """Take the paper of a decision that was taken back out of force."""
    end_paper(SOURCE, debt.id, why="决定已经撤销")


def decision_file(debt_id: UUID, *, actor: Actor) -> tuple[FileCard, BinaryIO, str]:
    """Give the newest paper with its content and name. Problems ``recovery.not_found|no_decision`` (404)."""
    with as_actor(actor):
        number = Debt.objects.filter(id=debt_id).values_list("number", flat=True).first()
        if number is None:
            raise not_found()
        papers = papers_about(SOURCE, debt_id)
        if not papers:
            raise Problem("recovery.no_decision", "这笔钱还没有作出决定", remedy="请等决定作出后再看", status=404)
        card, content = open_file(papers[0].file_id, actor=actor, what="recovery.decision")
    return card, content, f"{NAME}{number}.pdf"


def _about(debt: Debt, payer: str, facts: Mapping[str, Any]) -> About:
    """The first paper has the debt's number; a later one counts on: 20261124000001-2."""
    count = len(papers_about(SOURCE, debt.id)) + 1
    return About(
        source=SOURCE,
        reference=debt.id,
        person_id=debt.heir_id or debt.person_id,
        region=debt.region_code,
        subject=payer,
        name=NAME,
        number=debt.number if count == 1 else f"{debt.number}-{count}",
        topic=f"追回多发的{facts['benefit']}",
        rows=[("金额", f"{facts['amount']} 元"), ("退回期限", facts["due"])],
    )


def _names(debt: Debt, actor: Actor) -> tuple[str, str]:
    """Give the names of the one who was paid and of the one who pays back; an heir may live anywhere."""
    with elevated(actor):
        names = dict(Person.objects.filter(id__in=[debt.person_id, debt.heir_id]).values_list("id", "name"))
    return names[debt.person_id], names[debt.heir_id or debt.person_id]


def _line(line: DebtLine) -> list[str]:
    at = YearMonth.from_index(line.month)
    return [f"{at.year}年{at.month}月", *(yuan(fen) for fen in (line.paid, line.due, line.amount))]

"""What an applicant is told before applying: whether the records say they may, and what it leads to.

Amounts and ages come from the rules; where no rule has a value for the day, no amount is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrss.casework.handlers import Outlook
from hrss.domains.employment import policies
from hrss.domains.employment.policies import COUNTY
from hrss.foundation.people.models import Person
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem
from hrss.rules.employment.hardship import HardshipGroup
from hrss.rules.engine import evaluate
from hrss.rules.insurance.unemployment import unemployment_standard

_BENEFIT = "单位为您交失业保险满一年、又不是自己辞职的，登记后还可以申领失业保险金"


def of_unemployment(problems: Sequence[Problem], on: date) -> Outlook:
    """Tell a person what registering leads to, or why it is not for them now."""
    if problems:
        return _not_now(problems[0])
    amount, doubt = _benefit(on)
    reason = "登记当天起可以享受职业介绍、职业指导和培训。" + _BENEFIT + (f"{doubt}。" if doubt else "。")
    return Outlook(True, "您现在可以登记", reason, amount, "元/月（失业保险金标准）" if amount else "")


def of_hardship(person: Person, *, registered: bool, on: date) -> Outlook | None:
    """Tell a person whether the age line already makes them hard to employ; other groups only they can say."""
    found = policies.hardship_category(
        "age", registered=registered, sex=person.sex, birth=person.birth_date, on=on, graduated_on=None
    )
    if isinstance(found, str):
        words = HardshipGroup.OLDER.word
        reason = f"您已经登记失业，年龄属于{words}。认定后可以享受岗位补贴、社会保险补贴和公益性岗位安置。"
        return Outlook(True, "您符合认定条件", reason)
    return _not_now(found) if not registered else None


def _benefit(on: date) -> tuple[str, str]:
    """Give the monthly benefit as text and a word of doubt; nothing where the rule has no value for the day."""
    try:
        found = evaluate(unemployment_standard, {}, on=on, region=COUNTY)
    except Problem:
        return "", ""
    sure = all(value.status != "unverified" for value in found.parameters)
    return yuan(found.amount), "" if sure else "（标准以经办机构核定为准）"


def _not_now(problem: Problem) -> Outlook:
    return Outlook(False, problem.message, problem.remedy)

"""Case topics of start-up guaranteed loans."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hrss.rules.cases.local import (
    NOW,
    answer,
    as_rate,
    day,
    number,
    percent,
    pick,
)  # fmt: skip
from hrss.rules.cases.topics import Case, Unsupported, topic, yuan
from hrss.rules.employment import loans


@topic("loan.max_wan")
def loan_limit(case: Case) -> dict[str, Any]:
    """Most that may be lent on a day."""
    kinds = {"小微": loans.Borrower.FIRM, "企业": loans.Borrower.FIRM, "个": loans.Borrower.PERSON}
    borrower = pick(case["kind"], kinds | {"合伙": loans.Borrower.PERSON})
    facts = {"borrower": borrower, "partners": case.get("partners", 1)}
    return {"max_wan": yuan(answer(case, loans.loan_limit, facts, on=day(case["date"]))) / WAN}


@topic("loan.rate_2025")
def loan_rate(case: Case) -> dict[str, Any]:
    """Rate and interest subsidy since 2025."""
    facts, on = {"lpr": as_rate(case["lpr"]), "spread": number(case["spread_bp"]) / WAN}, date(2025, 7, 1)
    rate = answer(case, loans.loan_rate, facts, on=on)
    subsidy = answer(case, loans.loan_interest_subsidy, facts, on=on)
    return {"rate_pct": percent(rate), "subsidy_pct": percent(subsidy), "borrower_pct": percent(rate - subsidy)}


@topic("loan.subsidy_2023_firm")
def loan_firm(case: Case) -> dict[str, Any]:
    """Rate, a firm's share and the subsidy in 2023."""
    facts, on = {"lpr": as_rate(case["lpr"]), "spread": number(case["spread_bp"]) / WAN}, date(2023, 7, 28)
    rate = answer(case, loans.loan_rate, facts, on=on)
    own = max(answer(case, loans.loan_firm_share_2023, {"lpr": facts["lpr"]}, on=on), 0)
    return {"rate_pct": percent(rate), "borrower_pct": percent(own), "subsidy_pct": percent(max(rate - own, 0))}


@topic("loan.guarantee_fee_subsidy")
def guarantee_fee(case: Case) -> dict[str, Any]:
    """Guarantee fee paid for the borrower, a year."""
    facts = {"principal": number(case["principal_wan"]) * WAN, "rate": as_rate(case["rate_pct"])}
    return {"per_year_yuan": yuan(answer(case, loans.loan_guarantee_fee_subsidy, facts))}


@topic("loan.no_subsidy_overdue")
def loan_state(case: Case) -> dict[str, Any]:
    """Whether a loan in this state is subsidised."""
    states = {"展期": loans.LoanState.EXTENDED, "逾期": loans.LoanState.OVERDUE, "正常": loans.LoanState.NORMAL}
    state = pick(case["status"], states | {"按期": loans.LoanState.NORMAL, "按时": loans.LoanState.NORMAL})
    return {"subsidised": bool(answer(case, loans.loan_is_subsidised, {"state": state}))}


@topic("loan.sme_ratio")
def new_hires(case: Case) -> dict[str, Any]:
    """Share of new eligible hires of a firm."""
    facts = {"employees": case["employees"], "new_eligible": case["new_eligible"]}
    on = day(case["date"]) if "date" in case else date(2021, 12, 31)
    eligible = bool(answer(case, loans.loan_firm_is_eligible, facts, on=on))
    return {"ratio_pct": percent(answer(case, loans.loan_new_hire_share, facts)), "eligible": eligible}


WAN = 10_000
_KEY_GROUPS = (
    "失业", "困难", "残疾", "退役", "转业", "复员", "刑满", "释放", "过剩产能", "返乡", "网络商户", "脱贫", "贫困",
    "农民", "低保", "留学", "村官",
)  # fmt: skip


@topic("loan.applicant_group")
def applicant(case: Case) -> dict[str, Any]:
    """Whether a person belongs to a group that may borrow."""
    group = str(case["group"])
    if "毕业生" not in group:
        return {"eligible": any(word in group for word in _KEY_GROUPS)}
    years = number(case["years_since_graduation"])
    facts = {"years_since": int(years) + (years != int(years))}
    return {"eligible": bool(answer(case, loans.loan_graduate_is_eligible, facts, on=day(case["date"])))}


_LOANS = {
    "助学": loans.OtherLoan.STUDENT, "脱贫": loans.OtherLoan.FORMERLY_POOR, "扶贫": loans.OtherLoan.FORMERLY_POOR,
    "小额信贷": loans.OtherLoan.FORMERLY_POOR, "住房": loans.OtherLoan.HOUSING, "房贷": loans.OtherLoan.HOUSING,
    "购房": loans.OtherLoan.HOUSING, "车": loans.OtherLoan.CAR, "消费": loans.OtherLoan.CONSUMER,
    "贷": loans.OtherLoan.BUSINESS,
}  # fmt: skip


@topic("loan.other_loans")
def other_loans(case: Case) -> dict[str, Any]:
    """Whether other loans bar an application."""
    on = day(case["date"]) if "date" in case else NOW
    facts = [{"kind": pick(text, _LOANS), "amount": _loan_amount(str(text))} for text in case["loans"]]
    return {"blocking": any(answer(case, loans.loan_is_blocked_by, fact, on=on) for fact in facts)}


def _loan_amount(text: str) -> Decimal:
    """The amount a loan is named with: 5万元以下 is at most five, 5万元以上 more than five."""
    found = re.search(r"([0-9]+(?:\.[0-9]+)?)\s*(万)?", text)
    if found is None:
        if "消费" in text:
            raise Unsupported(f"“{text}”没有金额")
        return Decimal(0)
    amount = Decimal(found[1]) * (WAN if found[2] else 1)
    return amount + 1 if "以上" in text or "超过" in text else amount

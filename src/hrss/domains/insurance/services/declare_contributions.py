"""Declare the contributions of an employer's people for a month; declared, assessed and paid are one step here.

Base and amounts come from the rules, a whole firm at once; the database refuses a person or a month declared twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import IntegrityError, connection, transaction

from hrss.domains.insurance import amounts, policies
from hrss.domains.insurance.models import Declaration
from hrss.foundation import audit
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.verbs import verb
from hrss.funds.banking.services.record_receipt import BANK
from hrss.funds.ledger.posting import Line, post
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.rules.engine import default_parameters
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.contributions import contribution, contribution_base

_INSERT = """
INSERT INTO insurance_contribution (person_id, employer_id, region_code, year, month, base_fen, pension_employer_fen,
  pension_employee_fen, unemployment_employer_fen, unemployment_employee_fen, injury_employer_fen)
SELECT person, %(employer)s, region, %(year)s, %(month)s, base, pe, pp, ue, up, ie
FROM unnest(%(person)s::uuid[], %(region)s::text[], %(base)s::int[], %(pe)s::int[], %(pp)s::int[], %(ue)s::int[],
            %(up)s::int[], %(ie)s::int[]) AS r(person, region, base, pe, pp, ue, up, ie)
"""
RATES = {
    "pe": "insurance.contribution.pension_employer",
    "pp": "insurance.contribution.pension_employee",
    "ue": "insurance.contribution.unemployment_employer",
    "up": "insurance.contribution.unemployment_employee",
}
_FUNDS = {"employee_pension": ("pe", "pp"), "unemployment": ("ue", "up"), "work_injury": ("ie",)}
_INCOME = ("4001-01", "4001-02")
_TITLES = {"employee_pension": "职工养老保险费", "unemployment": "失业保险费", "work_injury": "工伤保险费"}


@dataclass(frozen=True, slots=True)
class Wage:
    """One person's monthly wage in fen, as the employer declares it."""

    person_id: UUID
    region_code: str
    fen: int


@verb("insurance.declare_contributions")
def declare_contributions(
    employer_id: UUID, wages: Sequence[Wage], *, actor: Actor, month: YearMonth, on: date, industry_class: int = 1
) -> Outcome:
    """Declare, assess and pay a month for everybody in ``wages``; a second declaration of it is refused (409)."""
    employer = Organisation.objects.get(id=employer_id)
    columns = assess([wage.fen for wage in wages], month, industry_class)
    sums = {fund: sum(int(columns[name].sum()) for name in names) for fund, names in _FUNDS.items()}
    row = Declaration(
        employer_id=employer_id,
        region_code=employer.region_code,
        year=month.year,
        month=month.month,
        people=len(wages),
        base_fen=int(columns["base"].sum()),
        pension_fen=sums["employee_pension"],
        unemployment_fen=sums["unemployment"],
        injury_fen=sums["work_injury"],
        paid_on=on,
    )
    row.receipt = str(row.id)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _insert(employer_id, wages, month, columns)
    except IntegrityError:
        raise policies.already(f"{month} 已经申报过缴费", "要补报人员的，请申报补缴") from None
    for fund, names in _FUNDS.items():
        _book(row, fund, [int(columns[name].sum()) for name in names], actor=actor, on=on)
    audit.record(
        actor,
        "insurance.declare_contributions",
        subject_kind="declaration",
        subject_id=row.id,
        region=employer.region_code,
        detail={"month": str(month), "people": len(wages)},
    )
    return Outcome("declaration", str(row.id), data={"people": len(wages)} | sums)


def assess(wages: Sequence[int], month: YearMonth, industry_class: int = 1) -> dict[str, Any]:
    """Give base and amounts in fen as columns, one row a wage; the same for one person and for a county."""
    on = month.first_day
    limits = {name: parameter(f"insurance.contribution.base_{name}", on) for name in ("lower", "upper")}
    wage = np.asarray(wages, np.int64)
    columns = {"base": batch(contribution_base, {"wage": wage}, common=limits)["amount"]}
    rates = {name: parameter(key, on) for name, key in RATES.items()}
    rates["ie"] = amounts.injury_rate(industry_class, on)
    for name, rate in rates.items():
        columns[name] = batch(contribution, {"base": columns["base"]}, common={"rate": rate})["amount"]
    return columns


def _book(row: Declaration, fund: str, shares: Sequence[int], *, actor: Actor, on: date) -> None:
    """Book what a fund received of a declaration: the employer's share, then the people's own."""
    accounts = zip(_INCOME, shares, strict=False)
    lines = [Line(account, credit=fen, region_code=row.region_code) for account, fen in accounts if fen]
    post(
        actor=actor,
        fund=fund,
        on=on,
        lines=[Line(BANK, debit=sum(shares), region_code=row.region_code), *lines],
        source="receipt",
        reference=f"declaration:{row.id}:{fund}",
        text=f"{_TITLES[fund]} {row.year}-{row.month:02d}",
    )


def parameter(name: str, on: date) -> int:
    """Give a parameter of the contributions in force here on a day; Problem ``rules.gap`` where there is none."""
    return int(default_parameters().parameter(name, on=on, region=amounts.COUNTY).value)


def _insert(employer_id: UUID, wages: Sequence[Wage], month: YearMonth, columns: dict[str, Any]) -> None:
    values: dict[str, Any] = {name: column.tolist() for name, column in columns.items()}
    values |= {"employer": employer_id, "year": month.year, "month": month.month}
    values |= {"person": [wage.person_id for wage in wages], "region": [wage.region_code for wage in wages]}
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)

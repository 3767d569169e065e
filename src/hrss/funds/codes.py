"""The funds kept here: each its own accounting entity with its own books (社会保险基金财务制度, 财社〔2017〕144号)."""

from __future__ import annotations

from enum import StrEnum

from hrss.kernel.problem import Problem


class Fund(StrEnum):
    """A fund's code; the title is what its statements are headed with."""

    EMPLOYEE_PENSION = "employee_pension"
    RESIDENT_PENSION = "resident_pension"
    INSTITUTION_PENSION = "institution_pension"
    OCCUPATIONAL_ANNUITY = "occupational_annuity"
    UNEMPLOYMENT = "unemployment"
    WORK_INJURY = "work_injury"
    EMPLOYMENT_SUBSIDY = "employment_subsidy"

    @property
    def label(self) -> str:
        """Name in Chinese."""
        return TITLES[self]


TITLES: dict[Fund, str] = {
    Fund.EMPLOYEE_PENSION: "企业职工基本养老保险基金",
    Fund.RESIDENT_PENSION: "城乡居民基本养老保险基金",
    Fund.INSTITUTION_PENSION: "机关事业单位基本养老保险基金",
    Fund.OCCUPATIONAL_ANNUITY: "职业年金基金",
    Fund.UNEMPLOYMENT: "失业保险基金",
    Fund.WORK_INJURY: "工伤保险基金",
    Fund.EMPLOYMENT_SUBSIDY: "就业补助资金",
}


def fund_of(code: str) -> Fund:
    """Give the fund of a code; Problem ``funds.no_such_fund`` (404) otherwise."""
    try:
        return Fund(code)
    except ValueError:
        raise Problem("funds.no_such_fund", f"没有“{code}”这个基金", remedy="请从列表里选择基金", status=404) from None

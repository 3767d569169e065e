"""Posting: the one way an entry comes into the books, for two lines or for a run of two hundred thousand.

The ledger keeps one line per account and side; what belongs to a person or an outside reference goes under it as
detail. Everything is one INSERT … SELECT, so a run costs what PostgreSQL needs to write it. It refuses unbalanced
lines, foreign accounts, closed days and anything posted before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.refusals import told
from hrss.funds.codes import fund_of
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem

BALANCE_RULE = "有借必有贷，借贷必相等"


@dataclass(frozen=True, slots=True)
class Line:
    """One side of one account in fen. With a person or a reference it becomes a detail under the account's line."""

    account: str
    debit: int = 0
    credit: int = 0
    person_id: UUID | None = None
    region_code: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """Lines that are in the database already: a SELECT that gives the six columns of ``Line`` in their order and types.

    (text, bigint, bigint, uuid, text, text); ``sql`` is written by a part of this program, values go in ``params``.
    """

    sql: str
    params: Sequence[Any] = ()


REFUSALS: dict[str, Problem] = {
    "ledger_entry_once": Problem(
        "ledger.posted_already",
        "这笔业务已经记过账",
        rule="同一来源、同一编号只记一次账",
        remedy="请查看已有凭证；需要更正的，先冲销",
        status=409,
    ),
    "ledger_closed": Problem(
        "ledger.closed",
        "这个月已经结账，不能再记账",
        rule="结账后的月份不再变动",
        remedy="请记在尚未结账的月份",
        status=409,
    ),
    "ledger_before_opening": Problem(
        "ledger.before_opening", "记账日期早于账套启用日期", remedy="请核对日期", status=422, field="on"
    ),
    "ledger_no_book": Problem("ledger.no_book", "这个基金还没有建账", remedy="请先由系统管理员导入科目表", status=409),
    "ledger_entry_reverses_id_key": Problem(
        "ledger.reversed_already", "这张凭证已经冲销过", rule="一张凭证只冲销一次", remedy="请刷新页面", status=409
    ),
    "ledger_reversal": Problem(
        "ledger.reversal",
        "冲销凭证要与原凭证金额相等、方向相反",
        rule="更正用冲销，不改原凭证",
        remedy="请从原凭证发起冲销",
        status=409,
    ),
    "ledger_source": Problem("ledger.source", "没有登记这个记账来源", remedy="请联系系统管理员", status=422),
}

_LITERAL = (
    "SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::uuid[], %s::text[], %s::text[])"
    " AS row (account, debit, credit, person_id, region_code, reference)"
)
_POST = """
WITH given (account, debit, credit, person_id, region_code, reference) AS MATERIALIZED ({rows}),
summed AS MATERIALIZED (
  SELECT account, debit > 0 AS is_debit, sum(debit)::bigint AS debit, sum(credit)::bigint AS credit,
         count(*) FILTER (WHERE person_id IS NOT NULL OR reference <> '') AS details,
         count(*) FILTER (WHERE person_id IS NULL AND reference = '') AS plain
  FROM given WHERE debit <> 0 OR credit <> 0 GROUP BY account, debit > 0),
entry AS (
  INSERT INTO ledger_entry
    (fund, "on", source, reference, text, line_count, total, reverses_id, actor_name, actor_person)
  SELECT %s, %s, %s, %s, %s, count(*), coalesce(sum(debit), 0), %s, %s, %s FROM summed RETURNING id, fund),
line AS (
  INSERT INTO ledger_line (entry_id, fund, account_id, debit, credit, detail_count)
  SELECT entry.id, entry.fund, coalesce(account.id, 0), summed.debit, summed.credit,
         CASE WHEN summed.plain = 0 THEN summed.details ELSE 0 END
  FROM summed CROSS JOIN entry LEFT JOIN ledger_account account
    ON account.fund = entry.fund AND account.code = summed.account
  RETURNING id, account_id, debit > 0 AS is_debit, detail_count),
detail AS (
  INSERT INTO ledger_detail (line_id, person_id, region_code, reference, amount)
  SELECT line.id, given.person_id, given.region_code, given.reference, given.debit + given.credit
  FROM given JOIN entry ON true
    JOIN ledger_account account ON account.fund = entry.fund AND account.code = given.account
    JOIN line ON line.account_id = account.id AND line.is_debit = (given.debit > 0) AND line.detail_count > 0
  WHERE given.debit <> 0 OR given.credit <> 0)
SELECT entry.id, (SELECT coalesce(sum(debit), 0)::bigint FROM summed),
       (SELECT coalesce(sum(credit), 0)::bigint FROM summed) FROM entry
"""


def post(
    *,
    actor: Actor,
    fund: str,
    on: date,
    lines: Sequence[Line] | Query,
    source: str,
    reference: str,
    text: str,
    reverses: int | None = None,
) -> int:
    """Write one entry with its event and give its id; runs in the caller's transaction.

    Problems: ``ledger.unbalanced``, ``ledger.line``, ``ledger.account``, ``ledger.future``,
    ``ledger.posted_already|closed|before_opening|no_book|reversed_already|reversal|source`` from the database. What
    only shows when everything is there (balance, signatures, details) is checked again at commit.
    """
    fund = fund_of(fund)
    if on > timezone.localdate():
        raise Problem("ledger.future", "记账日期不能晚于今天", remedy="请核对日期", field="on")
    rows, values = (lines.sql, list(lines.params)) if isinstance(lines, Query) else _literal(lines)
    values += [fund.value, on, source, reference, text, reverses, actor.name, actor.person]
    with told(_refusals_of(fund.label)), connection.cursor() as cursor:
        cursor.execute(_POST.replace("{rows}", rows), values)
        entry, debit, credit = cursor.fetchone()
    if debit != credit:
        raise Problem(
            "ledger.unbalanced",
            f"借方 {yuan(debit)} 元与贷方 {yuan(credit)} 元不相等",
            rule=BALANCE_RULE,
            remedy="请核对各行金额",
        )
    detail = {"fund": fund.value, "source": source, "reference": reference, "fen": debit}
    audit.record(actor, "funds.post", subject_kind="ledger_entry", subject_id=entry, detail=detail)
    return int(entry)


def check_lines(lines: Sequence[Line]) -> None:
    """Problem ``ledger.line`` for one that has not exactly one positive side."""
    for line in lines:
        if min(line.debit, line.credit) != 0 or max(line.debit, line.credit) <= 0:
            raise Problem(
                "ledger.line",
                "每一行只能有借方或者贷方一个正数金额",
                rule=BALANCE_RULE,
                remedy="请在借方或者贷方填一个大于零的金额",
            )


def _literal(lines: Sequence[Line]) -> tuple[str, list[Any]]:
    """Give the lines as arrays."""
    check_lines(lines)
    columns: list[list[Any]] = [
        [line.account for line in lines],
        [line.debit for line in lines],
        [line.credit for line in lines],
        [line.person_id for line in lines],
        [line.region_code for line in lines],
        [line.reference for line in lines],
    ]
    return _LITERAL, list(columns)


def _refusals_of(title: str) -> Mapping[str, Problem]:
    return REFUSALS | {
        "ledger_line_account": Problem(
            "ledger.account", f"{title}没有这个科目", rule="各基金分别建账", remedy="请核对科目编号"
        ),
        "ledger_entry_has_lines": Problem(
            "ledger.line", "凭证至少要有一借一贷两行", rule=BALANCE_RULE, remedy="请补全对方科目"
        ),
    }

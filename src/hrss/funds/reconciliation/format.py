"""The statement file: one CSV of a bank or of the treasury for one account. Read whole, every wrong line named.

First line ``H,origin,fund,account,since,until,opening,closing,count``; then a line ``D,date,reference,in,out,text`` a
movement; amounts in yuan with two decimals, UTF-8. It refuses files whose count or balances do not add up.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import polars as pl

from hrss.funds.codes import fund_of
from hrss.funds.ledger.models import Account
from hrss.funds.reconciliation.models import StatementFile
from hrss.kernel.money import parse_yuan, plain_yuan, yuan
from hrss.kernel.problem import Problem, Problems

LARGEST = 200 * 1024 * 1024
COLUMNS = ("kind", "on", "reference", "came", "went", "text")
_MONEY = r"^\d{1,13}\.\d{2}$"
_SHOWN = 20
REMEDY = "请核对文件是否完整，或者请对方重新提供"


@dataclass(frozen=True, slots=True)
class Head:
    """The first line."""

    origin: str
    fund: str
    bank: str
    since: date
    until: date
    opening: int
    closing: int
    count: int


def read_statement(content: bytes) -> tuple[Head, pl.DataFrame]:
    """Give head and lines (on, reference, amount in fen, text). Problems ``statement.*`` for what is wrong, by line."""
    if len(content) > LARGEST:
        raise Problem("statement.size", "对账单文件超过 200 MB", remedy="请按天分开提供", field="file")
    head = _head(content)
    lines = _lines(content)
    _check_lines(lines, head)
    frame = lines.select(
        on=pl.col("on").str.to_date("%Y-%m-%d"),
        reference="reference",
        amount=_fen("came") - _fen("went"),
        text=pl.col("text").fill_null(""),
    )
    _check_sums(head, frame)
    return head, frame


def write_statement(head: Head, frame: pl.DataFrame) -> bytes:
    """Give the file of a statement: what a bank or the treasury sends (simulators and tests)."""
    first = f"H,{head.origin},{head.fund},{head.bank},{head.since},{head.until},"
    first += f"{plain_yuan(head.opening)},{plain_yuan(head.closing)},{head.count}\n"
    rows = frame.select(
        kind=pl.lit("D"),
        on=pl.col("on").dt.to_string("%Y-%m-%d"),
        reference="reference",
        came=_yuan(pl.max_horizontal(pl.col("amount"), 0)),
        went=_yuan(pl.max_horizontal(-pl.col("amount"), 0)),
        text="text",
    )
    return first.encode() + rows.write_csv(include_header=False).encode()


def _head(content: bytes) -> Head:
    try:
        text = content.split(b"\n", 1)[0].decode("utf-8-sig").strip()
        mark, origin, fund, bank, since, until, opening, closing, count = next(csv.reader([text]))
        head = Head(
            StatementFile.Origin(origin).value,
            fund_of(fund).value,
            Account.Bank(bank).value,
            date.fromisoformat(since),
            date.fromisoformat(until),
            parse_yuan(opening),
            parse_yuan(closing),
            int(count),
        )
    except (ValueError, StopIteration, Problem) as error:
        raise _bad("statement.head", "第 1 行不是对账单的表头") from error
    if mark != "H" or not bank or head.until < head.since:
        raise _bad("statement.head", "第 1 行的表头不对：账户或者起止日期有误")
    return head


def _lines(content: bytes) -> pl.DataFrame:
    rest = content.split(b"\n", 1)[1] if b"\n" in content else b""
    if not rest.strip():
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    try:
        return pl.read_csv(
            BytesIO(rest), has_header=False, new_columns=list(COLUMNS), schema_overrides=[pl.String] * len(COLUMNS)
        )
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise _bad("statement.columns", "明细行应有六列：D、日期、业务编号、收入、支出、摘要") from error


def _check_lines(lines: pl.DataFrame, head: Head) -> None:
    if lines.columns != list(COLUMNS):
        raise _bad("statement.columns", "明细行应有六列：D、日期、业务编号、收入、支出、摘要")
    day = pl.col("on").str.to_date("%Y-%m-%d", strict=False)
    wrong = {
        "不是明细行（应以 D 开头）": pl.col("kind").ne_missing("D"),
        "日期不对，或者不在账单起止日期之内": day.is_null() | (day < head.since) | (day > head.until),
        "没有业务编号": pl.col("reference").fill_null("").str.strip_chars() == "",
        "金额不是两位小数的元": ~(
            pl.col("came").fill_null("").str.contains(_MONEY) & pl.col("went").fill_null("").str.contains(_MONEY)
        ),
        "收入和支出应当只有一个大于零": (pl.col("came").fill_null("0.00") == "0.00")
        == (pl.col("went").fill_null("0.00") == "0.00"),
    }
    faults = []
    for words, condition in wrong.items():
        numbers = lines.with_row_index("at", offset=2).filter(condition)["at"].head(_SHOWN).to_list()
        faults += [_bad("statement.line", f"第 {number} 行：{words}") for number in numbers]
    if faults:
        raise Problems(faults[:_SHOWN])


def _check_sums(head: Head, frame: pl.DataFrame) -> None:
    if len(frame) != head.count:
        raise _bad("statement.count", f"表头写 {head.count} 笔，实有 {len(frame)} 笔")
    moved = int(frame["amount"].sum() or 0)
    if head.opening + moved != head.closing:
        raise _bad(
            "statement.balance",
            f"期初 {yuan(head.opening)} 元加发生额 {yuan(moved)} 元，不等于期末 {yuan(head.closing)} 元",
        )


def _bad(code: str, message: str) -> Problem:
    return Problem(code, message, rule="对账单格式见《基金财务指南》", remedy=REMEDY, field="file")


def _fen(column: str) -> pl.Expr:
    """Give yuan with exactly two decimals as fen: the digits without the point."""
    return pl.col(column).str.replace(".", "", literal=True).cast(pl.Int64)


def _yuan(fen: pl.Expr) -> pl.Expr:
    return pl.format("{}.{}", fen // 100, (fen % 100).cast(pl.String).str.zfill(2))

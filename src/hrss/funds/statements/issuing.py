"""A statement as a file: PDF to print and sign, xlsx to work with. The one who takes it is on the log."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.utils import timezone

from hrss.casework.documents.facts import AUTHORITY, day_words
from hrss.casework.documents.render import typeset
from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.scope import acting
from hrss.funds.ledger.models import Closing
from hrss.funds.signing.signatures import signatures_of
from hrss.funds.statements.figures import Statement, statement
from hrss.kernel.actor import Actor, Function
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

TEMPLATE = Path(__file__).parent / "templates" / "statement.typ"
READERS = (Function.FINANCE, Function.LEADER, Function.INSPECTOR)
TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def statement_file(kind: str, fund: str, month: YearMonth, form: str, *, actor: Actor) -> tuple[bytes, str]:
    """Give the file and its name. Problems ``access.no_post`` (403), ``statements.form`` (404)."""
    require(actor, *READERS, doing="下载会计报表")
    if form not in TYPES:
        raise Problem("statements.form", "报表只有 PDF 和 Excel 两种", remedy="请从报表页面下载", status=404)
    with acting(actor):
        shown = statement(kind, fund, month)
        content = pdf_of(shown, at=timezone.now()) if form == "pdf" else xlsx_of(shown)
        detail = {"kind": kind, "fund": fund, "month": str(month), "form": form}
        audit.record(actor, "funds.statement_taken", subject_kind="statement", subject_id=fund, detail=detail)
    return content, f"{shown.fund_title}{shown.title}{month}.{form}"


def pdf_of(shown: Statement, *, at: datetime) -> bytes:
    """Draw a statement."""
    sections = [
        {
            "title": section.title,
            "rows": [
                {
                    "code": row.code,
                    "name": row.name,
                    "amounts": [yuan(fen) for fen in row.amounts],
                    "is_sum": row.is_sum,
                }
                for row in section.rows
            ],
        }
        for section in shown.sections
    ]
    data = {
        "title": shown.title,
        "fund_title": shown.fund_title,
        "authority": AUTHORITY,
        "month_words": f"{shown.month.year}年{shown.month.month}月",
        "columns": shown.columns,
        "sections": sections,
        "checks": shown.checks,
        "is_closed": shown.is_closed,
        "signers": signers_of(shown),
        "made_words": day_words(timezone.localdate(at)),
    }
    return typeset(TEMPLATE, data, at=at)


def signers_of(shown: Statement) -> list[tuple[str, str]]:
    """Give who closed the month, by step; empty names while it is open."""
    closing = Closing.objects.filter(fund_id=shown.fund, month=shown.month.first_day).first()
    names = [one.name for one in signatures_of("close", closing.reference)] if closing else ["", "", ""]
    return list(zip(("制表", "复核", "负责人"), names, strict=True))


def xlsx_of(shown: Statement) -> bytes:
    """Write a statement as one sheet; amounts are numbers in yuan with two decimals."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(shown.title)
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format({"bold": True, "bg_color": "#E8EDF4", "border": 1, "align": "center"})
    styles = {
        flag: (book.add_format({"border": 1, "bold": flag}),
               book.add_format({"border": 1, "bold": flag, "num_format": "#,##0.00"}))
        for flag in (False, True)
    }  # fmt: skip
    last = 1 + len(shown.columns)
    sheet.merge_range(0, 0, 0, last, f"{shown.fund_title}{shown.title}", title)
    state = "已结账" if shown.is_closed else "未结账，数据可能变动"
    sheet.write(1, 0, f"编制单位：{AUTHORITY}　{shown.month.year}年{shown.month.month}月　单位：元　{state}")
    for at, name in enumerate(("科目编号", "项目", *shown.columns)):
        sheet.write(2, at, name, head)
    for number, row in enumerate(shown.rows, start=3):
        words, money = styles[row.is_sum]
        sheet.write_string(number, 0, row.code, words)
        sheet.write_string(number, 1, row.name, words)
        for at, fen in enumerate(row.amounts, start=2):
            sheet.write_number(number, at, fen / 100, money)
    for at, check in enumerate(shown.checks):
        sheet.write(4 + len(shown.rows) + at, 0, check)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, last, 18)
    sheet.freeze_panes(3, 2)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()

"""Take in a statement file of the bank or the treasury (导入对账单); the same file is taken once."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

import polars as pl
from django.db import connection

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.reconciliation.format import read_statement
from hrss.funds.reconciliation.models import StatementFile
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_COPY = 'COPY reconciliation_statementline (file_id, "on", reference, amount, text) FROM STDIN (FORMAT csv)'
_REFUSALS = {
    "reconciliation_statementfile_sha256_key": Problem(
        "statement.known", "这个对账单已经导入过", rule="同一文件只导入一次", remedy="请选择新的对账单", status=409
    ),
    "reconciliation_file_no_overlap": Problem(
        "statement.overlap",
        "这个账户在这些日期已经有对账单",
        rule="同一账户同一天只有一份对账单",
        remedy="请核对起止日期",
        status=409,
    ),
}


@verb("funds.import_statement")
def import_statement(content: bytes, *, actor: Actor, name: str, key: str = "") -> Outcome:
    """Take the file. Problems ``access.no_post`` (403), ``statement.*``, ``statement.known|overlap`` (409)."""
    require(actor, Function.FINANCE, doing="导入对账单")
    head, frame = read_statement(content)
    known = {one: value for one, value in asdict(head).items() if one != "count"}
    with told(_REFUSALS):
        row = StatementFile.objects.create(
            **known,
            line_count=head.count,
            sha256=hashlib.sha256(content).hexdigest(),
            name=name[:200],
            taken_by=actor.name,
        )
    rows = frame.select(pl.lit(str(row.id)).alias("file_id"), "on", "reference", "amount", "text")
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(rows.write_csv(include_header=False, quote_style="non_numeric").encode())
    detail = {"origin": head.origin, "fund": head.fund, "account": head.bank, "lines": head.count}
    audit.record(actor, "funds.import_statement", subject_kind="statement_file", subject_id=row.id, detail=detail)
    return Outcome("statement_file", str(row.id), data={"lines": head.count, "fund": head.fund})

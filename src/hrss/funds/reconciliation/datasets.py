"""What reconciliation publishes: every difference between books, bank and treasury from the day it was found."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset

BREAKS = Dataset(
    name="funds.breaks",
    title="对账差异",
    grain="一行是账、银行、财政之间的一处差异，从发现到了结",
    sql="""
        SELECT b.id::text AS id, c.code::text AS region_code, b.fund, b.bank, b.origin, b.kind, b.reference,
               b.ours AS ours_fen, b.theirs AS theirs_fen, b.state, b.due_on,
               (r.at AT TIME ZONE 'Asia/Shanghai')::date AS found_on,
               (b.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on
        FROM reconciliation_break b JOIN reconciliation_run r ON r.id = b.run_id
        JOIN regions_region c ON c.level = 'county'
    """,
    date_column="found_on",
    until_column="closed_on",
    recorded_column="found_on",
    columns=(
        Column("id", "uuid", "差异标识"),
        Column("region_code", "code", "县"),
        Column("fund", "code", "基金"),
        Column("bank", "code", "账户"),
        Column("origin", "code", "对方"),
        Column("kind", "code", "类型"),
        Column("reference", "text", "业务编号"),
        Column("ours_fen", "fen", "账上金额"),
        Column("theirs_fen", "fen", "对方金额"),
        Column("state", "code", "状态"),
        Column("due_on", "date", "处理期限"),
        Column("found_on", "date", "发现日期"),
        Column("closed_on", "date", "了结日期，空为没有了结"),
    ),
    freshness="每日对账后",
    owner="基金监督股",
)

DATASETS = (BREAKS,)

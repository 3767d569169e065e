"""What the ledger publishes: movements of income, spending and bank accounts, line by line; no person is in it."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset

MOVEMENTS = Dataset(
    name="funds.movements",
    title="基金收支和账户变动",
    grain="一行是一张凭证里收入、支出或银行账户的一条分录（年末结转不算）",
    sql="""
        SELECT l.id::text AS id, r.code::text AS region_code, e.fund::text AS fund, e."on" AS happened_on,
               a.kind, a.bank, a.code AS account_code, a.name AS account_name, e.source::text AS source, e.reference,
               CASE WHEN a.kind = 'income' THEN l.credit - l.debit ELSE l.debit - l.credit END AS amount_fen,
               (e.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id JOIN ledger_account a ON a.id = l.account_id
        JOIN regions_region r ON r.level = 'county'
        WHERE (a.kind IN ('income', 'expense') OR a.bank <> '') AND e.source <> 'carry'
    """,
    date_column="happened_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "text", "分录标识"),
        Column("region_code", "code", "县"),
        Column("fund", "code", "基金"),
        Column("happened_on", "date", "记账日期"),
        Column("kind", "code", "要素（income 收入，expense 支出，asset 银行存款）"),
        Column("bank", "code", "银行账户（空为不是银行账户）"),
        Column("account_code", "code", "科目编号"),
        Column("account_name", "text", "科目"),
        Column("source", "code", "来源"),
        Column("reference", "text", "来源编号"),
        Column("amount_fen", "fen", "金额，增加为正"),
        Column("recorded_on", "date", "登记日期"),
    ),
    freshness="随记账实时",
    owner="基金监督股",
)

DATASETS = (MOVEMENTS,)

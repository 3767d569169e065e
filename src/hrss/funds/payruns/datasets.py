"""What pay runs publish: the runs, files the bank has not answered, and what the checks before a run pointed out."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset

_OWNER = "基金监督股"
_COUNTY = "JOIN regions_region c ON c.level = 'county'"
_DAY = "({} AT TIME ZONE 'Asia/Shanghai')::date"
_REGION = Column("region_code", "code", "县")

RUNS = Dataset(
    name="funds.pay_runs",
    title="发放批次",
    grain="一行是一个发放批次，从开批到完成或作废",
    sql=f"""
        SELECT r.id::text AS id, c.code::text AS region_code, r.number::text AS number, r.fund::text AS fund,
               r.run_group::text AS run_group, r.state::text AS state, r.pay_on, r.line_count, r.total AS total_fen,
               r.held_count, {_DAY.format("r.opened_at")} AS opened_on,
               (SELECT min({_DAY.format("s.at")}) FROM payruns_runstep s
                WHERE s.run_id = r.id AND s.to_state IN ('closed', 'discarded')) AS ended_on
        FROM payruns_run r {_COUNTY}
    """,  # noqa: S608 - a constant built of constants
    date_column="opened_on",
    until_column="ended_on",
    recorded_column="opened_on",
    columns=(
        Column("id", "uuid", "批次标识"), _REGION,
        Column("number", "text", "批次号"),
        Column("fund", "code", "基金"),
        Column("run_group", "code", "待遇组"),
        Column("state", "code", "状态"),
        Column("pay_on", "date", "发放日"),
        Column("line_count", "integer", "笔数"),
        Column("total_fen", "fen", "金额"),
        Column("held_count", "integer", "暂缓笔数"),
        Column("opened_on", "date", "开批日期"),
        Column("ended_on", "date", "完成或作废日期，空为在办"),
    ),
    freshness="随业务实时",
    owner=_OWNER,
)  # fmt: skip

UNANSWERED = Dataset(
    name="funds.unanswered_files",
    title="等银行答复的发放文件",
    grain="一行是一个送银行的批次，从送出到答复",
    sql=f"""
        SELECT r.id::text AS id, c.code::text AS region_code, r.number::text AS number, r.fund::text AS fund,
               r.line_count, r.total AS total_fen, {_DAY.format("s.at")} AS sent_on,
               (SELECT min({_DAY.format("t.at")}) FROM payruns_runstep t
                WHERE t.run_id = r.id AND t.to_state = 'answered') AS answered_on
        FROM payruns_runstep s JOIN payruns_run r ON r.id = s.run_id {_COUNTY} WHERE s.to_state = 'sent'
    """,  # noqa: S608 - a constant built of constants
    date_column="sent_on",
    until_column="answered_on",
    recorded_column="sent_on",
    columns=(
        Column("id", "uuid", "批次标识"), _REGION,
        Column("number", "text", "批次号"),
        Column("fund", "code", "基金"),
        Column("line_count", "integer", "笔数"),
        Column("total_fen", "fen", "金额"),
        Column("sent_on", "date", "送银行日期"),
        Column("answered_on", "date", "答复日期，空为没有答复"),
    ),
    freshness="随业务实时",
    owner=_OWNER,
)  # fmt: skip

FINDINGS = Dataset(
    name="funds.findings",
    title="发放前检查的提示",
    grain="一行是一个批次发放前检查发现的一条",
    sql=f"""
        SELECT f.id::text AS id, coalesce(p.region_code, c.code)::text AS region_code, r.number::text AS number,
               r.fund::text AS fund, f.rule::text AS rule, f.code::text AS code, f.kind::text AS kind,
               {_DAY.format("r.opened_at")} AS found_on
        FROM payruns_finding f JOIN payruns_run r ON r.id = f.run_id {_COUNTY}
        LEFT JOIN payables_payment p ON p.id = f.payment_id
    """,  # noqa: S608 - a constant built of constants
    date_column="found_on",
    recorded_column="found_on",
    columns=(
        Column("id", "text", "记录标识"), Column("region_code", "code", "所在地"),
        Column("number", "text", "批次号"),
        Column("fund", "code", "基金"),
        Column("rule", "code", "风险规则"),
        Column("code", "code", "情形"),
        Column("kind", "code", "级别"),
        Column("found_on", "date", "发现日期"),
    ),
    freshness="随业务实时",
    owner=_OWNER,
)  # fmt: skip

DATASETS = (RUNS, UNANSWERED, FINDINGS)

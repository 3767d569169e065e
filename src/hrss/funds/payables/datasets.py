"""What payables publish: answered payments, payments after a death, accounts and phones of several households."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset, Sensitivity

_OWNER = "基金监督股"
_MONTH = "make_date({0} / 12, {0} - {0} / 12 * 12 + 1, 1)"
_PERSON = Column("person_id", "uuid", "人员标识", Sensitivity.PERSONAL)
_BASIC = f"""p.id::text AS id, p.region_code::text AS region_code, p.person_id::text AS person_id,
               p.benefit::text AS benefit, {_MONTH.format("p.month")} AS month_from, p.amount AS amount_fen,
               p.state::text AS state, p.answered_on, p.run_number::text AS run_number, p.attempt,
               (p.created_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on"""
_COLUMNS = (
    Column("id", "text", "发放标识"),
    Column("region_code", "code", "所在村（社区）"),
    _PERSON,
    Column("benefit", "code", "待遇"),
    Column("month_from", "date", "所属月首日"),
    Column("amount_fen", "fen", "金额", Sensitivity.SENSITIVE),
    Column("state", "code", "结果（paid 已发放，returned 银行退回）"),
    Column("answered_on", "date", "银行答复日期"),
    Column("run_number", "text", "批次号"),
    Column("attempt", "integer", "第几次发放"),
    Column("recorded_on", "date", "核算日期"),
)

PAYMENTS = Dataset(
    name="funds.payments",
    title="待遇发放结果",
    grain="一行是银行答复过的一笔发放",
    sql=f"SELECT {_BASIC} FROM payables_payment p WHERE p.state IN ('paid', 'returned') AND p.answered_on IS NOT NULL",  # noqa: S608 - a constant
    date_column="answered_on",
    recorded_column="recorded_on",
    columns=_COLUMNS,
    freshness="随银行回盘",
    owner=_OWNER,
)

AFTER_DEATH = Dataset(
    name="funds.paid_after_death",
    title="死亡次月以后仍发放",
    grain="一行是死亡次月以后的月份仍发放成功的一笔",
    sql=f"""
        SELECT {_BASIC}, d.death_date
        FROM payables_payment p JOIN people_person d ON d.id = p.person_id
        WHERE p.state = 'paid' AND p.answered_on IS NOT NULL AND p.purpose = ''
          AND {_MONTH.format("p.month")} > d.death_date
    """,  # noqa: S608 - a constant built of constants
    date_column="answered_on",
    recorded_column="recorded_on",
    columns=(*_COLUMNS, Column("death_date", "date", "死亡日期", Sensitivity.PERSONAL)),
    freshness="随银行回盘和死亡信息",
    owner=_OWNER,
    only_rules=True,
)

SHARED_ACCOUNTS = Dataset(
    name="funds.account_receivers",
    title="收款账户的受益户",
    grain="一行是一个收款账户当日以前收到的一户的一笔发放",
    sql=f"""
        SELECT {_BASIC}, md5(p.account_index) AS account_key,
               coalesce(m.household_id::text, p.person_id::text) AS household_key
        FROM payables_payment p
        LEFT JOIN people_householdmember m ON m.person_id = p.person_id AND m.until IS NULL
        WHERE p.state IN ('open', 'paid') AND length(p.account_index) > 0 AND p.answered_on IS NOT NULL
    """,  # noqa: S608 - a constant built of constants
    date_column="answered_on",
    recorded_column="recorded_on",
    columns=(
        *_COLUMNS,
        Column("account_key", "code", "收款账户的匿名标识", Sensitivity.PERSONAL),
        Column("household_key", "code", "户的标识", Sensitivity.PERSONAL),
    ),
    freshness="随银行回盘",
    owner=_OWNER,
    only_rules=True,
)

SHARED_PHONES = Dataset(
    name="funds.phone_receivers",
    title="领取人的联系电话",
    grain="一行是一名领取人的首选电话当日以前收到的一笔发放",
    sql=f"""
        SELECT {_BASIC}, md5(t.index) AS phone_key, coalesce(m.household_id::text, p.person_id::text) AS household_key
        FROM payables_payment p JOIN people_phone t ON t.person_id = p.person_id AND t.is_primary
        LEFT JOIN people_householdmember m ON m.person_id = p.person_id AND m.until IS NULL
        WHERE p.state = 'paid' AND p.answered_on IS NOT NULL
    """,  # noqa: S608 - a constant built of constants
    date_column="answered_on",
    recorded_column="recorded_on",
    columns=(
        *_COLUMNS,
        Column("phone_key", "code", "电话的匿名标识", Sensitivity.PERSONAL),
        Column("household_key", "code", "户的标识", Sensitivity.PERSONAL),
    ),
    freshness="随银行回盘",
    owner=_OWNER,
    only_rules=True,
)

DATASETS = (PAYMENTS, AFTER_DEATH, SHARED_ACCOUNTS, SHARED_PHONES)

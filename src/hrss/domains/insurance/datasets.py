"""What the insurance domain publishes: enrolments, payments of residents, benefits drawn, what employers declared."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset, Sensitivity

_OWNER = "社会保险事务中心"
_LIVE = "随业务实时"
_CREATED = "(created_at AT TIME ZONE 'Asia/Shanghai')::date"
_REGION = Column("region_code", "code", "所在村（社区）")
_PERSON = Column("person_id", "uuid", "人员标识", Sensitivity.PERSONAL)
_RECORDED = Column("recorded_on", "date", "登记日期")

ENROLMENTS = Dataset(
    name="insurance.resident_enrolments",
    title="城乡居民养老保险参保",
    grain="一行是一个人的一次参保，从参保到终止",
    sql=f"""
        SELECT id::text AS id, region_code, person_id::text AS person_id, category, grade_yuan, enrolled_on, ended_on,
               end_reason, {_CREATED} AS recorded_on
        FROM insurance_residentenrolment
    """,  # noqa: S608 - a constant built of constants
    date_column="enrolled_on",
    until_column="ended_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "记录标识"), _REGION, _PERSON,
        Column("category", "code", "参保类别", Sensitivity.PERSONAL),
        Column("grade_yuan", "integer", "缴费档次（元）"),
        Column("enrolled_on", "date", "参保日期"),
        Column("ended_on", "date", "终止日期，空为在保"),
        Column("end_reason", "text", "终止原因"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("person_id", "enrolled_on"),
    needs_township=True,
)  # fmt: skip

PAYMENTS = Dataset(
    name="insurance.resident_payments",
    title="城乡居民养老保险缴费",
    grain="一行是一个人一年的缴费",
    sql=f"""
        SELECT id::text AS id, region_code, person_id::text AS person_id, year::int AS year, grade_yuan, paid_fen,
               subsidy_fen, is_late, payer, paid_on, {_CREATED} AS recorded_on
        FROM insurance_residentpayment
    """,  # noqa: S608 - a constant built of constants
    date_column="paid_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "记录标识"), _REGION, _PERSON,
        Column("year", "integer", "缴费年度"),
        Column("grade_yuan", "integer", "档次（元）"),
        Column("paid_fen", "fen", "个人缴费"),
        Column("subsidy_fen", "fen", "政府补贴"),
        Column("is_late", "boolean", "是否补缴"),
        Column("payer", "code", "谁缴"),
        Column("paid_on", "date", "缴费日期"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("person_id", "year", "paid_on"),
    needs_township=True,
)  # fmt: skip

AWARDS = Dataset(
    name="insurance.awards",
    title="社会保险待遇核定",
    grain="一行是核定给一个人的一项待遇，从起始月到停发",
    sql=f"""
        SELECT id::text AS id, region_code, person_id::text AS person_id, benefit, state, "first" AS first_month,
               ("last" + interval '1 month')::date AS stopped_from, amount_fen, end_reason, {_CREATED} AS recorded_on
        FROM insurance_award
    """,  # noqa: S608 - a constant built of constants
    date_column="first_month",
    until_column="stopped_from",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "记录标识"), _REGION, _PERSON,
        Column("benefit", "code", "待遇"),
        Column("state", "code", "状态"),
        Column("first_month", "date", "起始月"),
        Column("stopped_from", "date", "停发月，空为在发"),
        Column("amount_fen", "fen", "核定月金额", Sensitivity.SENSITIVE),
        Column("end_reason", "text", "停发原因"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("person_id", "benefit", "first_month"),
    needs_township=True,
)  # fmt: skip

DECLARATIONS = Dataset(
    name="insurance.declarations",
    title="单位申报缴费",
    grain="一行是一个单位一个月的申报",
    sql=f"""
        SELECT id::text AS id, region_code, employer_id::text AS organisation_id,
               make_date(year, month, 1) AS month_from, people, base_fen, pension_fen, unemployment_fen, injury_fen,
               paid_on, {_CREATED} AS recorded_on
        FROM insurance_declaration
    """,  # noqa: S608 - a constant built of constants
    date_column="paid_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "记录标识"),
        Column("region_code", "code", "单位所在村（社区）"),
        Column("organisation_id", "uuid", "单位标识"),
        Column("month_from", "date", "所属月首日"),
        Column("people", "integer", "人数"),
        Column("base_fen", "fen", "缴费基数合计"),
        Column("pension_fen", "fen", "养老保险费"),
        Column("unemployment_fen", "fen", "失业保险费"),
        Column("injury_fen", "fen", "工伤保险费"),
        Column("paid_on", "date", "缴费日期"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("organisation_id", "month_from", "paid_on"),
)  # fmt: skip

DATASETS = (ENROLMENTS, PAYMENTS, AWARDS, DECLARATIONS)

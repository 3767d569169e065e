"""What the employment domain publishes: jobs, new urban jobs net of attrition, registers, events, help given."""

from __future__ import annotations

from typing import Final

from hrss.foundation.datasets import Column, Dataset, Sensitivity

_OWNER: Final = "就业促进股"
_LIVE: Final = "随业务实时"
_ID = Column("id", "uuid", "记录标识")
_REGION = Column("region_code", "code", "户籍所在村（社区）")
_PERSON = Column("person_id", "uuid", "人员标识", Sensitivity.PERSONAL)
_RECORDED = Column("recorded_on", "date", "登记日期")
_IN_TOWN: Final = "NOT starts_with(occupation, '外出务工') AND occupation <> '家庭农业生产'"
_CREATED: Final = "(created_at AT TIME ZONE 'Asia/Shanghai')::date"

HIRES = Dataset(
    name="employment.hires",
    title="就业经历",
    grain="一行是一个人的一次就业，从开始到终止",
    sql=f"""
        SELECT id::text AS id, region_code, person_id::text AS person_id, employer_id::text AS employer_id, kind,
               since, until, end_reason, occupation, ({_IN_TOWN}) AS is_urban,
               monthly_pay_fen, contract_kind, {_CREATED} AS recorded_on
        FROM employment_employmentspell
    """,  # noqa: S608 - a constant built of constants
    date_column="since",
    until_column="until",
    recorded_column="recorded_on",
    columns=(
        _ID, _REGION, _PERSON,
        Column("employer_id", "uuid", "单位标识，空为自主创业或灵活就业"),
        Column("kind", "code", "就业形式"),
        Column("since", "date", "开始日期"),
        Column("until", "date", "终止日期，空为在职"),
        Column("end_reason", "text", "终止原因"),
        Column("occupation", "text", "从事的工作"),
        Column("is_urban", "boolean", "是否城镇就业（不含外出务工和家庭农业）"),
        Column("monthly_pay_fen", "fen", "月工资", Sensitivity.SENSITIVE),
        Column("contract_kind", "code", "合同种类"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("person_id", "employer_id", "since"),
    needs_township=True,
)  # fmt: skip

NEW_URBAN = Dataset(
    name="employment.new_urban",
    title="城镇新增就业变动",
    grain="一行是一次增减：城镇新就业记 +1，自然减员（退休、死亡）记 -1",
    sql=f"""
        SELECT id::text || '+' AS id, region_code, person_id::text AS person_id, since AS happened_on,
               1 AS change, 'hired' AS reason, {_CREATED} AS recorded_on
        FROM employment_employmentspell WHERE {_IN_TOWN}
        UNION ALL
        SELECT id::text || '-', region_code, person_id::text, until, -1,
               CASE end_reason WHEN '死亡' THEN 'died' ELSE 'retired' END, until
        FROM employment_employmentspell
        WHERE {_IN_TOWN} AND end_reason IN ('达到退休年龄', '死亡')
    """,  # noqa: S608 - a constant built of constants
    date_column="happened_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "text", "记录标识"), _REGION, _PERSON,
        Column("happened_on", "date", "发生日期"),
        Column("change", "integer", "增减"),
        Column("reason", "code", "原因（hired 新就业，retired 退休，died 死亡）"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    needs_township=True,
)  # fmt: skip

TRANSFERRED = Dataset(
    name="employment.transferred",
    title="农村劳动力转移就业",
    grain="一行是一名农村户籍人员的一次非农或外出就业，从开始到终止",
    sql="""
        SELECT s.id::text AS id, s.region_code, s.person_id::text AS person_id, s.since, s.until,
               starts_with(s.occupation, '外出务工') AS is_away,
               (s.created_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM employment_employmentspell s JOIN people_person p ON p.id = s.person_id
        WHERE p.hukou = 'rural' AND s.occupation <> '家庭农业生产'
    """,
    date_column="since",
    until_column="until",
    recorded_column="recorded_on",
    columns=(
        _ID, _REGION, _PERSON,
        Column("since", "date", "开始日期"),
        Column("until", "date", "终止日期，空为在职"),
        Column("is_away", "boolean", "是否外出务工"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    needs_township=True,
)  # fmt: skip

REGISTRATIONS = Dataset(
    name="employment.registrations",
    title="失业登记",
    grain="一行是一次失业登记，从登记到注销",
    sql=f"""
        SELECT id::text AS id, region_code, person_id::text AS person_id, situation, registered_on, ended_on,
               end_reason, leave_reason, last_contact_on, {_CREATED} AS recorded_on
        FROM employment_unemploymentregistration
    """,  # noqa: S608 - a constant built of constants
    date_column="registered_on",
    until_column="ended_on",
    recorded_column="recorded_on",
    columns=(
        _ID, _REGION, _PERSON,
        Column("situation", "code", "失业情形"),
        Column("registered_on", "date", "登记日期"),
        Column("ended_on", "date", "注销日期，空为在册"),
        Column("end_reason", "text", "注销原因"),
        Column("leave_reason", "text", "离职原因", Sensitivity.PERSONAL),
        Column("last_contact_on", "date", "最近联系日期"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("person_id", "registered_on"),
    needs_township=True,
)  # fmt: skip

LABOUR_FORCE = Dataset(
    name="employment.labour_force",
    title="城镇劳动力",
    grain="一行是一个人的一次城镇在岗或一次登记失业，从开始到终止",
    sql=f"""
        SELECT id::text AS id, region_code, person_id::text AS person_id, 'employed' AS status, since, until
        FROM employment_employmentspell WHERE {_IN_TOWN}
        UNION ALL
        SELECT id::text, region_code, person_id::text, 'unemployed', registered_on, ended_on
        FROM employment_unemploymentregistration
    """,  # noqa: S608 - a constant built of constants
    date_column="since",
    until_column="until",
    columns=(
        _ID, _REGION, _PERSON,
        Column("status", "code", "在岗或登记失业"),
        Column("since", "date", "开始日期"),
        Column("until", "date", "终止日期，空为仍然如此"),
    ),
    freshness=_LIVE,
    owner=_OWNER,
    needs_township=True,
)  # fmt: skip

CONTRADICTIONS = Dataset(
    name="employment.contradictions",
    title="登记相互矛盾",
    grain="一行是一个人两份登记同时有效、而依法不能同时有效的一段时间",
    sql="""
        SELECT r.id::text || '+' || s.id::text AS id, r.region_code, r.person_id::text AS person_id,
               'registered_and_employed' AS kind, greatest(r.registered_on, s.since) AS since,
               least(r.ended_on, s.until) AS until
        FROM employment_unemploymentregistration r JOIN employment_employmentspell s ON s.person_id = r.person_id
          AND s.since < coalesce(r.ended_on, 'infinity') AND coalesce(s.until, 'infinity') > r.registered_on
          AND s.occupation <> '家庭农业生产'
        UNION ALL
        SELECT r.id::text || '!', r.region_code, r.person_id::text, 'open_after_death', p.death_date, NULL
        FROM employment_unemploymentregistration r JOIN people_person p ON p.id = r.person_id
        WHERE r.ended_on IS NULL AND p.death_date IS NOT NULL
        UNION ALL
        SELECT s.id::text || '!', s.region_code, s.person_id::text, 'open_after_death', p.death_date, NULL
        FROM employment_employmentspell s JOIN people_person p ON p.id = s.person_id
        WHERE s.until IS NULL AND p.death_date IS NOT NULL
    """,
    date_column="since",
    until_column="until",
    columns=(
        Column("id", "text", "记录标识"), _REGION, _PERSON,
        Column("kind", "code", "矛盾种类"),
        Column("since", "date", "开始日期"),
        Column("until", "date", "结束日期，空为仍然如此"),
    ),
    freshness=_LIVE,
    owner=_OWNER,
)  # fmt: skip

EVENTS = Dataset(
    name="employment.events",
    title="就业失业事件",
    grain="一行是一个人就业失业状态的一次变化",
    sql="""
        SELECT id::text AS id, region_code, person_id::text AS person_id, kind, "on" AS happened_on,
               organisation_id::text AS organisation_id, source,
               (recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM employment_statusevent
    """,
    date_column="happened_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "text", "记录标识"), _REGION, _PERSON,
        Column("kind", "code", "事件"),
        Column("happened_on", "date", "发生日期"),
        Column("organisation_id", "uuid", "单位标识"),
        Column("source", "code", "来源"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("person_id", "kind", "happened_on", "organisation_id"),
    needs_township=True,
)  # fmt: skip

HARDSHIP = Dataset(
    name="employment.hardship",
    title="就业困难人员认定",
    grain="一行是一次认定，从认定到退出",
    sql="""
        SELECT id::text AS id, region_code, person_id::text AS person_id, category, recognised_on, valid_until,
               ended_on, end_reason
        FROM employment_hardshiprecognition
    """,
    date_column="recognised_on",
    until_column="ended_on",
    columns=(
        _ID, _REGION, _PERSON,
        Column("category", "code", "困难类别", Sensitivity.PERSONAL),
        Column("recognised_on", "date", "认定日期"),
        Column("valid_until", "date", "有效期至"),
        Column("ended_on", "date", "退出日期，空为在册"),
        Column("end_reason", "text", "退出原因"),
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("person_id", "recognised_on"),
    needs_township=True,
)  # fmt: skip

FAMILIES = Dataset(
    name="employment.zero_families",
    title="零就业家庭",
    grain="一行是一户零就业家庭，从认定到清零",
    sql="""
        SELECT id::text AS id, region_code, head_id::text AS person_id, recognised_on, cleared_on, cleared_by
        FROM employment_zeroemploymentfamily
    """,
    date_column="recognised_on",
    until_column="cleared_on",
    columns=(
        _ID, _REGION,
        Column("person_id", "uuid", "户主标识", Sensitivity.PERSONAL),
        Column("recognised_on", "date", "认定日期"),
        Column("cleared_on", "date", "清零日期，空为未清零"),
        Column("cleared_by", "text", "如何清零"),
    ),
    freshness=_LIVE,
    owner=_OWNER,
    needs_township=True,
)  # fmt: skip

GRADUATES = Dataset(
    name="employment.graduates",
    title="离校未就业毕业生",
    grain="一行是一名实名登记的离校未就业毕业生",
    sql="""
        SELECT id::text AS id, region_code, person_id::text AS person_id, graduated_on, listed_on, contacted_on,
               settled_on, settled_how
        FROM employment_graduate
    """,
    date_column="listed_on",
    until_column="settled_on",
    recorded_column="listed_on",
    columns=(
        _ID, _REGION, _PERSON,
        Column("graduated_on", "date", "毕业日期"),
        Column("listed_on", "date", "列入日期"),
        Column("contacted_on", "date", "首次联系日期"),
        Column("settled_on", "date", "落实去向日期"),
        Column("settled_how", "text", "去向"),
    ),
    freshness=_LIVE,
    owner=_OWNER,
    same=("person_id", "listed_on"),
    needs_township=True,
)  # fmt: skip

OFFERS = Dataset(
    name="employment.offers",
    title="就业服务",
    grain="一行是给一个人的一次就业服务",
    sql=f"""
        SELECT id::text AS id, region_code, person_id::text AS person_id, kind, offered_on, accepted, answered_on,
               {_CREATED} AS recorded_on
        FROM employment_serviceoffer
    """,  # noqa: S608 - a constant built of constants
    date_column="offered_on",
    recorded_column="recorded_on",
    columns=(
        _ID, _REGION, _PERSON,
        Column("kind", "code", "服务种类"),
        Column("offered_on", "date", "提供日期"),
        Column("accepted", "boolean", "是否接受，空为未答复"),
        Column("answered_on", "date", "答复日期"),
        _RECORDED,
    ),
    freshness=_LIVE,
    owner=_OWNER,
    needs_township=True,
)  # fmt: skip

FIRM_REPORTS = Dataset(
    name="employment.firm_reports",
    title="样本企业用工月报",
    grain="一行是一家样本企业一个月的月报（更正后的版本）",
    sql="""
        SELECT id::text AS id, region_code, organisation_id::text AS organisation_id,
               (month + interval '1 month' - interval '1 day')::date AS month_last, "before", hires, leavers, headcount,
               hires - leavers AS net_change, planned,
               CASE WHEN "before" > 0 THEN leavers * 1000 / "before" ELSE 0 END AS leaver_permille,
               CASE WHEN headcount > 0 THEN planned * 1000 / headcount ELSE 0 END AS planned_permille,
               version, (reported_at AT TIME ZONE 'Asia/Shanghai')::date > due_on AND version = 1 AS is_late,
               (reported_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM employment_firmreport WHERE replaced_at IS NULL
    """,
    date_column="month_last",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "月报标识"),
        Column("region_code", "code", "企业所在村（社区）"),
        Column("organisation_id", "uuid", "企业标识"),
        Column("month_last", "date", "月份末日"),
        Column("before", "integer", "月初人数"),
        Column("hires", "integer", "本月新进"),
        Column("leavers", "integer", "本月离开"),
        Column("headcount", "integer", "月末人数"),
        Column("net_change", "integer", "净增减"),
        Column("planned", "integer", "计划裁减"),
        Column("leaver_permille", "integer", "离开人数占月初人数的千分之几"),
        Column("planned_permille", "integer", "计划裁减占月末人数的千分之几"),
        Column("version", "integer", "版本"),
        Column("is_late", "boolean", "是否迟报"),
        _RECORDED,
    ),
    freshness="每月一次，企业填报",
    owner=_OWNER,
    same=("organisation_id", "month_last"),
    needs_township=True,
)  # fmt: skip

FIRM_SILENCE = Dataset(
    name="employment.firm_silence",
    title="样本企业没有按时报的月份",
    grain="一行是一家样本企业过了截止日还没有报的一个月，到报来为止",
    sql="""
        SELECT late.id::text AS id, late.region_code, late.organisation_id::text AS organisation_id, late.month,
               (late.sent_at AT TIME ZONE 'Asia/Shanghai')::date AS silent_since, first.reported_on
        FROM employment_reportreminder late
        LEFT JOIN LATERAL (
          SELECT min((reported_at AT TIME ZONE 'Asia/Shanghai')::date) AS reported_on FROM employment_firmreport r
          WHERE r.organisation_id = late.organisation_id AND r.month = late.month
        ) AS first ON true
        WHERE late.kind = 'late'
    """,
    date_column="silent_since",
    until_column="reported_on",
    columns=(
        Column("id", "uuid", "记录标识"),
        Column("region_code", "code", "企业所在村（社区）"),
        Column("organisation_id", "uuid", "企业标识"),
        Column("month", "date", "月份首日"),
        Column("silent_since", "date", "发现没有报的日期"),
        Column("reported_on", "date", "补报日期，空为没有报"),
    ),
    freshness=_LIVE,
    owner=_OWNER,
)  # fmt: skip

DATASETS = (
    HIRES,
    NEW_URBAN,
    TRANSFERRED,
    REGISTRATIONS,
    LABOUR_FORCE,
    CONTRADICTIONS,
    EVENTS,
    HARDSHIP,
    FAMILIES,
    GRADUATES,
    OFFERS,
    FIRM_REPORTS,
    FIRM_SILENCE,
)

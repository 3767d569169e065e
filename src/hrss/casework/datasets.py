"""What casework publishes: cases with their clocks and ends; who applied only as an id."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset, Sensitivity

_DAY = "(c.{} AT TIME ZONE 'Asia/Shanghai')::date"

CASES = Dataset(
    name="casework.cases",
    title="办件",
    grain="一行是一个办件，从提交到办结",
    sql=f"""
        SELECT c.id::text AS id, c.region_code::text AS region_code, c.number::text AS number,
               c.item_code::text AS item_code, c.item_name::text AS item_name, c.line::text AS line,
               c.channel::text AS channel, c.state::text AS state, c.decision::text AS decision,
               {_DAY.format("submitted_at")} AS submitted_on, {_DAY.format("accepted_at")} AS accepted_on,
               {_DAY.format("decided_at")} AS decided_on,
               least({_DAY.format("decided_at")}, {_DAY.format("closed_at")}) AS ended_on,
               c.due_on, c.act_by, c.warn_on,
               coalesce(c.act_by < least({_DAY.format("decided_at")}, {_DAY.format("closed_at")}), false) AS ended_late,
               c.applicant_person_id::text AS person_id, c.applicant_organisation_id::text AS organisation_id
        FROM casework_case c
    """,  # noqa: S608 - a constant built of constants
    date_column="submitted_on",
    until_column="ended_on",
    recorded_column="submitted_on",
    columns=(
        Column("id", "uuid", "办件标识"),
        Column("region_code", "code", "办理地"),
        Column("number", "text", "办件编号"),
        Column("item_code", "code", "事项代码"),
        Column("item_name", "text", "事项"),
        Column("line", "code", "条线"),
        Column("channel", "code", "渠道"),
        Column("state", "code", "状态"),
        Column("decision", "code", "决定"),
        Column("submitted_on", "date", "提交日期"),
        Column("accepted_on", "date", "受理日期"),
        Column("decided_on", "date", "决定日期"),
        Column("ended_on", "date", "决定或办结日期，空为在办"),
        Column("due_on", "date", "法定期限"),
        Column("act_by", "date", "应办日期（法定与承诺中较早的）"),
        Column("warn_on", "date", "预警日期"),
        Column("ended_late", "boolean", "是否逾期办结"),
        Column("person_id", "uuid", "申请人标识", Sensitivity.PERSONAL),
        Column("organisation_id", "uuid", "申请单位标识"),
    ),
    freshness="随业务实时",
    owner="政务服务股",
)

DECISIONS = Dataset(
    name="casework.decisions",
    title="办件决定",
    grain="一行是一个已经决定的办件",
    sql=f"""
        SELECT c.id::text AS id, c.region_code::text AS region_code, c.number::text AS number,
               c.item_code::text AS item_code, c.item_name::text AS item_name, c.line::text AS line,
               c.channel::text AS channel, c.decision::text AS decision,
               {_DAY.format("submitted_at")} AS submitted_on, {_DAY.format("decided_at")} AS decided_on, c.act_by,
               coalesce({_DAY.format("decided_at")} > c.act_by, false) AS is_late,
               {_DAY.format("decided_at")} - {_DAY.format("submitted_at")} AS days
        FROM casework_case c WHERE c.decided_at IS NOT NULL
    """,  # noqa: S608 - a constant built of constants
    date_column="decided_on",
    recorded_column="decided_on",
    columns=(
        Column("id", "uuid", "办件标识"),
        Column("region_code", "code", "办理地"),
        Column("number", "text", "办件编号"),
        Column("item_code", "code", "事项代码"),
        Column("item_name", "text", "事项"),
        Column("line", "code", "条线"),
        Column("channel", "code", "渠道"),
        Column("decision", "code", "决定"),
        Column("submitted_on", "date", "提交日期"),
        Column("decided_on", "date", "决定日期"),
        Column("act_by", "date", "应办日期（法定与承诺中较早的）"),
        Column("is_late", "boolean", "是否逾期决定"),
        Column("days", "integer", "从提交到决定的天数"),
    ),
    freshness="随业务实时",
    owner="政务服务股",
)

RATINGS = Dataset(
    name="casework.ratings",
    title="评价",
    grain="一行是一次好差评",
    sql="""
        SELECT r.id::text AS id, c.region_code::text AS region_code, c.item_code::text AS item_code,
               c.line::text AS line, r.channel::text AS channel, r.stars::int AS stars,
               (r.rated_at AT TIME ZONE 'Asia/Shanghai')::date AS rated_on
        FROM casework_rating r JOIN casework_case c ON c.id = r.case_id
    """,
    date_column="rated_on",
    recorded_column="rated_on",
    columns=(
        Column("id", "uuid", "评价标识"),
        Column("region_code", "code", "办理地"),
        Column("item_code", "code", "事项代码"),
        Column("line", "code", "条线"),
        Column("channel", "code", "评价渠道"),
        Column("stars", "integer", "星级（5 非常满意 至 1 非常不满意）"),
        Column("rated_on", "date", "评价日期"),
    ),
    freshness="随业务实时",
    owner="政务服务股",
)

ITEMS = Dataset(
    name="casework.items",
    title="服务事项",
    grain="一行是一个事项的一个已发布版本，从生效到失效",
    sql="""
        SELECT v.id::text AS id, r.code::text AS region_code, v.code::text AS item_code, v.name::text AS item_name,
               v.line::text AS line, v.version::int AS version, (v.definition->'delivery' @> '["online"]') AS is_online,
               v.effective_from, v.effective_to + 1 AS replaced_on,
               (v.published_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM casework_itemversion v JOIN regions_region r ON r.level = 'county' AND v.state = 'published'
    """,
    date_column="effective_from",
    until_column="replaced_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "版本标识", Sensitivity.PUBLIC),
        Column("region_code", "code", "县", Sensitivity.PUBLIC),
        Column("item_code", "code", "事项代码", Sensitivity.PUBLIC),
        Column("item_name", "text", "事项", Sensitivity.PUBLIC),
        Column("line", "code", "条线", Sensitivity.PUBLIC),
        Column("version", "integer", "版本", Sensitivity.PUBLIC),
        Column("is_online", "boolean", "能否网上申请", Sensitivity.PUBLIC),
        Column("effective_from", "date", "生效日期", Sensitivity.PUBLIC),
        Column("replaced_on", "date", "失效次日", Sensitivity.PUBLIC),
        Column("recorded_on", "date", "发布日期", Sensitivity.PUBLIC),
    ),
    freshness="随业务实时",
    owner="政务服务股",
)


DATASETS = (CASES, DECISIONS, RATINGS, ITEMS)

"""What monitoring reads about the work of staff: looks, rows taken, refusals, quick steps, pairs, cases to check again.

Only rules read these (``only_rules``). They lie at the county, so that whoever watches one township does not see whom
the county watches there. ``staff_day`` is a member of staff and a day: what was over yesterday stays one matter.
"""

from __future__ import annotations

from typing import Final

from hrss.foundation.datasets import Column, Dataset, Sensitivity

_PERSONAL: Final = Sensitivity.PERSONAL
_COUNTY: Final = "(SELECT r.code::text FROM regions_region r WHERE r.level = 'county')"
_KNOWN_STEPS: Final = 500  # 与此前同一事项同一步骤的多少次比

_ID = Column("id", "text", "记录标识")
_REGION = Column("region_code", "code", "县")
_STAFF = Column("staff_id", "uuid", "办事人员标识", _PERSONAL)
_STAFF_DAY = Column("staff_day", "text", "办事人员和日期", _PERSONAL)
_FUNCTION = Column("function", "code", "岗位职能")

_BY_STAFF: Final = f"""{_COUNTY} AS region_code, e.actor_person::text AS staff_id,
               e.actor_person::text || ' ' || to_char(e.day, 'YYYY-MM-DD') AS staff_day,
               e.post_function::text AS function, e.action::text AS action"""
_IS_STAFF: Final = "e.actor_kind = 'staff' AND e.actor_person IS NOT NULL"


def _watched(name: str, title: str, grain: str, sql: str, day: str, *columns: Column) -> Dataset:
    """Declare a dataset about the work of staff; ``day`` is the day it happened, and it is known at once."""
    return Dataset(
        name=name,
        title=title,
        grain=grain,
        sql=sql,
        date_column=day,
        recorded_column=day,
        columns=columns,
        freshness="随业务实时",
        owner="基金监督股",
        only_rules=True,
    )


LOOKS = _watched(
    "monitoring.looks",
    "查看个人信息",
    "一行是一名办事人员一次查看一个人的信息",
    f"""
        SELECT e.id::text AS id, {_BY_STAFF}, e.purpose::text AS purpose, e.person_id::text AS person_id,
               e.day AS looked_on,
               CASE WHEN e.purpose = 'case' OR starts_with(e.purpose, 'case:') THEN 0
                    ELSE coalesce((SELECT min(greatest(e.day - coalesce(
                        (least(c.decided_at, c.closed_at) AT TIME ZONE 'Asia/Shanghai')::date, e.day), 0))
                      FROM casework_case c WHERE c.applicant_person_id = e.person_id
                      AND (c.submitted_at AT TIME ZONE 'Asia/Shanghai')::date <= e.day), 99999)
               END AS days_without_case
        FROM audit_event e WHERE e.outcome = 'read' AND {_IS_STAFF} AND e.person_id IS NOT NULL
    """,  # noqa: S608 - a constant built of constants
    "looked_on",
    _ID, _REGION, _STAFF, _STAFF_DAY, _FUNCTION,
    Column("action", "code", "看了什么"),
    Column("purpose", "text", "用途"),
    Column("person_id", "uuid", "被查看人标识", _PERSONAL),
    Column("looked_on", "date", "查看日期"),
    Column("days_without_case", "integer", "这个人的办件办结后过了几天（在办为 0，从没有办件为 99999）"),
)  # fmt: skip

TAKINGS = _watched(
    "monitoring.takings",
    "成批查看和导出",
    "一行是一名办事人员一次查看或导出一批行",
    f"""
        SELECT e.id::text AS id, {_BY_STAFF}, e.purpose::text AS purpose, e.day AS taken_on,
               CASE WHEN jsonb_typeof(e.detail->'rows') = 'number' THEN (e.detail->>'rows')::int
                    WHEN jsonb_typeof(e.detail->'shown') = 'array' THEN jsonb_array_length(e.detail->'shown')
                    ELSE 0 END AS taken_rows
        FROM audit_event e WHERE e.outcome = 'read' AND {_IS_STAFF} AND e.person_id IS NULL
    """,  # noqa: S608 - a constant built of constants
    "taken_on",
    _ID, _REGION, _STAFF, _STAFF_DAY, _FUNCTION,
    Column("action", "code", "看了或导出了什么"),
    Column("purpose", "text", "用途"),
    Column("taken_on", "date", "日期"),
    Column("taken_rows", "integer", "行数（人数）"),
)  # fmt: skip

REFUSALS = _watched(
    "monitoring.refusals",
    "被拒绝的操作",
    "一行是一名办事人员一次被拒绝的操作",
    f"""
        SELECT e.id::text AS id, {_BY_STAFF}, coalesce(e.detail->>'reason', '')::text AS reason, e.day AS refused_on
        FROM audit_event e WHERE e.outcome = 'refused' AND {_IS_STAFF}
    """,  # noqa: S608 - a constant built of constants
    "refused_on",
    _ID, _REGION, _STAFF, _STAFF_DAY, _FUNCTION,
    Column("action", "code", "想做什么"),
    Column("reason", "code", "拒绝的原因"),
    Column("refused_on", "date", "日期"),
)  # fmt: skip

STEPS = _watched(
    "monitoring.steps",
    "办理步骤用时",
    "一行是一名办事人员在一个办件上办的一步",
    f"""
        SELECT t.id::text AS id, {_COUNTY} AS region_code, t.staff::text AS staff_id,
               t.staff::text || ' ' || to_char(t.done_on, 'YYYY-MM-DD') AS staff_day, t.item_code::text AS item_code,
               t.verb::text AS verb, t.seconds, t.usual, t.known, t.seconds * 100 / greatest(t.usual, 1) AS share,
               t.done_on
        FROM (
          SELECT s.*, count(*) OVER before_it AS known,
                 coalesce(exp(sum(s.weight) OVER before_it / 1000.0 / count(*) OVER before_it), 0)::bigint AS usual
          FROM (
            SELECT a.id, a.verb, c.item_code, a.actor_person_id AS staff, a.at, a.post, a.actor_kind,
                   (a.at AT TIME ZONE 'Asia/Shanghai')::date AS done_on,
                   extract(epoch FROM a.at - lag(a.at) OVER chain)::bigint AS seconds,
                   (1000 * ln(greatest(extract(epoch FROM a.at - lag(a.at) OVER chain), 1)))::int AS weight
            FROM casework_action a JOIN casework_case c ON c.id = a.case_id
            WINDOW chain AS (PARTITION BY a.case_id ORDER BY a.ordinal)
          ) s WHERE s.post <> '' AND s.actor_kind = 'staff' AND s.staff IS NOT NULL AND s.seconds IS NOT NULL
          WINDOW before_it AS (PARTITION BY s.item_code, s.verb ORDER BY s.at, s.id
                               ROWS BETWEEN {_KNOWN_STEPS} PRECEDING AND 1 PRECEDING)
        ) t
    """,  # noqa: S608 - a constant built of constants
    "done_on",
    _ID, _REGION, _STAFF, _STAFF_DAY,
    Column("item_code", "code", "事项代码"),
    Column("verb", "code", "步骤"),
    Column("seconds", "integer", "距上一步的秒数"),
    Column("usual", "integer", f"此前同一事项同一步骤（最近 {_KNOWN_STEPS} 次）通常的秒数（几何平均）"),
    Column("known", "integer", "通常用时由多少次得出"),
    Column("share", "integer", "是通常用时的百分之几"),
    Column("done_on", "date", "办理日期"),
)  # fmt: skip

PAIRS = _watched(
    "monitoring.pairs",
    "经办和复核审批的搭配",
    "一行是一个办件的经办人遇到的一次复核或审批",
    f"""
        SELECT b.id::text AS id, {_COUNTY} AS region_code, a.person::text || ' ' || b.actor_person_id::text AS pair,
               a.person::text AS first_id, b.actor_person_id::text AS second_id,
               c.township || ' ' || c.item_code || ' ' || b.post AS desk,
               c.number::text AS number, (b.at AT TIME ZONE 'Asia/Shanghai')::date AS met_on
        FROM casework_action b JOIN casework_case c ON c.id = b.case_id CROSS JOIN LATERAL (
          SELECT h.actor_person_id AS person FROM casework_action h
          WHERE h.case_id = b.case_id AND h.ordinal < b.ordinal AND h.post = 'handle' AND h.actor_kind = 'staff'
          ORDER BY h.ordinal DESC LIMIT 1) a
        WHERE b.post IN ('review', 'approve') AND b.actor_kind = 'staff' AND b.actor_person_id IS NOT NULL
          AND a.person IS NOT NULL
    """,  # noqa: S608 - a constant built of constants
    "met_on",
    _ID, _REGION,
    Column("pair", "text", "经办人和复核（审批）人", _PERSONAL),
    Column("first_id", "uuid", "经办人标识", _PERSONAL),
    Column("second_id", "uuid", "复核（审批）人标识", _PERSONAL),
    Column("desk", "text", "乡镇、事项和环节"),
    Column("number", "text", "办件编号"),
    Column("met_on", "date", "日期"),
)  # fmt: skip

CHECKED_AGAIN = _watched(
    "monitoring.decided",
    "办结件抽查",
    "一行是一个已经决定的办件和它抽到的号",
    f"""
        SELECT c.id::text AS id, {_COUNTY} AS region_code, c.number::text AS number, c.item_code::text AS item_code,
               c.item_name::text AS item_name, c.grade::text AS grade, c.decision::text AS decision,
               (c.decided_at AT TIME ZONE 'Asia/Shanghai')::date AS decided_on,
               mod(('x' || substr(md5(c.id::text || to_char(c.decided_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')),
                 1, 7))::bit(28)::int, 100) AS draw
        FROM casework_case c WHERE c.decided_at IS NOT NULL
    """,  # noqa: S608 - a constant built of constants
    "decided_on",
    _ID, _REGION,
    Column("number", "text", "办件编号"),
    Column("item_code", "code", "事项代码"),
    Column("item_name", "text", "事项"),
    Column("grade", "code", "等级（G2 涉及资金）"),
    Column("decision", "code", "决定"),
    Column("decided_on", "date", "决定日期"),
    Column("draw", "integer", "抽到的号，0 至 99；由办件标识和决定时刻算出，决定以前没有人知道"),
)  # fmt: skip

DATASETS = (LOOKS, TAKINGS, REFUSALS, STEPS, PAIRS, CHECKED_AGAIN)

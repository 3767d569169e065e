"""What access publishes: who holds which kind of post since when, so that long tenures on money are seen."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset, Sensitivity

POSTS = Dataset(
    name="access.posts",
    title="岗位任职",
    grain="一行是一个人一次任职，从开始到截止或终止",
    sql="""
        SELECT p.id::text AS id, p.region_code::text AS region_code, p.person_id::text AS person_id,
               p.function::text AS function, p.line::text AS line, p.grade::int AS grade, p.since,
               least(p.until + 1, (p.ended_at AT TIME ZONE 'Asia/Shanghai')::date) AS ended_on,
               min(p.since) OVER (PARTITION BY p.person_id, p.function) AS first_since,
               (p.created_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM access_post p WHERE p.substitute_for_id IS NULL
    """,
    date_column="since",
    until_column="ended_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "任职标识"),
        Column("region_code", "code", "区域"),
        Column("person_id", "uuid", "任职人标识", Sensitivity.PERSONAL),
        Column("function", "code", "岗位职能"),
        Column("line", "code", "业务条线"),
        Column("grade", "integer", "级别"),
        Column("since", "date", "开始日期"),
        Column("ended_on", "date", "截止次日或终止日期，空为在任"),
        Column("first_since", "date", "同一职能最早任职日期"),
        Column("recorded_on", "date", "登记日期"),
    ),
    freshness="随业务实时",
    owner="综合股",
)

DATASETS = (POSTS,)

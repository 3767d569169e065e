"""What the organisations part publishes: employers, agencies and service points with place, industry and size."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset, Sensitivity

ORGANISATIONS = Dataset(
    name="organisations.organisations",
    title="单位",
    grain="一行是一个单位",
    sql="""
        SELECT id::text AS id, region_code::text AS region_code, kind::text AS kind, level::text AS level,
               industry::text AS industry, headcount::int AS headcount, name::text AS name,
               coalesce(founded_on, DATE '1949-10-01') AS founded_on, closed_on,
               (created_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM organisations_organisation
    """,
    date_column="founded_on",
    until_column="closed_on",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "单位标识"),
        Column("region_code", "code", "所在地"),
        Column("kind", "code", "类别"),
        Column("level", "code", "网点层级"),
        Column("industry", "code", "行业门类（GB/T 4754）"),
        Column("headcount", "integer", "职工人数"),
        Column("name", "text", "名称", Sensitivity.PUBLIC),
        Column("founded_on", "date", "成立日期（未登记的按 1949-10-01）"),
        Column("closed_on", "date", "注销日期"),
        Column("recorded_on", "date", "建档日期"),
    ),
    freshness="随业务实时",
    owner="综合股",
)

DATASETS = (ORGANISATIONS,)

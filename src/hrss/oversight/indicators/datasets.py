"""What indicators publish: every kept number, for boards and for monitoring of paths."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset, Sensitivity

FIGURES = Dataset(
    name="oversight.figures",
    title="指标数值",
    grain="一行是一项指标一个口径一个月一个地区的最近一次取数",
    sql="""
        SELECT f.id::text AS id, f.region_code::text AS region_code, t.statistic::text AS statistic,
               f.convention::text AS convention, (t.month || '-01')::date AS month_from,
               f.numerator, f.denominator, (t.cut_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM indicators_figure f JOIN (
          SELECT DISTINCT ON (statistic, month) id, statistic, month, cut_at FROM indicators_taking
          ORDER BY statistic, month, id DESC
        ) t ON t.id = f.taking_id
    """,
    date_column="month_from",
    columns=(
        Column("id", "text", "记录标识", Sensitivity.PUBLIC),
        Column("region_code", "code", "地区", Sensitivity.PUBLIC),
        Column("statistic", "code", "指标", Sensitivity.PUBLIC),
        Column("convention", "code", "口径", Sensitivity.PUBLIC),
        Column("month_from", "date", "月份首日", Sensitivity.PUBLIC),
        Column("numerator", "integer", "分子或总量", Sensitivity.PUBLIC),
        Column("denominator", "integer", "分母", Sensitivity.PUBLIC),
        Column("recorded_on", "date", "取数日期", Sensitivity.PUBLIC),
    ),
    freshness="每月一次；按需",
    owner="规划财务股",
)

DATASETS = (FIGURES,)

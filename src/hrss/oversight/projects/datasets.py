"""What plan and projects publish, for monitoring and boards: shares of tasks, reports that are due, milestones.

A rule finds late milestones as a stock of ``projects.milestones`` with ``due_on`` before ``@end``: a row holds from the
project's start until the milestone is confirmed. ``plan.reports`` has a row for every month a reported task owes.
"""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset, Sensitivity

_ID = Column("id", "text", "记录标识", Sensitivity.PUBLIC)
_REGION = Column("region_code", "code", "地区", Sensitivity.PUBLIC)

TASKS = Dataset(
    name="plan.tasks",
    title="年度任务分解",
    grain="一行是一项已下达任务分解到一个单位或乡镇",
    sql="""
        SELECT s.id::text AS id, s.region_code::text AS region_code, t.code::text AS task, t.title::text AS title,
               s.division::text AS division, make_date(t.year, 1, 1) AS year_from,
               make_date(t.year + 1, 1, 1) AS year_until, s.due_on AS due_on,
               (t.statistic <> '') AS is_measured, (s.owner IS NOT NULL) AS has_owner
        FROM projects_taskshare s JOIN projects_annualtask t ON t.id = s.task_id AND t.state = 'issued'
    """,
    date_column="year_from",
    until_column="year_until",
    columns=(
        _ID, _REGION,
        Column("task", "code", "任务编码", Sensitivity.PUBLIC),
        Column("title", "text", "任务", Sensitivity.PUBLIC),
        Column("division", "text", "承办单位", Sensitivity.PUBLIC),
        Column("year_from", "date", "年度起", Sensitivity.PUBLIC),
        Column("year_until", "date", "年度止", Sensitivity.PUBLIC),
        Column("due_on", "date", "完成期限", Sensitivity.PUBLIC),
        Column("is_measured", "boolean", "是否由指标取数", Sensitivity.PUBLIC),
        Column("has_owner", "boolean", "是否有责任人", Sensitivity.PUBLIC),
    ),
    freshness="下达和调整时",
    owner="规划财务股",
)  # fmt: skip

REPORTS = Dataset(
    name="plan.reports",
    title="应报的任务进度",
    grain="一行是一项没有指标取数的任务分解在一个月应报的进度；报上来即止",
    sql="""
        SELECT s.id::text || ' ' || to_char(m.month, 'YYYY-MM') AS id, s.region_code::text AS region_code,
               t.code::text AS task, s.division::text AS division, (m.month + interval '1 month')::date AS owed_from,
               (m.month + interval '1 month 9 days')::date AS due_on,
               (SELECT min((r.reported_at AT TIME ZONE 'Asia/Shanghai')::date) FROM projects_progressreport r
                WHERE r.share_id = s.id AND r.month >= to_char(m.month, 'YYYY-MM')
                AND r.state <> 'returned') AS reported_on
        FROM projects_taskshare s
        JOIN projects_annualtask t ON t.id = s.task_id AND t.state = 'issued' AND t.statistic = ''
        CROSS JOIN LATERAL generate_series(make_date(t.year, 1, 1), least(make_date(t.year, 12, 1),
          (date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai') - interval '1 month')::date),
          interval '1 month') m(month)
        WHERE t.sharing = 'none' OR length(s.region_code) > 6
    """,
    date_column="owed_from",
    until_column="reported_on",
    columns=(
        _ID, _REGION,
        Column("task", "code", "任务编码", Sensitivity.PUBLIC),
        Column("division", "text", "承办单位", Sensitivity.PUBLIC),
        Column("owed_from", "date", "可以填报的第一天", Sensitivity.PUBLIC),
        Column("due_on", "date", "填报期限", Sensitivity.PUBLIC),
        Column("reported_on", "date", "填报日期，空为未报", Sensitivity.PUBLIC),
    ),
    freshness="实时",
    owner="规划财务股",
)  # fmt: skip

MILESTONES = Dataset(
    name="projects.milestones",
    title="项目节点",
    grain="一行是一个项目的一个节点，从项目开工到节点确认完成",
    sql="""
        SELECT m.id::text AS id, m.region_code::text AS region_code, p.code::text AS project, p.title::text AS title,
               m.title::text AS milestone, m.weight::integer AS weight, make_date(p.first_year, 1, 1) AS since,
               m.due_on AS due_on, CASE WHEN m.confirmed_at IS NOT NULL THEN m.done_on END AS done_on,
               m.done_on AS said_done_on
        FROM projects_milestone m JOIN projects_project p ON p.id = m.project_id
    """,
    date_column="since",
    until_column="done_on",
    columns=(
        _ID, _REGION,
        Column("project", "code", "项目编码", Sensitivity.PUBLIC),
        Column("title", "text", "项目", Sensitivity.PUBLIC),
        Column("milestone", "text", "节点", Sensitivity.PUBLIC),
        Column("weight", "integer", "权重", Sensitivity.PUBLIC),
        Column("since", "date", "项目开工", Sensitivity.PUBLIC),
        Column("due_on", "date", "计划完成", Sensitivity.PUBLIC),
        Column("done_on", "date", "确认完成日期", Sensitivity.PUBLIC),
        Column("said_done_on", "date", "上报完成日期", Sensitivity.PUBLIC),
    ),
    freshness="上报和确认时",
    owner="规划财务股",
)  # fmt: skip

BUDGETS = Dataset(
    name="plan.budgets",
    title="预算",
    grain="一行是一项基金一个科目一年在用的预算（已确认，没有被调整替代）",
    sql="""
        SELECT b.id::text AS id, b.region_code::text AS region_code, b.fund::text AS fund, b.subject::text AS subject,
               b.title::text AS title, b.amount AS amount_fen, b.document::text AS document,
               make_date(b.year, 1, 1) AS year_from
        FROM projects_budgetline b
        LEFT JOIN projects_budgetline n ON n.replaces_id = b.id AND n.confirmed_at IS NOT NULL
        WHERE b.confirmed_at IS NOT NULL AND n.id IS NULL
    """,
    date_column="year_from",
    columns=(
        _ID, _REGION,
        Column("fund", "code", "基金", Sensitivity.PUBLIC),
        Column("subject", "code", "科目", Sensitivity.PUBLIC),
        Column("title", "text", "科目名称", Sensitivity.PUBLIC),
        Column("amount_fen", "fen", "预算", Sensitivity.PUBLIC),
        Column("document", "text", "预算文号", Sensitivity.PUBLIC),
        Column("year_from", "date", "年度起", Sensitivity.PUBLIC),
    ),
    freshness="确认时",
    owner="规划财务股",
)  # fmt: skip

DATASETS = (TASKS, REPORTS, MILESTONES, BUDGETS)

"""Routes of the workbench."""

from __future__ import annotations

from functools import partial

from hrss.channels.workbench.debt_routes import ROUTES as DEBT_ROUTES
from hrss.channels.workbench.fund_routes import ROUTES as FUND_ROUTES
from hrss.foundation.access.routes import Route, staff_audience
from hrss.kernel.actor import Function

CASE_WORKERS = staff_audience(
    Function.VILLAGE_AGENT,
    Function.COUNTER,
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.INSPECTOR,
    Function.LEADER,
)
WATCHERS = staff_audience(Function.AUDIT_ADMIN, Function.INSPECTOR)
OPERATORS = staff_audience(Function.SYSTEM_ADMIN, Function.AUDIT_ADMIN)
ACCOUNT_MAKERS = staff_audience(Function.SYSTEM_ADMIN)
ACCOUNT_KEEPERS = staff_audience(Function.SYSTEM_ADMIN, Function.SECURITY_ADMIN)
GRANTERS = staff_audience(
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.INSPECTOR,
    Function.LEADER,
    Function.SECURITY_ADMIN,
)
STATISTICIANS = staff_audience(
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.INSPECTOR,
    Function.LEADER,
    Function.DATA,
    Function.AUDIT_ADMIN,
)
RELEASERS = staff_audience(Function.INSPECTOR, Function.DATA, Function.LEADER)
TAKERS = staff_audience(Function.INSPECTOR, Function.DATA)
MONITORS = staff_audience(
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.FINANCE,
    Function.INSPECTOR,
    Function.LEADER,
    Function.DATA,
    Function.AUDIT_ADMIN,
)
PLANNING = staff_audience(
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.INSPECTOR,
    Function.LEADER,
    Function.DATA,
    Function.FINANCE,
    Function.AUDIT_ADMIN,
)
PLANNERS = staff_audience(Function.DATA, Function.INSPECTOR)
ISSUERS = staff_audience(Function.LEADER)
REPORTERS = staff_audience(Function.HANDLER, Function.REVIEWER)
CONFIRMERS = staff_audience(Function.REVIEWER, Function.APPROVER, Function.INSPECTOR, Function.DATA)
BUILDERS = staff_audience(
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.DATA,
    Function.FINANCE,
    Function.INSPECTOR,
    Function.LEADER,
)
BUDGETERS = staff_audience(Function.FINANCE, Function.DATA)
BUDGET_CONFIRMERS = staff_audience(Function.FINANCE, Function.INSPECTOR, Function.LEADER)
STAFF = frozenset({"staff"})
_VIEWS = "hrss.channels.workbench.views"

_read = partial(Route, audience=CASE_WORKERS, scope="region", label="L3", audit="read")
_write = partial(
    Route, audience=CASE_WORKERS, scope="region", label="L3", audit="write", rate="submit", methods=("POST",)
)
_grant_read = partial(Route, audience=GRANTERS, scope="region", label="L2", audit="read")
_grant_write = partial(
    Route, audience=GRANTERS, scope="region", label="L2", audit="write", rate="submit", methods=("POST",)
)
_count_read = partial(Route, audience=STATISTICIANS, scope="region", label="L2", audit="read")
_release = partial(
    Route, audience=RELEASERS, scope="region", label="L2", audit="write", rate="submit", methods=("POST",)
)
_plan_read = partial(Route, audience=PLANNING, scope="region", label="L2", audit="read")
_plan_write = partial(Route, scope="region", label="L2", audit="write", rate="submit", methods=("POST",))
_county_write = partial(Route, scope="county", label="L2", audit="write", rate="submit", methods=("POST",))

_alert_read = partial(Route, audience=MONITORS, scope="region", label="L3", audit="read")

ROUTES: tuple[Route, ...] = (
    Route(path="work/", view=f"{_VIEWS}.desk.desk", name="workbench.desk", audience=STAFF, title="工作台"),
    _read(path="work/inbox/", view=f"{_VIEWS}.inbox.inbox", name="workbench.inbox", title="待办"),
    _read(path="work/due/", view=f"{_VIEWS}.inbox.due", name="workbench.due", title="期限"),
    _read(path="work/follow-ups/", view=f"{_VIEWS}.inbox.follow_ups", name="workbench.follow_ups", title="跟进"),
    _write(
        path="work/bulk/<str:verb>",
        view=f"{_VIEWS}.bulk.bulk",
        name="workbench.bulk",
        title="批量办理",
        methods=("GET", "POST"),
    ),
    _read(path="work/find/", view=f"{_VIEWS}.inbox.find", name="workbench.find", title="找件", rate="search"),
    _read(path="work/cases/<uuid:case_id>/", view=f"{_VIEWS}.cases.case", name="workbench.case", title="办件"),
    _write(
        path="work/cases/<uuid:case_id>/do/<str:verb>", view=f"{_VIEWS}.cases.act", name="workbench.act", title="办理"
    ),
    _read(
        path="work/packages/<uuid:bundle_id>/",
        view=f"{_VIEWS}.cases.package",
        name="workbench.package",
        title="一件事办件",
    ),
    _read(
        path="work/documents/<uuid:document_id>",
        view=f"{_VIEWS}.cases.document",
        name="workbench.document",
        title="文书",
    ),
    _read(
        path="work/materials/<uuid:file_id>", view=f"{_VIEWS}.cases.material", name="workbench.material", title="材料"
    ),
    _read(path="work/people/", view=f"{_VIEWS}.people.search", name="workbench.people", title="找人", rate="search"),
    _write(
        path="work/people/purpose",
        view=f"{_VIEWS}.people.choose_purpose",
        name="workbench.purpose",
        title="选择查看用途",
    ),
    _read(path="work/people/<uuid:person_id>/", view=f"{_VIEWS}.people.person", name="workbench.person", title="人员"),
    _read(
        path="work/people/<uuid:person_id>/reveal/<str:what>",
        view=f"{_VIEWS}.people.reveal",
        name="workbench.reveal",
        title="查看完整号码",
        label="L4",
        rate="submit",
        methods=("POST",),
    ),
    _grant_read(path="work/posts/", view=f"{_VIEWS}.posts.ledger", name="workbench.posts", title="岗位权限台账"),
    _grant_write(
        path="work/posts/apply",
        view=f"{_VIEWS}.posts.apply",
        name="workbench.post_apply",
        title="申请岗位",
        methods=("GET", "POST"),
    ),
    _grant_write(
        path="work/posts/<uuid:post_id>/",
        view=f"{_VIEWS}.posts.post",
        name="workbench.post",
        title="岗位",
        methods=("GET", "POST"),
    ),
    _grant_write(
        path="work/grants/<uuid:grant_id>/<str:verb>",
        view=f"{_VIEWS}.posts.move",
        name="workbench.grant",
        title="办理岗位授予",
    ),
    Route(
        path="work/accounts/",
        view=f"{_VIEWS}.accounts.accounts",
        name="workbench.accounts",
        title="工作人员账号",
        audience=ACCOUNT_KEEPERS,
        label="L2",
        audit="read",
        rate="search",
    ),
    Route(
        path="work/accounts/new",
        view=f"{_VIEWS}.accounts.new",
        name="workbench.new_account",
        title="开工作人员账号",
        audience=ACCOUNT_MAKERS,
        label="L3",
        audit="write",
        rate="submit",
        methods=("GET", "POST"),
    ),
    Route(
        path="work/accounts/<uuid:account_id>/",
        view=f"{_VIEWS}.accounts.account",
        name="workbench.account",
        title="账号",
        audience=ACCOUNT_KEEPERS,
        label="L2",
        audit="write",
        rate="submit",
        methods=("GET", "POST"),
    ),
    Route(
        path="work/log/",
        view=f"{_VIEWS}.operations.events",
        name="workbench.log",
        title="审计日志",
        audience=WATCHERS,
        scope="region",
        label="L3",
        audit="write",
        rate="search",
    ),
    Route(
        path="work/ops/",
        view=f"{_VIEWS}.operations.board",
        name="workbench.ops",
        title="运行情况",
        audience=OPERATORS,
        label="L2",
    ),
    Route(
        path="work/ops/jobs/<int:job_id>/<str:verb>",
        view=f"{_VIEWS}.operations.job",
        name="workbench.job",
        title="处理停住的任务",
        audience=OPERATORS,
        label="L2",
        audit="write",
        rate="submit",
        methods=("POST",),
    ),
    Route(
        path="work/ops/deliveries/<uuid:delivery_id>",
        view=f"{_VIEWS}.operations.delivery",
        name="workbench.delivery",
        title="再送停住的消息",
        audience=OPERATORS,
        label="L2",
        audit="write",
        rate="submit",
        methods=("POST",),
    ),
    Route(
        path="work/parameters/",
        view=f"{_VIEWS}.parameters.parameters",
        name="workbench.parameters",
        title="参数变动",
        audience=staff_audience(Function.DATA, Function.LEADER, Function.INSPECTOR, Function.AUDIT_ADMIN),
        scope="county",
        label="L2",
    ),
    _county_write(
        path="work/parameters/propose",
        view=f"{_VIEWS}.parameters.propose",
        name="workbench.parameter_propose",
        title="提出参数变动",
        audience=staff_audience(Function.DATA),
    ),
    _county_write(
        path="work/parameters/<uuid:change_id>/decide",
        view=f"{_VIEWS}.parameters.decide",
        name="workbench.parameter_decide",
        title="审批参数变动",
        audience=staff_audience(Function.LEADER, Function.INSPECTOR),
    ),
    _county_write(
        path="work/map/",
        view=f"{_VIEWS}.county_map.county_map",
        name="workbench.map",
        title="地图",
        audience=staff_audience(Function.DATA),
        label="L1",
        methods=("GET", "POST"),
    ),
    _count_read(
        path="work/indicators/", view=f"{_VIEWS}.indicators.catalogue", name="workbench.indicators", title="规划指标"
    ),
    _count_read(path="work/quality/", view=f"{_VIEWS}.indicators.quality", name="workbench.quality", title="问题数据"),
    _count_read(
        path="work/indicators/<str:code>/",
        view=f"{_VIEWS}.indicators.indicator",
        name="workbench.indicator",
        title="指标",
    ),
    _count_read(
        path="work/indicators/<str:code>/rows",
        view=f"{_VIEWS}.indicators.rows",
        name="workbench.indicator_rows",
        title="指标明细",
        label="L3",
        audit="write",
        rate="search",
    ),
    _release(
        path="work/indicators/<str:code>/take",
        view=f"{_VIEWS}.indicators.measure_now",
        name="workbench.measure_now",
        title="现在取数",
        audience=TAKERS,
    ),
    _count_read(
        path="work/statements/",
        view=f"{_VIEWS}.statements.statements",
        name="workbench.statements",
        title="统计数据会审",
    ),
    _count_read(
        path="work/statements/<uuid:statement_id>/",
        view=f"{_VIEWS}.statements.statement",
        name="workbench.statement",
        title="会审",
    ),
    _release(
        path="work/statements/<uuid:statement_id>/<str:verb>",
        view=f"{_VIEWS}.statements.move",
        name="workbench.statement_move",
        title="会审办理",
    ),
    _release(
        path="work/takings/<uuid:taking_id>/statement",
        view=f"{_VIEWS}.statements.put_up",
        name="workbench.put_up",
        title="提交会审",
        audience=TAKERS,
    ),
    _alert_read(path="work/alerts/", view=f"{_VIEWS}.alerts.alerts", name="workbench.alerts", title="预警"),
    _alert_read(
        path="work/alerts/<uuid:alert_id>/", view=f"{_VIEWS}.alerts.alert", name="workbench.alert", title="预警"
    ),
    _alert_read(
        path="work/alerts/<uuid:alert_id>/rows",
        view=f"{_VIEWS}.alerts.rows",
        name="workbench.alert_rows",
        title="预警明细",
        audit="write",
        rate="search",
    ),
    _alert_read(
        path="work/alerts/<uuid:alert_id>/replay",
        view=f"{_VIEWS}.alerts.replay",
        name="workbench.alert_replay",
        title="预警重算",
        rate="search",
    ),
    _alert_read(
        path="work/alerts/<uuid:alert_id>/handle",
        view=f"{_VIEWS}.alerts.handle",
        name="workbench.alert_handle",
        title="处置预警",
        audit="write",
        rate="submit",
        methods=("POST",),
    ),
    _alert_read(
        path="work/sample/", view=f"{_VIEWS}.sample.sample", name="workbench.sample", title="失业监测样本", label="L2"
    ),
    _alert_read(
        path="work/sample/join",
        view=f"{_VIEWS}.sample.join",
        name="workbench.sample_join",
        title="样本进企业",
        label="L2",
        audit="write",
        rate="submit",
        methods=("POST",),
    ),
    _alert_read(
        path="work/sample/<uuid:organisation_id>/",
        view=f"{_VIEWS}.sample.firm",
        name="workbench.sample_firm",
        title="样本企业",
        label="L2",
    ),
    _alert_read(
        path="work/sample/<uuid:organisation_id>/leave",
        view=f"{_VIEWS}.sample.leave",
        name="workbench.sample_leave",
        title="样本退企业",
        label="L2",
        audit="write",
        rate="submit",
        methods=("POST",),
    ),
    *FUND_ROUTES,
    *DEBT_ROUTES,
    _plan_read(path="work/plan/", view=f"{_VIEWS}.plan.plan", name="workbench.plan", title="年度任务"),
    _county_write(
        path="work/plan/draft",
        view=f"{_VIEWS}.plan.draft",
        name="workbench.plan_draft",
        title="拟定年度任务",
        audience=PLANNERS,
    ),
    _county_write(
        path="work/plan/issue",
        view=f"{_VIEWS}.plan.issue_all",
        name="workbench.plan_issue",
        title="下达年度任务",
        audience=ISSUERS,
    ),
    _plan_read(path="work/plan/tasks/<uuid:task_id>/", view=f"{_VIEWS}.plan.task", name="workbench.task", title="任务"),
    _county_write(
        path="work/plan/tasks/<uuid:task_id>/split",
        view=f"{_VIEWS}.plan.task_split",
        name="workbench.task_split",
        title="分解任务",
        audience=PLANNERS,
        methods=("GET", "POST"),
    ),
    _county_write(
        path="work/plan/tasks/<uuid:task_id>/back",
        view=f"{_VIEWS}.plan.take_task_back",
        name="workbench.task_back",
        title="收回任务",
        audience=ISSUERS,
    ),
    _plan_write(
        path="work/plan/shares/<uuid:share_id>/report",
        view=f"{_VIEWS}.plan.share_report",
        name="workbench.share_report",
        title="填报进度",
        audience=REPORTERS,
        methods=("GET", "POST"),
    ),
    _plan_read(
        path="work/plan/reports/<uuid:report_id>/",
        view=f"{_VIEWS}.plan.progress",
        name="workbench.progress",
        title="进度填报",
    ),
    _plan_write(
        path="work/plan/reports/<uuid:report_id>/<str:verb>",
        view=f"{_VIEWS}.plan.progress_review",
        name="workbench.progress_review",
        title="复核进度",
        audience=CONFIRMERS,
    ),
    _plan_read(
        path="work/plan/files/<uuid:file_id>",
        view=f"{_VIEWS}.plan.plan_file",
        name="workbench.plan_file",
        title="佐证材料",
        audit="write",
    ),
    _plan_read(
        path="work/projects/", view=f"{_VIEWS}.undertakings.projects", name="workbench.projects", title="规划项目"
    ),
    _county_write(
        path="work/projects/open",
        view=f"{_VIEWS}.undertakings.open_all",
        name="workbench.projects_open",
        title="建立项目",
        audience=PLANNERS,
    ),
    _plan_read(
        path="work/projects/<uuid:project_id>/",
        view=f"{_VIEWS}.undertakings.project",
        name="workbench.project",
        title="项目",
    ),
    _plan_write(
        path="work/projects/<uuid:project_id>/<str:verb>",
        view=f"{_VIEWS}.undertakings.act",
        name="workbench.project_act",
        title="办理项目",
        audience=BUILDERS,
    ),
    _plan_read(
        path="work/evaluations/",
        view=f"{_VIEWS}.evaluations.evaluations",
        name="workbench.evaluations",
        title="评估报告",
    ),
    _county_write(
        path="work/evaluations/make",
        view=f"{_VIEWS}.evaluations.make",
        name="workbench.evaluation_make",
        title="生成评估报告",
        audience=PLANNERS,
    ),
    _plan_read(
        path="work/evaluations/<uuid:evaluation_id>/",
        view=f"{_VIEWS}.evaluations.evaluation",
        name="workbench.evaluation",
        title="评估报告",
    ),
    _county_write(
        path="work/evaluations/<uuid:evaluation_id>/<str:verb>",
        view=f"{_VIEWS}.evaluations.evaluation_move",
        name="workbench.evaluation_move",
        title="办理评估报告",
        audience=RELEASERS,
    ),
    _plan_read(
        path="work/evaluations/<uuid:evaluation_id>/file/<str:form>",
        view=f"{_VIEWS}.evaluations.evaluation_file",
        name="workbench.evaluation_file",
        title="评估报告文件",
        audit="write",
    ),
    _plan_read(path="work/budget/", view=f"{_VIEWS}.budget.budget", name="workbench.budget", title="预算执行"),
    _county_write(
        path="work/budget/enter",
        view=f"{_VIEWS}.budget.enter",
        name="workbench.budget_enter",
        title="录入预算",
        audience=BUDGETERS,
    ),
    _county_write(
        path="work/budget/<uuid:line_id>/confirm",
        view=f"{_VIEWS}.budget.confirm",
        name="workbench.budget_confirm",
        title="确认预算",
        audience=BUDGET_CONFIRMERS,
    ),
)

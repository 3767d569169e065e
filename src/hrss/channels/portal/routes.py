"""Routes of the portal."""

from __future__ import annotations

from functools import partial

from hrss.foundation.access.routes import Route

ANYONE = frozenset({"anyone"})
PEOPLE = frozenset({"public"})
_VIEWS = "hrss.channels.portal.views"

_open = partial(Route, audience=ANYONE)
_read = partial(Route, audience=PEOPLE, scope="own", label="L3", audit="read")
_write = partial(Route, audience=PEOPLE, scope="own", label="L3", audit="write", rate="submit", methods=("POST",))
_form = partial(Route, audience=PEOPLE, scope="own", label="L3", audit="write", rate="submit", methods=("GET", "POST"))

ROUTES: tuple[Route, ...] = (
    _open(path="", view=f"{_VIEWS}.home.home", name="portal.home", title="首页"),
    _open(path="search/", view=f"{_VIEWS}.home.search", name="portal.search", title="搜索", rate="search"),
    _open(path="life/<str:name>/", view=f"{_VIEWS}.home.life_event", name="portal.life_event", title="人生大事"),
    _open(path="items/", view=f"{_VIEWS}.home.catalogue", name="portal.catalogue", title="全部事项"),
    _open(path="items/<str:code>/", view=f"{_VIEWS}.home.item", name="portal.item", title="办事指南"),
    _open(path="packages/", view=f"{_VIEWS}.packages.package_list", name="portal.packages", title="一件事打包办"),
    _open(path="packages/<str:code>/", view=f"{_VIEWS}.packages.package", name="portal.package", title="一件事"),
    _open(path="calculators/", view=f"{_VIEWS}.calculators.calculators", name="portal.calculators", title="政策计算器"),
    _open(
        path="calculators/<str:slug>/",
        view=f"{_VIEWS}.calculators.calculator",
        name="portal.calculator",
        title="政策计算器",
        rate="search",
    ),
    _open(path="parameters/", view=f"{_VIEWS}.calculators.parameters", name="portal.parameters", title="政策参数"),
    _open(path="verify/", view=f"{_VIEWS}.open_pages.verify", name="portal.verify", title="验证文书", rate="search"),
    _open(
        path="verify/<str:code>",
        view=f"{_VIEWS}.open_pages.verify",
        name="portal.verify_code",
        title="验证文书",
        rate="search",
    ),
    _open(path="about/", view=f"{_VIEWS}.open_pages.about", name="portal.about", title="隐私和无障碍"),
    _open(path="healthz", view=f"{_VIEWS}.open_pages.healthz", name="portal.healthz", title="健康检查"),
    _open(
        path="demo/accounts", view=f"{_VIEWS}.open_pages.demo_accounts", name="portal.demo_accounts", title="演示账号"
    ),
    _open(
        path="demo/messages", view=f"{_VIEWS}.open_pages.demo_messages", name="portal.demo_messages", title="演示短信"
    ),
    _open(
        path="login/",
        view=f"{_VIEWS}.signing_in.sign_in",
        name="portal.login",
        title="登录",
        rate="login",
        audit="write",
        methods=("GET", "POST"),
    ),
    _open(
        path="login/code/",
        view=f"{_VIEWS}.signing_in.enter_code",
        name="portal.code",
        title="输入验证码",
        rate="login",
        audit="write",
        methods=("GET", "POST"),
    ),
    _open(
        path="join/",
        view=f"{_VIEWS}.signing_in.open_account",
        name="portal.open_account",
        title="开通账号",
        rate="login",
        audit="write",
        methods=("GET", "POST"),
    ),
    _open(path="logout/", view=f"{_VIEWS}.signing_in.sign_out", name="portal.logout", title="退出", methods=("POST",)),
    _form(path="items/<str:code>/start/", view=f"{_VIEWS}.starting.start", name="portal.start", title="开始办理"),
    _form(
        path="packages/<str:code>/apply/",
        view=f"{_VIEWS}.packages.apply",
        name="portal.package_apply",
        title="一件事填写",
    ),
    _form(path="drafts/<uuid:draft_id>/<int:step>/", view=f"{_VIEWS}.drafts.fill", name="portal.draft", title="填写"),
    _form(path="drafts/<uuid:draft_id>/proofs/", view=f"{_VIEWS}.proofs.choose", name="portal.proofs", title="材料"),
    _form(path="drafts/<uuid:draft_id>/table/", view=f"{_VIEWS}.firm.table", name="portal.table", title="上传花名册"),
    _write(
        path="drafts/<uuid:draft_id>/discard/", view=f"{_VIEWS}.drafts.discard", name="portal.discard", title="删除草稿"
    ),
    _read(
        path="drafts/<uuid:draft_id>/table/blank.xlsx",
        view=f"{_VIEWS}.firm.blank",
        name="portal.blank_table",
        title="空白表格",
    ),
    _form(path="drafts/<uuid:draft_id>/check/", view=f"{_VIEWS}.drafts.check", name="portal.check", title="核对提交"),
    _read(
        path="my/cases/<uuid:case_id>/receipt/", view=f"{_VIEWS}.drafts.receipt", name="portal.receipt", title="回执"
    ),
    _read(
        path="my/packages/<uuid:bundle_id>/", view=f"{_VIEWS}.packages.bundle", name="portal.bundle", title="一件事进度"
    ),
    _read(path="my/cases/", view=f"{_VIEWS}.my.cases", name="portal.cases", title="我的办件"),
    _read(path="my/cases/<uuid:case_id>/", view=f"{_VIEWS}.my.case", name="portal.case", title="办件进度"),
    _form(path="my/cases/<uuid:case_id>/correct/", view=f"{_VIEWS}.my.correct", name="portal.correct", title="补正"),
    _write(
        path="my/cases/<uuid:case_id>/withdraw/", view=f"{_VIEWS}.my.withdraw", name="portal.withdraw", title="撤回"
    ),
    _form(
        path="my/cases/<uuid:case_id>/supply/",
        view=f"{_VIEWS}.supplying.supply",
        name="portal.supply",
        title="补交材料",
    ),
    _write(path="my/cases/<uuid:case_id>/rate/", view=f"{_VIEWS}.my.rate", name="portal.rate", title="评价"),
    _read(
        path="my/documents/<uuid:document_id>", view=f"{_VIEWS}.my.document", name="portal.document", title="下载文书"
    ),
    _read(path="my/", view=f"{_VIEWS}.me.record", name="portal.record", title="我的信息", label="L3"),
    _read(path="my/insurance/", view=f"{_VIEWS}.insurance.home", name="portal.insurance", title="我的社保"),
    _form(path="my/insurance/pay/", view=f"{_VIEWS}.insurance.pay", name="portal.insurance_pay", title="缴养老保险费"),
    _form(
        path="my/insurance/bills/<uuid:bill_id>/<int:grade>/",
        view=f"{_VIEWS}.insurance.bill",
        name="portal.insurance_bill",
        title="确认缴费",
    ),
    _read(
        path="my/insurance/awards/<uuid:award_id>/",
        view=f"{_VIEWS}.insurance.award",
        name="portal.insurance_award",
        title="待遇怎么算的",
    ),
    _read(
        path="my/insurance/payments/<int:payment_id>/",
        view=f"{_VIEWS}.insurance.payment",
        name="portal.insurance_payment",
        title="这笔钱怎么算的",
    ),
    _read(path="my/debts/", view=f"{_VIEWS}.debts.debts", name="portal.debts", title="要退的钱"),
    _form(path="my/debts/<uuid:debt_id>/", view=f"{_VIEWS}.debts.debt", name="portal.debt", title="要退的钱"),
    _form(
        path="my/debts/<uuid:debt_id>/bills/<uuid:bill_id>/",
        view=f"{_VIEWS}.debts.bill",
        name="portal.debt_bill",
        title="确认退回",
    ),
    _read(
        path="my/debts/<uuid:debt_id>/decision.pdf",
        view=f"{_VIEWS}.debts.decision",
        name="portal.debt_decision",
        title="追回决定书",
    ),
    _read(path="my/viewers/", view=f"{_VIEWS}.me.viewers", name="portal.viewers", title="谁看过我的信息"),
    _read(path="my/messages/", view=f"{_VIEWS}.me.inbox", name="portal.messages", title="消息"),
    _read(
        path="my/delegations/",
        view=f"{_VIEWS}.delegations.delegations",
        name="portal.delegations",
        title="帮家人或单位办",
    ),
    _write(path="my/delegations/new", view=f"{_VIEWS}.delegations.delegate", name="portal.delegate", title="委托他人"),
    _write(
        path="my/delegations/<uuid:delegation_id>/<str:verb>",
        view=f"{_VIEWS}.delegations.change_delegation",
        name="portal.change_delegation",
        title="接受或撤销委托",
    ),
    _form(path="my/tokens/", view=f"{_VIEWS}.tokens.tokens", name="portal.tokens", title="接口令牌"),
    _write(
        path="my/tokens/<uuid:token_id>/revoke",
        view=f"{_VIEWS}.tokens.revoke",
        name="portal.revoke_token",
        title="吊销令牌",
    ),
    _write(path="my/act-for", view=f"{_VIEWS}.delegations.act_for", name="portal.act_for", title="切换办理身份"),
    _read(path="firm/", view=f"{_VIEWS}.firm.home", name="portal.firm", title="我的单位"),
    _form(path="firm/register/", view=f"{_VIEWS}.firm.register", name="portal.firm_register", title="登记单位"),
    _read(path="firm/reports/", view=f"{_VIEWS}.reports.reports", name="portal.firm_reports", title="用工月报"),
    _form(
        path="firm/reports/<str:month>/", view=f"{_VIEWS}.reports.report", name="portal.firm_report", title="填报月报"
    ),
)

"""Words of the portal that are not in a template: lines, events, what people use most."""

from __future__ import annotations

from dataclasses import dataclass

LINES = {
    "employment": "就业创业",
    "insurance": "社会保险",
    "talent": "人才人事",
    "labour": "劳动关系",
    "card": "社会保障卡",
    "general": "综合服务",
}
TOKEN_SCOPES = {"cases": "查办件、提交申请", "record": "看我的信息、消息和社保", "rules": "试算"}
LINE_ORDER = tuple(LINES)
POPULAR = ("JY010", "JY012", "JY018", "JY003", "JY007", "JY019", "SB004", "SK001")
EVENT_ICONS = {
    "找工作": "briefcase",
    "失业了": "user",
    "招工": "users",
    "退休": "calendar",
    "创业": "building",
    "讨薪": "coin",
    "亲人过世": "heart-handshake",
    "毕业了": "school",
    "受工伤了": "shield-check",
    "社保卡": "id",
    "老人要办事": "users",
}
NEXT_STEPS = (
    "工作人员收到后会先受理；缺什么会一次告诉您。",
    "办好后有消息通知您，结果可以在“我的办件”里下载。",
    "办完后请给这次服务打个分。",
)
ASPECTS = ("办得快", "说得清", "态度好", "少跑腿")
WORK_STATUS = {
    "employed": "在上班",
    "unemployed": "登记失业",
    "seeking": "在找工作",
    "inactive": "没有就业记录",
    "deceased": "已去世",
}
DELEGATION_STATES = {"offered": "等待接受", "active": "有效", "ended": "已到期", "revoked": "已撤销"}
DONE = "已办好"
NOT_GRANTED = "没有通过"
GRANTED = "已经办好了，结果在下面，可以下载、打印。"
GRANTED_PLAIN = "已经办好了。"
REFUSED = "这次没有通过，原因在下面；不同意的，可以按下面写的办法申请复议。"
PLEASE_RATE = "请给这次服务打个分。"
STILL_OWED = "您还有材料没有补交，请在期限内补上。"
STATE_WORDS = {
    "submitted": "已经收到，正在等工作人员受理。缺什么会一次告诉您。",
    "correcting": "还缺一些内容，请您按下面的要求补正；补好后接着办。",
    "accepted": "已经受理，工作人员正在办理。",
    "reviewing": "已经办理，正在等另一位工作人员复核。",
    "auditing": "正在稽核。",
    "meeting": "正在会审。",
    "approving": "正在等领导审批。",
    "executing": "已经批准，正在执行。",
    "suspended": "暂时中止，原因消除后接着办，中止的时间不算在期限里。",
    "rejected": "没有受理，原因在下面。",
    "withdrawn": "您已经撤回。需要时可以重新申请。",
    "terminated": "已经终止，原因在办理经过里。",
    "transferred": "已经转到别的单位办理，请看办理经过。",
}


@dataclass(frozen=True, slots=True)
class Calculator:
    """A calculator of the portal: address, title, the rule it asks, what it is for."""

    slug: str
    title: str
    rule: str
    text: str


CALCULATORS = (
    Calculator("retirement", "我什么时候退休", "insurance.statutory_retirement", "按渐进式延迟退休算出退休年月"),
    Calculator("early", "能提前几个月退休", "insurance.may_retire_early", "弹性提前退休的最早年月和缴费年限"),
    Calculator("pension", "职工养老金每月多少", "insurance.pension_estimate", "按出生年月、缴费月数和个人账户测算"),
    Calculator("resident-pension", "居民养老金每月多少", "insurance.resident_pension", "基础养老金加个人账户养老金"),
    Calculator("resident-subsidy", "居民养老缴费补多少", "insurance.resident_subsidy", "按缴费档次查补贴"),
    Calculator(
        "unemployment-months", "失业金能领几个月", "insurance.unemployment_months", "按缴费年数和上次没领完的月数"
    ),
    Calculator("unemployment-amount", "失业金每月多少", "insurance.unemployment_standard", "现在的月标准"),
    Calculator("injury", "工伤一次性伤残补助金", "insurance.injury_one_off", "按伤残等级和本人工资"),
    Calculator("injury-allowance", "工伤每月伤残津贴", "insurance.injury_allowance", "一至六级，按本人工资的比例"),
    Calculator(
        "injury-settlement", "工伤离职两项补助", "insurance.injury_termination_settlement", "工伤医疗补助和就业补助"
    ),
    Calculator("severance", "离职经济补偿", "labour.severance_from_service", "按工龄和离职前工资"),
    Calculator("double-wage", "没签合同的二倍工资", "labour.double_wage", "应付未付的另一倍工资"),
    Calculator("overtime", "加班费", "labour.overtime_pay", "平时、休息日、法定节假日"),
    Calculator("leave", "年休假有几天", "labour.annual_leave_days", "按累计工龄"),
    Calculator("hiring", "单位招人补贴", "employment.hiring_subsidy", "招用重点群体的一次性补贴"),
    Calculator("employer-insurance", "单位社保补贴", "employment.employer_insurance_subsidy", "单位为招用对象缴的五险"),
    Calculator("internship", "就业见习补贴", "employment.internship_subsidy", "按见习月数和留用情况"),
    Calculator("flexible", "灵活就业社保补贴", "employment.flexible_insurance_subsidy", "按实际缴费的三分之二"),
    Calculator("job-search", "求职补贴", "employment.job_search_subsidy", "毕业生和外出务工人员"),
    Calculator("transport", "外出务工交通补贴", "employment.transport_subsidy", "有车票据实，没有车票定额"),
    Calculator("startup", "一次性创业补助", "employment.startup_grant", "每人一次"),
    Calculator("loan", "创业担保贷款能贷多少", "employment.loan_limit", "个人、合伙、小微企业的最高额度"),
    Calculator("training", "技能培训补贴", "employment.training_by_level", "按证书等级"),
    Calculator("skill", "技能提升补贴", "insurance.skill_subsidy", "参加失业保险的职工取得证书后申领"),
    Calculator("stability", "单位稳岗返还", "insurance.stability_refund", "按上年缴纳的失业保险费返还"),
)

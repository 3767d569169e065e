"""Words of the portal that are not in a template: lines, events, what people use most."""

from __future__ import annotations

LINES = {
    "employment": "就业创业",
    "insurance": "社会保险",
    "talent": "人才人事",
    "labour": "劳动关系",
    "card": "社会保障卡",
    "general": "综合服务",
}
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
GRANTED = "已经办好了，结果在下面，可以下载、打印。"
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

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

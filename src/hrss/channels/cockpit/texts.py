"""Words of the cockpit for codes of the business: kinds, channels, provinces are said as people say them."""

from __future__ import annotations

from hrss.casework.items.vocabulary import LINES, STATE_NAMES
from hrss.funds.benefits import name_of
from hrss.funds.codes import Fund

KINDS: dict[str, dict[str, str]] = {
    "employment.spells": {
        "employer": "单位就业", "self": "自主创业", "flexible": "灵活就业", "away": "外出务工", "land": "家庭农业",
    },
    "employment.unemployment": {
        "left_unit": "离开单位", "closed_business": "停业", "graduate": "毕业未就业", "land": "征地", "veteran": "退役",
        "released": "刑释解戒", "other": "其他",
    },
    "employment.hardship": {
        "age": "大龄", "disabled": "残疾", "low_income": "低保", "former_poor": "脱贫人口",
        "zero_family": "零就业家庭",
        "landless": "失地", "veteran": "退役军人", "released": "刑释解戒", "overcapacity": "去产能分流",
        "long_unemployed": "长期失业",
    },
    "casework.cases": LINES,
    "casework.channels": {
        "portal": "网上", "counter": "窗口", "village": "村（社区）", "workbench": "经办", "api": "接口", "job": "系统",
    },
    "people.education": {
        "none": "未上过学", "primary": "小学", "junior": "初中", "senior": "高中", "vocational": "中专技校",
        "college": "大专",
        "bachelor": "本科", "master": "硕士", "doctor": "博士", "unknown": "未登记",
    },
}  # fmt: skip
CODES: dict[str, dict[str, str]] = {
    "line": LINES,
    "channel": KINDS["casework.channels"],
    "situation": KINDS["employment.unemployment"],
    "category": KINDS["employment.hardship"],
    "education": KINDS["people.education"],
    "state": STATE_NAMES,
    "decision": {"granted": "准予", "refused": "不予"},
    "sex": {"1": "男", "2": "女"},
    "hukou": {"rural": "农业", "urban": "非农业"},
    "contract_kind": {"fixed": "固定期限", "open": "无固定期限", "task": "以完成任务为期限", "none": "没有签订"},
    "reason": {"hired": "新就业", "retired": "退休", "died": "死亡"},
    "source": {"case": "办件", "agency": "部门共享", "job": "系统推算"},
    "kind": KINDS["employment.spells"]
    | {"hired": "单位招用", "self_employed": "自主创业", "left": "离职", "registered": "失业登记"},
}
EDUCATION_ORDER = (
    "primary", "junior", "senior", "vocational", "college", "bachelor", "master", "doctor",
)  # fmt: skip
HOW_WORDS = {
    "flow": "时期数：当期发生的合计",
    "stock": "时点数：期末在册",
    "people": "去重人数：当期内同一人只计一次",
    "month": "当月的数：月份之间不相加",
    "now": "现在的数：没有历史，换月份不变",
    "today": "今天的数：换月份不变",
}


def kind_words(cube: str, kind: str) -> str:
    """Say a kind of a cube; the code itself where nobody gave it words."""
    words = KINDS.get(cube, {}).get(kind, "")
    return words or _fund_words(kind) or kind or "—"


def _fund_words(kind: str) -> str:
    """Say a fund or a benefit."""
    return next((fund.label for fund in Fund if fund.value == kind), "") or name_of(kind)

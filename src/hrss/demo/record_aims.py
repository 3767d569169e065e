"""What five years of the parts that are not built yet came to: stocks, flows and coverage, with where each is written.

These rows stand in, through the same datasets, until a domain publishes its own. A few aims are missed on purpose: a
county that meets everything shows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Stock:
    """People or things in a register: so many on 2021-01-01, so many on 2025-12-31, growing on at that pace.

    ``pool`` keeps kinds apart that one person may not hold together; an empty pool lets them overlap.
    """

    dataset: str
    kind: str
    at_start: int
    at_end: int
    source: str
    level: str = ""
    pool: str = ""
    ages: tuple[float, float] = (20, 59)
    rural: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """Events of five years, 2021–2025, and after them at the pace of the last year."""

    dataset: str
    kind: str
    total: int
    source: str
    ages: tuple[float, float] = (18, 58)
    share_flagged: float = 0.0
    amount: tuple[int, int] = (0, 0)  # smallest and largest, in fen
    rural: bool = False


_TEXT: Final = "规划第一章第一节"
_ANNEX: Final = "规划附件"

STOCKS: Final = (
    Stock("card.holders", "social_security_card", 1_050_000, 1_068_500, "专栏2：105→107万", ages=(0, 110)),
    Stock("talent.register", "professional", 2_108, 2_590, f"{_TEXT}：高级2108人；专栏2目标0.25万", "senior", "talent"),
    Stock("talent.register", "professional", 7_384, 8_800, f"{_TEXT}：中级7384人", "intermediate", "talent"),
    Stock("talent.register", "professional", 9_545, 10_900, f"{_TEXT}：初级9545人", "junior", "talent"),
    Stock("talent.register", "skilled", 15_000, 36_200, "表1：1.5万；正文目标3.8万，示意未达", "high", "talent"),
    Stock("talent.register", "skilled", 88_300, 84_000, "表1：社会技能人才10.33万，减去高技能", "other", "talent"),
    Stock("talent.register", "other", 29_600, 31_000, "表1：人才总量15.19万，减去以上", "", "talent"),
    Stock(
        "employment.lifted_out", "at_work", 56_000, 60_300, "正文目标5.9万；年均转移5.6万", ages=(18, 63), rural=True
    ),
    Stock("employment.park_jobs", "park", 2_300, 20_600, f"{_ANNEX}：2万人以上"),
)

FLOWS: Final = (
    Flow("employment.trainings", "training", 52_300, "专栏2：5万人次，其中农民工3万", share_flagged=0.602),
    Flow("talent.certificates", "certificate", 43_900, "专栏2：4.3万"),
    Flow("talent.continuing_education", "course", 51_800, "专栏6：每年1万名左右", ages=(23, 59)),
    Flow(
        "employment.loans", "start_up", 5_260, "正文：6亿元以上；户均按“十三五”11.47万", amount=(6_000_000, 17_600_000)
    ),
    Flow("talent.returns", "graduate", 3_640, "专栏7：3500名", ages=(21, 30)),
    Flow("talent.returns", "entrepreneur", 1_030, "专栏7：1000名", ages=(28, 56)),
    Flow("talent.returns", "manager", 2_050, "专栏7：2000名", ages=(27, 56)),
    Flow("talent.returns", "technician", 3_090, "专栏7：3000名", ages=(24, 55)),
    Flow("talent.returns", "migrant", 20_900, "专栏7：20000名", rural=True),
    Flow("talent.returns", "scarce", 262, "专栏7：300名，示意未达", ages=(26, 55)),
    Flow("labour.disputes", "dispute", 2_334, f"{_TEXT}：受理2334件（沿用“十三五”实绩）", share_flagged=0.6145),
    Flow("labour.inspection_cases", "complaint", 207, f"{_TEXT}：受理207件（沿用“十三五”实绩）"),
)

PARKS: Final = (
    ("park_core", "生态工业园", ""),
    *(("park_key", f"{name}返乡入乡创业园", name) for name in ("兴隆", "吐祥", "竹园", "公平", "甲高", "安坪", "鹤峰")),
)
WORKSHOPS: Final = (76, 107)  # 52+24 家（规划第一章）→ 100 家以上（附件）
HARMONIOUS: Final = (36, 104)  # 36 个示范点（规划第一章）；五年争创 100 家
FULL_SHARE: Final = {"community": (0.812, 0.874), "village": (0.83, 0.905)}  # 表1 2020 年实绩起
BASES_EACH_YEAR: Final = (1, 2, 1, 2, 1, 1)
SURVEYED: Final = (1_200, 0.051)  # 每季劳动力调查人数、失业率（示意）
# fund, subject, first year's budget in 万元, yearly growth (示意，按规划 2020 年支出 25.14 亿分摊)
BUDGETS: Final = (
    ("resident_pension", "待遇支出", 38_000, 0.055),
    ("employee_pension", "待遇支出", 168_000, 0.06),
    ("institution_pension", "待遇支出", 38_000, 0.05),
    ("unemployment", "待遇支出", 3_300, 0.08),
    ("unemployment", "稳岗返还", 900, -0.04),
    ("work_injury", "待遇支出", 3_000, 0.05),
    ("employment_subsidy", "就业补助", 9_600, 0.03),
)

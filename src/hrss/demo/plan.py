"""What the county must come to: every figure with where it is written, and how near the result must lie.

``plan`` figures are in the plan's text, ``issue`` figures in the task, ``design`` figures are ours because nothing
published was found; those are shown as such in the report and never passed off as facts about the real county.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Aim:
    """One figure to reach: ``value`` at full scale (or a share), ``tolerance`` as a share of it."""

    key: str
    title: str
    value: float
    unit: str
    source: str
    origin: str = "plan"
    tolerance: float = 0.01
    is_share: bool = False
    slack: float = 0.0  # how far off it may lie besides: small counties cannot hit small counts

    def at(self, scale: float) -> float:
        """The figure aimed at for a county of this scale."""
        return self.value if self.is_share else self.value * scale


_BASE = "规划第一章第一节"

AIMS: Final[tuple[Aim, ...]] = (
    Aim("people.alive", "户籍人口", 1_070_000, "人", "专栏2：2025年社会保障卡持卡107万人；户籍人口按此取"),
    Aim("people.away", "外出人口", 300_000, "人", "任务书：约30万人在外", "issue"),
    Aim(
        "people.share_60",
        "60岁及以上占比",
        0.255,
        "",
        "示意：1962年起的大队列已满60岁，渝东北户籍人口约25%",
        "design",
        0.06,
        True,
    ),
    Aim("people.share_65", "65岁及以上占比", 0.175, "", "示意：同上", "design", 0.08, True),
    Aim("people.share_0_14", "0至14岁占比", 0.135, "", "示意：同上", "design", 0.08, True),
    Aim("people.sex_ratio", "性别比（女=1）", 1.06, "", "示意：渝东北户籍人口104至108", "design", 0.03, True),
    Aim("people.deaths_year", "年均死亡人数", 8_600, "人", "示意：死亡率约8‰", "design", 0.15),
    Aim("households.size", "户均人口", 2.95, "人", "示意：户籍口径", "design", 0.06, True),
    Aim("divisions.townships", "乡镇街道", 33, "个", "divisions.csv", "plan", 0.0, True),
    Aim("divisions.villages", "村和社区", 392, "个", "divisions.csv；规划正文写390个", "plan", 0.0, True),
    Aim("work.employed", "社会从业人员", 550_000, "人", f"{_BASE}：稳定在55万人以上"),
    Aim("work.urban", "城镇从业人员", 190_000, "人", f"{_BASE}：19万人以上"),
    Aim("work.transferred", "农村劳动力转移就业", 320_000, "人", f"{_BASE}：年均转移32万人"),
    Aim(
        "work.new_urban",
        "2021—2025年城镇新增就业",
        62_400,
        "人",
        "专栏2：五年累计6万人以上，取略高于目标",
        "plan",
        0.02,
    ),
    Aim("work.reemployed", "2021—2025年登记失业人员就业", 21_713, "人", f"{_BASE}：五年21713人（沿用“十三五”实绩）"),
    Aim(
        "work.hardship_reemployed", "2021—2025年就业困难人员再就业", 12_643, "人", f"{_BASE}：五年12643人", "plan", 0.02
    ),
    Aim("work.registered", "今天的登记失业人员", 4_200, "人", "任务书：约4200人", "issue", 0.02),
    Aim("work.graduates", "2021—2025年登记的离校未就业毕业生", 4_874, "人", f"{_BASE}：累计帮扶4874名", "plan", 0.02),
    Aim(
        "work.zero_families",
        "2021—2025年认定的零就业家庭",
        60,
        "户",
        "示意：规划只写动态清零，没有户数",
        "design",
        0.25,
    ),
    Aim(
        "insured.all_2020",
        "2020年末养老、失业、工伤参保人数",
        690_600,
        "人",
        f"{_BASE}：全县养老、工伤、失业参保人数69.06万人，按人计",
    ),
    Aim(
        "insured.coverage_2020",
        "2020年末城乡居民养老保险参保率",
        0.95,
        "",
        f"{_BASE}、专栏2：稳定在95%；应参保人数没有公布，由参保人数推得",
        "plan",
        0.002,
        True,
    ),
    Aim("insured.unemployment_2020", "2020年末失业保险参保人数", 50_500, "人", "专栏2：2020年5.05万人"),
    Aim("insured.injury_2020", "2020年末工伤保险参保人数", 66_500, "人", "专栏2：2020年6.65万人"),
    Aim(
        "insured.unemployment",
        "今天的失业保险参保人数",
        62_250,
        "人",
        "示意：2025年末60450人（专栏2目标6.02万），按此增速到今天",
        "design",
        0.03,
    ),
    Aim(
        "insured.injury",
        "今天的工伤保险参保人数",
        82_790,
        "人",
        "示意：2025年末80300人（专栏2目标8.09万，未达），按此增速到今天",
        "design",
        0.03,
    ),
    Aim(
        "insured.coverage",
        "今天的城乡居民养老保险参保率",
        0.957,
        "",
        "专栏2：2025年95%以上",
        "plan",
        0.005,
        is_share=True,
    ),
    Aim("insured.months", "职工缴费月数", 20_000_000, "条", "任务书：全县2000万条", "issue", 0.08, slack=15_000),
    Aim(
        "insured.pensioners",
        "领取城乡居民养老金人数",
        210_000,
        "人",
        "示意：没有公布；农村户籍60岁及以上、没有职工养老金的",
        "design",
        0.08,
    ),
    Aim(
        "insured.unemployed",
        "领取失业保险金人数",
        2_000,
        "人",
        "示意：没有公布；登记失业人员中缴费满一年、非本人意愿的",
        "design",
        0.35,
        slack=6,
    ),
    Aim("paid.returned", "一年发放中被银行退回的比例", 0.0008, "", "示意", "design", 0.5, True, 0.004),
    Aim("cases.total", "2021年以来的办件", 110_000, "件", "示意：六个事项的历年办件", "design", 0.3, slack=200),
)

BY_KEY: Final[dict[str, Aim]] = {aim.key: aim for aim in AIMS}


def figure(key: str) -> float:
    """Give the full-scale figure of an aim."""
    return BY_KEY[key].value

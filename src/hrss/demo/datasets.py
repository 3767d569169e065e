"""Stand-ins for datasets of parts that are not built yet, over ``demo_record``, marked ``demo_history``.

When a domain publishes a dataset of the same name, its business rows take the place of these by themselves.
"""

from __future__ import annotations

from typing import Final

from hrss.foundation.datasets import Column, Dataset, Origin, Sensitivity

_ID: Final = Column("id", "uuid", "记录标识")
_REGION: Final = Column("region_code", "code", "所在村（社区）")
_PERSON: Final = Column("person_id", "uuid", "人员标识", Sensitivity.PERSONAL)


def _history(
    name: str, title: str, grain: str, owner: str, columns: dict[str, Column], *, until: str = "", person: bool = True
) -> Dataset:
    """Declare a dataset over the stand-in table; ``columns`` maps what to select to what it is called."""
    who = {"person_id::text": _PERSON} if person else {}
    chosen = {"id::text": _ID, "region_code": _REGION} | who | columns
    listed = ", ".join(f"{select} AS {column.name}" for select, column in chosen.items())
    return Dataset(
        name=name,
        title=title,
        grain=grain,
        sql=f"SELECT {listed} FROM demo_record WHERE dataset = '{name}'",  # noqa: S608 - declared names only
        date_column=columns["started_on"].name,
        until_column=until,
        columns=tuple(chosen.values()),
        freshness="示范数据，装载时一次生成",
        owner=owner,
        origin=Origin.DEMO_HISTORY,
        same=("person_id", *(one.name for one in columns.values() if one.type == "code"), columns["started_on"].name)
        if person
        else (),
        needs_township=person,
    )


def _day(name: str, meaning: str) -> Column:
    return Column(name, "date", meaning)


def _code(name: str, meaning: str) -> Column:
    return Column(name, "code", meaning)


DATASETS: Final = (
    _history(
        "insurance.coverage", "全民参保登记", "一行是一个人在一个险种上应参保的一段时间", "社会保险事务中心",
        {"kind": _code("scheme", "险种"), "started_on": _day("due_since", "应参保起"),
         "ended_on": _day("due_until", "不再应参保起"), "happened_on": _day("insured_on", "参保日期，空为未参保")},
        until="due_until",
    ),
    _history(
        "card.holders", "社会保障卡持卡", "一行是一个人持有一张有效社会保障卡的一段时间", "信息中心",
        {"kind": _code("kind", "卡种"), "started_on": _day("issued_on", "发卡日期"),
         "ended_on": _day("cancelled_on", "注销日期")},
        until="cancelled_on",
    ),
    _history(
        "talent.register", "人才库", "一行是一个人在一类人才中的一段时间", "人才开发股",
        {"kind": _code("category", "类别"), "level": _code("level", "层次"),
         "started_on": _day("since", "入库日期"), "ended_on": _day("until", "出库日期")},
        until="until",
    ),
    _history(
        "talent.certificates", "职业技能等级证书", "一行是一个人取得一本证书", "职业能力建设股",
        {"kind": _code("kind", "种类"), "started_on": _day("issued_on", "发证日期")},
    ),
    _history(
        "talent.continuing_education", "专业技术人员继续教育", "一行是一人参加一次培训", "专业技术人员管理股",
        {"kind": _code("kind", "形式"), "started_on": _day("held_on", "培训日期")},
    ),
    _history(
        "talent.returns", "人才回引", "一行是回引或引育的一个人", "人才开发股",
        {"kind": _code("kind", "类别"), "started_on": _day("returned_on", "回引日期")},
    ),
    _history(
        "employment.trainings", "职业技能培训", "一行是一个人参加一次培训（人次）", "职业能力建设股",
        {"kind": _code("kind", "形式"), "flag": Column("is_migrant", "boolean", "是否农民工"),
         "started_on": _day("trained_on", "结业日期")},
    ),
    _history(
        "employment.loans", "创业担保贷款", "一行是发放的一笔贷款", "就业促进股",
        {"kind": _code("kind", "种类"), "amount": Column("amount_fen", "fen", "金额"),
         "started_on": _day("paid_on", "发放日期")},
    ),
    _history(
        "employment.lifted_out", "脱贫人口稳岗", "一行是一名脱贫人口在岗的一段时间", "就业促进股",
        {"started_on": _day("since", "上岗日期"), "ended_on": _day("until", "离岗日期")}, until="until",
    ),
    _history(
        "employment.park_jobs", "创业园吸纳就业", "一行是一个人在返乡入乡创业园就业的一段时间", "就业促进股",
        {"started_on": _day("since", "上岗日期"), "ended_on": _day("until", "离岗日期")}, until="until",
    ),
    _history(
        "employment.sites", "创业园和帮扶车间", "一行是一个园区或车间的存续期", "就业促进股",
        {"kind": _code("kind", "种类（核心、重点园区，车间）"), "label": Column("title", "text", "名称"),
         "started_on": _day("since", "建成日期"), "ended_on": _day("until", "撤销日期")}, until="until", person=False,
    ),
    _history(
        "employment.training_bases", "家庭服务培训示范基地", "一行是一个推荐的基地", "职业能力建设股",
        {"kind": _code("kind", "种类"), "started_on": _day("recommended_on", "推荐日期")}, person=False,
    ),
    _history(
        "employment.assessments", "充分就业社区（村）评定", "一行是一个社区或村一年的评定结果", "就业促进股",
        {"kind": _code("kind", "种类（社区或村）"), "flag": Column("is_full", "boolean", "是否充分就业"),
         "started_on": _day("assessed_on", "评定日期"), "ended_on": _day("replaced_on", "下次评定日期")},
        until="replaced_on", person=False,
    ),
    _history(
        "employment.survey", "劳动力调查", "一行是一次调查中的一名被访者", "就业促进股",
        {"kind": _code("kind", "范围"), "flag": Column("is_jobless", "boolean", "调查周是否失业"),
         "started_on": _day("surveyed_on", "调查日期")},
    ),
    _history(
        "labour.disputes", "劳动人事争议", "一行是一件仲裁案件，从受理到结案", "调解仲裁股",
        {"kind": _code("kind", "类别"), "started_on": _day("accepted_on", "受理日期"),
         "ended_on": _day("closed_on", "结案日期"), "happened_on": _day("mediated_on", "调解结束日期"),
         "flag": Column("is_settled", "boolean", "调解是否成功")}, until="closed_on",
    ),
    _history(
        "labour.inspection_cases", "劳动保障监察案件", "一行是一件举报投诉案件，从立案到结案", "劳动监察大队",
        {"kind": _code("kind", "类别"), "started_on": _day("filed_on", "立案日期"),
         "ended_on": _day("closed_on", "结案日期")}, until="closed_on",
    ),
    _history(
        "labour.harmonious", "和谐劳动关系企业", "一行是一家创建成功的企业", "劳动关系股",
        {"kind": _code("kind", "种类"), "started_on": _day("named_on", "命名日期")}, person=False,
    ),
    _history(
        "funds.budgets", "基金和资金预算", "一行是一项基金一个科目一年的预算", "基金监督股",
        {"kind": _code("fund", "基金"), "label": Column("subject", "text", "科目"),
         "amount": Column("amount_fen", "fen", "预算"), "started_on": _day("year_from", "年度起始日")}, person=False,
    ),
    _history(
        "funds.spending", "基金和资金支出", "一行是一项基金一个科目一个月的支出", "基金监督股",
        {"kind": _code("fund", "基金"), "label": Column("subject", "text", "科目"),
         "amount": Column("amount_fen", "fen", "支出"), "started_on": _day("spent_on", "支出日期")}, person=False,
    ),
)  # fmt: skip

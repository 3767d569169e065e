"""Statutory limits by matter: what the law gives for a step people ask about, found by its usual name.

The limit itself is a parameter (``general.limit.…``); here are the names. A name that fits nothing, or two matters
equally well, is refused: the officer picks from the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem
from hrss.rules.engine import ParameterValue, default_parameters


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter with a statutory limit: its id, its name, and sets of words that together mean it."""

    id: str
    title: str
    words: tuple[tuple[str, ...], ...]

    @property
    def parameter(self) -> str:
        """Name of the parameter that holds the limit."""
        return f"general.limit.{self.id}"

    def likeness(self, name: str) -> int:
        """How much of a name this matter explains: the length of the longest word set found whole; 0 for none."""
        found = (sum(map(len, words)) for words in self.words if all(word in name for word in words))
        return max(found, default=0)


# id | name | sets of words (words of a set joined by &)
_TABLE = """
insurance_person_registration | 个人社会保险登记 | 个人&社保登记 个人&参保登记
insurance_change | 社会保险变更登记、注销登记 | 变更登记 注销登记 社保&变更 社保&注销 参保&变更
pension_application | 基本养老金申领 | 基本养老金 养老金 养老保险待遇 养老&待遇
injury_reimbursement | 工伤医疗费用手工报销 | 手工&报销 工伤&报销 零星&报销 工伤医疗费 工伤&费用&支付
unemployment_benefit | 失业保险金申领 | 失业保险金 失业金
fund_training_subsidy | 失业保险基金职业培训类补贴申领 | 培训补贴 培训类补贴 技能提升补贴 职业介绍补贴
entitlement_ended | 停止待遇情形告知 | 停止&待遇 停止享受 丧失&待遇 丧失&资格
employer_registration | 用人单位社会保险登记审核 | 单位&社保登记 社保登记&审核
employer_registration_duty | 用人单位成立后申请社会保险登记 | 成立&社保登记 单位申请社保登记
staff_registration_duty | 用人单位为职工申请社会保险登记 | 职工&社保登记 职工&参保登记 单位&职工&社保登记 用工之日
injury_decision | 工伤认定 | 工伤认定
injury_decision_clear | 事实清楚的工伤认定 | 清楚&工伤认定 明确&工伤认定 简易&工伤认定 简单&工伤认定
capacity_assessment | 劳动能力鉴定 | 劳动能力鉴定 劳动能力&鉴定 伤残&鉴定
capacity_again | 劳动能力再次鉴定申请 | 劳动能力&再次鉴定 再次鉴定
injury_employer_application | 单位申请工伤认定 | 单位申请工伤 单位&申请&工伤认定 单位&提出&工伤认定
injury_worker_application | 职工申请工伤认定 | 职工&申请&工伤认定 个人&申请&工伤认定 亲属&申请&工伤认定 劳动者&申请
licence_decision | 行政许可决定 | 行政许可决定 许可决定 行政许可&审批
licence_joint | 行政许可统一办理、联合办理 | 许可&统一办理 许可&联合办理 许可&集中办理 联合办理 统一办理 集中办理
licence_notice | 行政许可补正告知 | 补正 一次&告知 一次性告知
licence_delivery | 许可证件送达 | 许可&送达 证件&送达 许可证&颁发
hr_licence | 人力资源服务许可 | 人力资源服务&许可 人力资源&许可 职业中介&许可
hr_filing | 人力资源服务备案 | 人力资源服务&备案 人力资源&备案
hr_branch_report | 人力资源服务机构设立分支机构、变更报告 | 人力资源&分支机构 人力资源&变更
dispatch_licence | 劳务派遣经营许可 | 劳务派遣&许可
dispatch_collect | 劳务派遣许可证领取通知 | 劳务派遣&领取 劳务派遣&颁发
school_preparation | 民办学校筹设 | 民办&筹设 培训学校&筹设
school_opening | 民办学校正式设立、分立合并、变更 | 民办&正式设立 民办&设立 民办&分立 民办&合并 民办&变更 培训学校&设立
collective_contract | 集体合同异议期 | 集体合同
mass_layoff | 裁减人员提前说明 | 裁减人员 经济性裁员 裁员
mediation | 调解 | 调解
arbitration_accept | 仲裁受理 | 仲裁&受理 仲裁&立案
arbitration_copy | 仲裁申请书副本送达 | 仲裁&副本 申请书副本
arbitration_defence | 被申请人答辩 | 答辩
arbitration_panel | 仲裁庭组成通知 | 仲裁庭&组成 组庭
arbitration_award | 仲裁裁决 | 仲裁&裁决 仲裁&审理 仲裁&结案 仲裁裁决
arbitration_limit | 申请仲裁时效 | 仲裁&时效
arbitration_sue | 不服仲裁裁决起诉 | 裁决&起诉 仲裁&起诉
inspection_accept | 劳动监察投诉受理 | 监察&受理 监察&立案
inspection_investigate | 劳动监察调查 | 监察&调查 监察&办案 监察&办结 监察&检查
inspection_limit | 劳动监察查处时效 | 监察&时效 监察&查处时效
petition_notice | 信访受理告知 | 信访&受理 信访&告知
petition_handling | 信访办理 | 信访&办理 信访&办结 信访
petition_review | 信访复查 | 信访&复查
petition_rereview | 信访复核 | 信访&复核
review_application | 行政复议申请期 | 复议&申请 复议申请期
review_acceptance | 行政复议受理审查 | 复议&受理 复议&受理审查
review_answer | 行政复议被申请人答复 | 复议&答复
review_decision | 行政复议决定 | 复议&决定 复议&审理 复议&办理
review_simplified | 行政复议简易程序决定 | 行政复议&简易 复议&审理&简易 复议&决定&简易
"""


def _read(line: str) -> Matter:
    id, title, words = (cell.strip() for cell in line.split("|"))
    return Matter(id, title, tuple(tuple(one.split("&")) for one in words.split()))


MATTERS: Mapping[str, Matter] = {row.id: row for row in map(_read, _TABLE.strip().splitlines())}


def find_matter(name: str, *, field: str = "item") -> Matter:
    """Give the matter a name means; Problem ``limit.unknown_matter`` or ``limit.ambiguous_matter``."""
    wanted = _plain(name)
    for matter in MATTERS.values():
        if wanted == _plain(matter.title):
            return matter
    ranked = sorted(MATTERS.values(), key=lambda matter: -matter.likeness(wanted))
    best, second = ranked[0], ranked[1]
    if best.likeness(wanted) == 0:
        raise _problem("unknown_matter", f"没有查到“{name}”的法定时限", field=field)
    if best.likeness(wanted) == second.likeness(wanted):
        raise _problem("ambiguous_matter", f"“{name}”可能是{best.title}，也可能是{second.title}", field=field)
    return best


def statutory_limit(name: str, *, on: date, region: str) -> tuple[Limit, ParameterValue]:
    """Give the limit of a matter in force on a day, with the parameter version it comes from."""
    value = default_parameters().parameter(find_matter(name).parameter, on=on, region=region)
    return Limit.parse(str(value.value)), value


def _plain(name: str) -> str:
    """Drop brackets and marks; 社会保险 and 社保 are one word."""
    return re.sub(r"[\s、，,()（）·]", "", unicodedata.normalize("NFKC", name)).replace("社会保险", "社保")


def _problem(kind: str, message: str, *, field: str) -> Problem:
    return Problem(f"limit.{kind}", message, rule="法定时限表", remedy="请从时限表中选择事项", field=field)

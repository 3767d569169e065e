"""Clocks of mediation, arbitration and inspection: what starts them, how long they run, what starts them anew.

Lengths are parameters (``labour.clock.…``); arbitration counts calendar days, inspection working days. The trace of
every due date comes from the kernel. It refuses to guess a length that is not in the parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem
from hrss.kernel.workdays import DueDate, Suspension, WorkCalendar, due_date
from hrss.rules.engine import default_parameters


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its trigger, who must act, what its end means. ``rolls`` False: a rest day changes nothing."""

    id: str
    title: str
    trigger: str
    actor: str
    effect: str
    basis: str
    rolls: bool = True

    @property
    def parameter(self) -> str:
        """Name of the parameter that holds the length."""
        return f"labour.clock.{self.id}"


_NEVER_ROLLS = frozenset({"service_refused", "service_notice", "collective_object"})
# id | title | trigger | actor | effect when it runs out | basis
_TABLE = """
arb_supplement | 一次性告知补正 | 收到不齐的申请 | 仲裁委员会 | 补正后重新起算收案 | 办案规则29、46
arb_accept | 受理审查 | 收到仲裁申请 | 仲裁委员会 | 逾期可以向法院起诉 | 调解仲裁法29
arb_copy | 送达申请书副本 | 受理 | 仲裁委员会 | | 调解仲裁法30
arb_defence | 提交答辩书 | 收到申请书副本 | 被申请人 | 未答辩不影响仲裁 | 调解仲裁法30
arb_defence_copy | 送达答辩书副本 | 收到答辩书 | 仲裁委员会 | | 调解仲裁法30
arb_panel | 通知组庭情况 | 受理 | 仲裁委员会 | | 调解仲裁法32
arb_counterclaim | 反申请审查 | 收到反申请 | 仲裁委员会 | 逾期提出的另案处理 | 办案规则36
arb_hearing_notice | 开庭通知 | 开庭（提前） | 仲裁庭 | | 调解仲裁法35
arb_postpone | 申请延期开庭 | 开庭（提前） | 当事人 | 由仲裁委员会决定 | 调解仲裁法35
arb_award | 作出裁决 | 受理 | 仲裁庭 | 逾期可以向法院起诉 | 调解仲裁法43；办案规则45
arb_sue | 向法院起诉 | 收到裁决书 | 当事人 | 期满裁决书生效 | 调解仲裁法48、50
arb_annul | 申请撤销终局裁决 | 收到终局裁决书 | 用人单位 | 中止执行 | 调解仲裁法49
arb_after_annul | 裁决被撤销后起诉 | 收到裁定书 | 当事人 | | 调解仲裁法49
arb_collective_notice | 集体争议一次性通知 | 受理 | 仲裁委员会 | | 办案规则66
med_organisation | 调解组织调解 | 收到调解申请 | 调解组织 | 期满可以申请仲裁 | 调解仲裁法14
med_review_request | 申请审查调解协议 | 协议生效 | 双方当事人 | | 办案规则74
med_review | 审查调解协议 | 受理审查申请 | 仲裁委员会 | 制作调解书 | 办案规则76
arb_limit | 申请仲裁时效 | 知道或应当知道权利被侵害 | 当事人 | 对方可以抗辩 | 调解仲裁法27
service_refused | 留置或张贴送达 | 留置、张贴之日 | 仲裁委员会 | 视为送达 | 办案规则20
service_notice | 公告送达 | 公告发布 | 仲裁委员会 | 视为送达 | 民事诉讼法95
insp_accept | 监察投诉受理 | 收到投诉 | 监察机构 | | 劳动保障监察条例；若干规定
insp_investigate | 监察调查 | 立案 | 监察机构 | | 劳动保障监察条例17
insp_decide | 监察处理决定 | 调查完成 | 监察机构 | | 若干规定37（未核实）
insp_limit | 监察查处时效 | 违法行为发生或终了 | 监察机构 | 不再查处 | 劳动保障监察条例20
penalty_decide | 行政处罚决定 | 立案 | 行政机关 | | 行政处罚法60
penalty_hearing_ask | 要求听证 | 收到处罚告知 | 当事人 | 视为放弃听证 | 行政处罚法64
penalty_hearing_notice | 听证通知 | 听证（提前） | 行政机关 | | 行政处罚法64
evidence_hold | 登记保存证据的处理 | 登记保存 | 行政机关 | 到期自行解除 | 行政处罚法56
enforce | 申请法院强制执行 | 履行期限届满 | 当事人 | 逾期不再受理 | 民事诉讼法250（未核实）
dispatch_renew | 劳务派遣许可延续申请 | 许可到期（提前） | 派遣单位 | 逾期按新申请 | 派遣许可办法
collective_file | 集体合同报送 | 首席代表签字 | 用人单位 | | 集体合同规定42
collective_object | 集体合同异议期 | 收到文本 | 劳动行政部门 | 未提异议即行生效 | 劳动合同法54
deposit_pay | 银行支付保证金 | 收到支付通知 | 银行 | | 人社部发〔2021〕65号
deposit_refill | 补足保证金 | 保证金被使用 | 总承包单位 | | 人社部发〔2021〕65号
contract_certificate | 转移档案和社会保险关系 | 解除或终止合同 | 用人单位 | | 劳动合同法50
layoff_explain | 裁员提前说明 | 裁减人员（提前） | 用人单位 | | 劳动合同法41
"""


def _read_row(line: str) -> Clock:
    id, title, trigger, actor, effect, basis = (cell.strip() for cell in line.split("|"))
    return Clock(id, title, trigger, actor, effect, basis, rolls=id not in _NEVER_ROLLS)


CLOCKS: Mapping[str, Clock] = {row.id: row for row in map(_read_row, _TABLE.strip().splitlines())}


def clock(id: str) -> Clock:
    """Give a clock by id; Problem ``labour.unknown_clock``."""
    if id not in CLOCKS:
        raise Problem(
            "labour.unknown_clock", f"没有名为“{id}”的时限", remedy="请从时限表中选择", field="clock", status=404
        )
    return CLOCKS[id]


def clock_limit(id: str, *, on: date, region: str) -> Limit:
    """Give the length in force on a day in a region; a gap is a Problem."""
    value = default_parameters().parameter(clock(id).parameter, on=on, region=region)
    return Limit.parse(str(value.value))


def clock_due(
    id: str,
    start: date,
    *,
    calendar: WorkCalendar,
    region: str,
    suspensions: Iterable[Suspension] = (),
    extended: bool = False,
) -> DueDate:
    """Give the last day of a clock started on a day, with its trace."""
    limit = clock_limit(id, on=start, region=region)
    return due_date(start, limit, calendar=calendar, suspensions=suspensions, extended=extended, rolls=clock(id).rolls)


def clock_start(accepted: date, *, restarts: Iterable[date]) -> date:
    """Give the day the award clock runs from: acceptance, or the last event that restarts it (办案规则第四十六条)."""
    return max([accepted, *restarts])

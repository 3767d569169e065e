"""Arbitration and inspection figures, each in the convention it names; two conventions are never mixed.

The closing rate of arbitration counts what was carried in; the rates with out-of-case mediation carry it above and
below the line.
"""

from __future__ import annotations

from hrss.rules.engine import half_up, refuse, rule
from hrss.rules.engine.units import ONE, Count, Rate

FORM = "劳动人事争议处理统计报表制度"


@rule(
    name="labour.closing_rate",
    title="仲裁结案率",
    article=FORM,
    rounding="四舍五入到百万分之一",
)
def closing_rate(carried_in: Count, accepted: Count, closed: Count) -> Rate:
    """本期结案数除以上期未结与本期受理之和。

    carried_in: 上期未结
    accepted: 本期受理
    closed: 本期结案
    at_hand: 可结案件
    """
    at_hand: Count = carried_in + accepted
    if at_hand < 1:
        refuse("上期未结与本期受理之和应大于零")
    if closed > at_hand:
        refuse("结案数多于可结案件数")
    return half_up(closed * ONE, at_hand)


@rule(
    name="labour.open_at_end",
    title="期末未结案件",
    article=FORM,
)
def open_at_end(carried_in: Count, accepted: Count, closed: Count) -> Count:
    """上期未结加本期受理减本期结案。

    carried_in: 上期未结
    accepted: 本期受理
    closed: 本期结案
    """
    if closed > carried_in + accepted:
        refuse("结案数多于可结案件数")
    return carried_in + accepted - closed


@rule(
    name="labour.closing_rate_with_outside",
    title="结案率（含案外调解）",
    article=FORM + "（地方口径）",
    rounding="四舍五入到百万分之一",
)
def closing_rate_with_outside(accepted: Count, closed: Count, outside: Count) -> Rate:
    """结案数与案外调解数之和，除以受理数与案外调解数之和。

    accepted: 本期受理
    closed: 本期结案
    outside: 案外调解
    whole: 受理与案外调解合计
    """
    whole: Count = accepted + outside
    if whole < 1:
        refuse("受理数与案外调解数之和应大于零")
    return half_up((closed + outside) * ONE, whole)


@rule(
    name="labour.mediation_rate_with_outside",
    title="调解率（含案外调解）",
    article=FORM + "（地方口径）",
    rounding="四舍五入到百万分之一",
)
def mediation_rate_with_outside(accepted: Count, mediated: Count, outside: Count) -> Rate:
    """案内调解与案外调解之和，除以受理数与案外调解数之和。

    accepted: 本期受理
    mediated: 案内调解结案
    outside: 案外调解
    whole: 受理与案外调解合计
    """
    whole: Count = accepted + outside
    if whole < 1:
        refuse("受理数与案外调解数之和应大于零")
    return half_up((mediated + outside) * ONE, whole)


@rule(
    name="labour.mediation_success_rate",
    title="调解成功率",
    article="人社部门调解成功率口径（未核实）",
    rounding="四舍五入到百万分之一",
)
def mediation_success_rate(succeeded: Count, concluded: Count) -> Rate:
    """调解成功（含和解后撤回）数除以调解组织和仲裁机构办结数；正式口径未查到。

    succeeded: 调解成功
    concluded: 办结
    """
    if concluded < 1:
        refuse("办结数应大于零")
    return half_up(succeeded * ONE, concluded)


@rule(
    name="labour.final_award_rate",
    title="终局裁决率",
    article="终局裁决率口径（未核实）",
    rounding="四舍五入到百万分之一",
)
def final_award_rate(final_awards: Count, awards: Count) -> Rate:
    """终局裁决数除以裁决数。

    final_awards: 终局裁决
    awards: 裁决
    """
    if awards < 1:
        refuse("裁决数应大于零")
    return half_up(final_awards * ONE, awards)


@rule(
    name="labour.inspection_closing_rate",
    title="监察结案率",
    article="劳动保障监察统计报表",
    rounding="四舍五入到百万分之一",
)
def inspection_closing_rate(filed: Count, closed: Count) -> Rate:
    """结案数除以立案数。

    filed: 立案
    closed: 结案
    """
    if filed < 1:
        refuse("立案数应大于零")
    return half_up(closed * ONE, filed)


@rule(
    name="labour.handling_rate",
    title="争议处理办结率（调解组织与仲裁合计）",
    article=FORM,
    rounding="四舍五入到百万分之一",
)
def handling_rate(handled: Count, closed: Count) -> Rate:
    """调解组织与仲裁机构合计的办结数除以处理数，与仲裁结案率不是同一指标。

    handled: 处理
    closed: 办结
    """
    if handled < 1:
        refuse("处理数应大于零")
    return half_up(closed * ONE, handled)


@rule(
    name="labour.mediation_rate",
    title="调解率（案内口径）",
    article=FORM,
    rounding="四舍五入到百万分之一",
)
def mediation_rate(closed: Count, mediated: Count) -> Rate:
    """以调解方式结案数除以本期结案数，不含案外调解。

    closed: 本期结案
    mediated: 以调解方式结案
    """
    if closed < 1:
        refuse("本期结案数应大于零")
    if mediated > closed:
        refuse("调解结案数多于结案数")
    return half_up(mediated * ONE, closed)


@rule(
    name="labour.final_award_rate_with_mediation",
    title="调解和终局裁决率（地方口径）",
    article="地方裁审工作方案（调解与终局裁决合计，参考）",
    rounding="四舍五入到百万分之一",
)
def final_award_rate_with_mediation(mediated: Count, final_awards: Count, closed: Count) -> Rate:
    """案内调解与终局裁决之和除以结案数；与终局裁决率（终局除以裁决）不是同一指标。

    mediated: 案内调解结案
    final_awards: 终局裁决
    closed: 本期结案
    """
    if closed < 1:
        refuse("本期结案数应大于零")
    if mediated + final_awards > closed:
        refuse("调解与终局裁决之和多于结案数")
    return half_up((mediated + final_awards) * ONE, closed)

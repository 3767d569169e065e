"""What the database refuses about recovery, in sentences."""

from __future__ import annotations

from hrss.funds.signing.signatures import RULE
from hrss.kernel.problem import Problem

ARTICLE = "社会保险经办条例第四十六条"

REFUSALS: dict[str, Problem] = {
    "recovery_measure_one_live": Problem(
        "recovery.one_live",
        "这笔多发待遇还有没办完的措施",
        rule="一笔多发待遇一次只办一项措施",
        remedy="请先把前一项办完或者退回",
        status=409,
    ),
    "recovery_claimed_once": Problem(
        "recovery.claimed_once",
        "这个月份的多发金额已经登记过",
        rule="同一笔发放只追回一次",
        remedy="请查看已登记的多发待遇",
        status=409,
    ),
    "recovery_over": Problem(
        "recovery.over",
        "金额超过尚欠的金额",
        rule="追回不超过多发的金额",
        remedy="请刷新页面，按最新的尚欠金额办理",
        status=409,
    ),
    "recovery_states": Problem(
        "recovery.state",
        "这笔多发待遇不在这一步",
        rule="追回按核实、决定、退回的顺序办理",
        remedy="请刷新页面，看看现在到了哪一步",
        status=409,
    ),
    "recovery_three_persons": Problem(
        "recovery.three_persons",
        "没有经过三个不同的人签名",
        rule=RULE,
        remedy="请由另外的同事办理这一步",
        status=403,
    ),
    "recovery_confirmed": Problem(
        "recovery.unconfirmed",
        "核销还没有由稽核岗位的另一个人确认并附集体会审记录",
        rule="高风险业务由三人办理、稽核确认、集体会审（G3）",
        remedy="请稽核岗位的同事先确认",
        status=409,
    ),
    "recovery_confirmer": Problem(
        "recovery.confirmer",
        "核销要由稽核岗位、没有签过这一项的人确认",
        rule="高风险业务由三人办理、稽核确认、集体会审（G3）",
        remedy="请另一位稽核岗位的同事确认",
        status=403,
    ),
    "recovery_confirmation_pkey": Problem("recovery.confirmed", "已经有人确认过", remedy="请刷新页面", status=409),
    "recovery_fixed": Problem(
        "recovery.fixed",
        "已登记的多发待遇和已签的内容不能改",
        rule="更正用撤销和重新登记，不改原记录",
        remedy="请撤销后重新办理",
        status=409,
    ),
}

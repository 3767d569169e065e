"""What the database refuses about pay runs, in sentences."""

from __future__ import annotations

from hrss.funds.signing.signatures import RULE
from hrss.kernel.problem import Problem

REFUSALS: dict[str, Problem] = {
    "payruns_run_one_live": Problem(
        "payruns.one_live",
        "这组待遇还有没办完的批次",
        rule="同一组待遇一次只办一个批次",
        remedy="请先办完或者作废前一个批次",
        status=409,
    ),
    "payruns_run_ordinal": Problem(
        "payruns.one_live", "另一位同事刚刚开了这个批次", remedy="请刷新页面，查看已开的批次", status=409
    ),
    "payruns_transition": Problem(
        "payruns.transition",
        "批次已经不在这一步",
        rule="批次按规定的步骤办理",
        remedy="请刷新页面，看看批次现在到了哪一步",
        status=409,
    ),
    "payruns_sealed": Problem(
        "payruns.sealed",
        "批次的摘要与明细不符，不能继续",
        rule="F01、F02：三人所签的清单与明细逐笔一致",
        remedy="请作废这个批次并报告稽核",
        status=409,
    ),
    "payruns_signed": Problem("payruns.signed", "这一步还没有签名", rule=RULE, remedy="请先签名", status=409),
    "payruns_three_persons": Problem(
        "payruns.three_persons",
        "批次没有经过三个不同的人签名",
        rule=RULE,
        remedy="请由另外的同事办理这一步",
        status=403,
    ),
    "payruns_confirmed": Problem(
        "payruns.unconfirmed",
        "检查出的事项还没有由稽核岗位确认，或者确认人也签过这个批次",
        rule="F03、F04、F13：超限、跳变和大额由三个岗位以外的人另行确认",
        remedy="请稽核岗位的同事先核实并确认",
        status=409,
    ),
    "payruns_confirmer": Problem(
        "payruns.confirmer",
        "检查事项要由稽核岗位、没有签过这个批次的人确认",
        rule="F03、F04、F13",
        remedy="请另一位稽核岗位的同事确认",
        status=403,
    ),
    "payruns_confirmation_pkey": Problem("payruns.confirmed", "已经有人确认过", remedy="请刷新页面", status=409),
    "payruns_four_equal": Problem(
        "payruns.four_equal",
        "批次、明细、银行文件和账不一致，没有送出",
        rule="F02：批次合计、明细、账和银行文件四者相等",
        remedy="请报告系统管理员和稽核",
        status=409,
    ),
    "payruns_line_states": Problem(
        "payruns.line_states", "批次现在的状态不允许这样改明细", remedy="请刷新页面", status=409
    ),
    "banking_file_same_day": Problem(
        "payruns.duplicate_file",
        "今天已经送过明细完全相同的一批",
        rule="F05：同一天相同批次、相同金额不重复送出",
        remedy="请核对是不是重复开批",
        status=409,
    ),
}

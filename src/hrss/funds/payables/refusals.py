"""What the database refuses about payables, in sentences."""

from __future__ import annotations

from hrss.kernel.problem import Problem

THREE_PERSONS = "社会保险经办条例第三十七条：待遇由经办、复核、审批三个不同的人办理"

REFUSALS: dict[str, Problem] = {
    "payables_three_persons": Problem(
        "payables.three_persons",
        "这项待遇没有经过三个不同的人办理，不能确认",
        rule=THREE_PERSONS,
        remedy="请按事项规定的步骤办完：经办、复核、审批各一人",
        status=403,
    ),
    "payables_not_granted": Problem(
        "payables.not_granted",
        "办件还没有作出准予的决定，或者不是这个人的办件",
        rule="待遇资格来自已准予的办件",
        remedy="请核对办件编号和申请人",
        status=409,
    ),
    "payables_entitlement_no_overlap": Problem(
        "payables.overlap",
        "这个人同一时间已经在领取这项（或者互斥的）待遇",
        rule="B02：同一时间不重复享受同类待遇",
        remedy="请先核对并停发原来的待遇",
        status=409,
    ),
    "payables_entitlement_once_a_case": Problem(
        "payables.granted_already", "这个办件已经确认过这项待遇", remedy="不用再办，请查看待遇资格", status=409
    ),
    "payables_entitlement_fixed": Problem(
        "payables.fixed",
        "待遇资格确认后，只能停发，不能改写",
        rule="更正通过停发和重新办理，不改原记录",
        remedy="请停发后按正确内容重新办理",
        status=409,
    ),
    "payables_paid_months": Problem(
        "payables.paid_months",
        "新的核定依据不能改写已经发放或者正在发放的月份",
        rule="已发放的月份不改写，差额另行补发或者追回",
        remedy="请从没有发放的月份起变更",
        field="from_month",
        status=409,
    ),
    "payables_deduction_one_live": Problem(
        "payables.one_deduction",
        "这项待遇已经在为另一笔欠款抵扣",
        rule="一项待遇一次只抵扣一笔欠款",
        remedy="请等前一笔抵扣完，或者改为直接退回、分期退回",
        status=409,
    ),
    "payables_deduction_over": Problem(
        "payables.deduction_over",
        "抵扣的金额超过约定的上限",
        rule="追回不超过多发的金额",
        remedy="请重新核算这个批次",
        status=409,
    ),
    "payables_batch_once": Problem("payables.batch_once", "这个批次已经写入过", remedy="不用再办", status=409),
    "payables_batch_whole": Problem(
        "payables.batch_whole",
        "写入的行数和三人签过的清单不一致",
        rule="接收批次按签过的清单整批写入",
        remedy="请按签过的清单重新写入",
        status=409,
    ),
}

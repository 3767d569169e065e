"""Open a pay run (开批) for a group and month; a worker then takes the snapshot."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.benefits import groups
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.refusals import REFUSALS
from hrss.funds.payruns.waking import wake_worker
from hrss.kernel.actor import Actor, Function
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payruns.open_run")
def open_run(*, actor: Actor, group: str, month: YearMonth, pay_on: date | None = None) -> Outcome:
    """Open the next run of ``group`` for ``month``; it takes everything due up to that month.

    Problems: ``payruns.no_group``, ``payruns.future``, ``payruns.pay_on``, ``payruns.one_live`` (409).
    """
    require(actor, Function.FINANCE, Function.HANDLER, doing="开发放批次")
    fund = groups().get(group)
    if fund is None:
        raise Problem("payruns.no_group", f"没有“{group}”这组待遇", remedy="请从列表里选择", field="group")
    today = timezone.localdate()
    if month > YearMonth.of(today) + 1:
        raise Problem("payruns.future", "最早只能提前一个月开批", remedy="请核对月份", field="month")
    if pay_on is not None and pay_on < today:
        raise Problem("payruns.pay_on", "发放日不能早于今天", remedy="请核对发放日", field="pay_on")
    before = Run.objects.filter(group=group, month=month.index).aggregate(last=Max("ordinal"))["last"] or 0
    number = f"{group}-{month.year}{month.month:02d}-{before + 1:02d}".upper()
    with told(REFUSALS):
        run = Run.objects.create(
            number=number,
            fund=fund.value,
            group=group,
            month=month.index,
            ordinal=before + 1,
            pay_on=pay_on or today,
            opened_by=actor.name,
        )
    audit.record(actor, "payruns.open_run", subject_kind="pay_run", subject_id=run.id, detail={"number": number})
    wake_worker(run.id)
    return Outcome("pay_run", str(run.id), number)

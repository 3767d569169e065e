"""Take measurements: statistics measured for months and kept for ever, with definition, data cut and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.definitions import Statistic, digest
from hrss.oversight.indicators.models import Figure, Taking
from hrss.oversight.indicators.taking import DIGITS, Measured, measure

_BATCH = 5000


@verb("indicators.take")
def take(
    codes: Sequence[str],
    months: Sequence[YearMonth],
    *,
    actor: Actor,
    reason: Taking.Reason,
    levels: Iterable[str] = tuple(DIGITS),
) -> Outcome:
    """Measure and keep. The outcome's ``data`` maps ``code month`` to the taking. Problem ``indicators.unknown``."""
    wanted = tuple(levels)
    kept: dict[str, str] = {}
    for code in codes:
        statistic = statistic_of(code)
        for month, figures in measure(statistic, months, levels=wanted).items():
            kept[f"{code} {month}"] = str(_keep(statistic, month, figures, actor, reason).id)
    detail = {"statistics": list(codes), "months": [str(month) for month in months], "reason": reason.value}
    audit.record(actor, "indicators.take", subject_kind="taking", subject_id="", detail=detail)
    return Outcome("takings", "", data=kept)


def _keep(
    statistic: Statistic, month: YearMonth, figures: list[Measured], actor: Actor, reason: Taking.Reason
) -> Taking:
    taking = Taking.objects.create(
        statistic=statistic.code,
        month=str(month),
        reason=reason,
        definition_version=statistic.version,
        definition_digest=digest(statistic),
        history=statistic.is_history,
        taken_by=actor.account,
        taken_name=actor.name,
    )
    Figure.objects.bulk_create([_row(taking, one) for one in figures], batch_size=_BATCH)
    return taking


def _row(taking: Taking, one: Measured) -> Figure:
    return Figure(
        taking=taking,
        convention=one.convention,
        region_code=one.region_code,
        numerator=one.counts.numerator,
        denominator=one.counts.denominator,
        parts=one.counts.parts,
        rows=one.rows,
        denominator_rows=one.denominator_rows,
    )

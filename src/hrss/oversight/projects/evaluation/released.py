"""Which figures a report may rest on: the released statement of the month, else the newest taking, so marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.definitions import MAIN
from hrss.oversight.indicators.models import Statement, Taking
from hrss.oversight.indicators.queries import Kept


@dataclass(frozen=True, slots=True)
class Sourced:
    """A county figure and the statement that released it; None where it is not released."""

    kept: Kept
    statement: UUID | None
    released_by: str = ""


def figures(codes: Sequence[str], month: YearMonth) -> dict[str, Sourced]:
    """Give the county figures of a month, main convention; a corrected statement gives way to its correction."""
    rows = Statement.objects.filter(
        statistic__in=codes, month=str(month), state=Statement.State.RELEASED, corrected_by=None
    ).select_related("taking")
    found = {one.statistic: one for one in rows}
    kept = _of_takings([one.taking for one in found.values()])
    sourced = {
        code: Sourced(kept[one.taking_id], one.id, one.released_name)
        for code, one in found.items()
        if one.taking_id in kept
    }
    rest = queries.county_figures([code for code in codes if code not in sourced], month)
    return sourced | {code: Sourced(one, None) for code, one in rest.items()}


def _of_takings(takings: Sequence[Taking]) -> dict[UUID, Kept]:
    return {one.id: kept for one in takings if (kept := queries.figure_of_taking(one, convention=MAIN))}

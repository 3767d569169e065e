"""What happens today: queues and sittings at the windows, cases of the day, what is overdue; read from the tables.

No person is in it: counts by service point only. Call inside ``acting``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

_WINDOWS = """
SELECT place.region_code, coalesce(tickets.waiting, 0), coalesce(tickets.served, 0), coalesce(sittings.now, 0),
       tickets.longest
FROM (SELECT region_code FROM reception_ticket WHERE day = %(day)s
      UNION SELECT region_code FROM reception_sitting WHERE ended_at IS NULL) AS place
LEFT JOIN (SELECT region_code, count(*) FILTER (WHERE state = 'waiting') AS waiting,
                  count(*) FILTER (WHERE state = 'served') AS served,
                  extract(epoch FROM now() - min(taken_at) FILTER (WHERE state = 'waiting'))::int / 60 AS longest
           FROM reception_ticket WHERE day = %(day)s GROUP BY 1) AS tickets USING (region_code)
LEFT JOIN (SELECT region_code, count(*) AS now FROM reception_sitting WHERE ended_at IS NULL GROUP BY 1) AS sittings
          USING (region_code)
WHERE starts_with(place.region_code, %(region)s)
ORDER BY 2 DESC, 4 DESC, 1
"""
_CASES = """
SELECT count(*) FILTER (WHERE (submitted_at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s),
       count(*) FILTER (WHERE (decided_at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s)
FROM casework_case WHERE submitted_at >= %(day)s::date - 400 AND starts_with(region_code, %(region)s)
  AND ((submitted_at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s
       OR (decided_at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s)
"""
_OPEN = """
SELECT count(*), count(*) FILTER (WHERE act_by < %(day)s),
       count(*) FILTER (WHERE act_by >= %(day)s AND warn_on <= %(day)s)
FROM casework_case WHERE decided_at IS NULL AND closed_at IS NULL AND starts_with(region_code, %(region)s)
"""
_LATE = """
SELECT township, line, count(*) FILTER (WHERE act_by < %(day)s) AS late,
       count(*) FILTER (WHERE act_by >= %(day)s AND warn_on <= %(day)s) AS near
FROM casework_case WHERE decided_at IS NULL AND closed_at IS NULL AND starts_with(region_code, %(region)s)
  AND warn_on <= %(day)s
GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 1, 2 LIMIT 60
"""


@dataclass(frozen=True, slots=True)
class WindowPoint:
    """One service point now: waiting, served today, being served; ``longest`` is the longest wait in minutes."""

    region: str
    waiting: int
    served: int
    sitting: int
    longest: int


@dataclass(frozen=True, slots=True)
class CasesNow:
    """Cases of today and those open: submitted, decided today; open, overdue, near their day."""

    submitted: int
    decided: int
    open: int
    late: int
    near: int


@dataclass(frozen=True, slots=True)
class LateGroup:
    """Overdue and nearly due cases of one township and line."""

    township: str
    line: str
    late: int
    near: int


def windows(region: str, day: date) -> tuple[WindowPoint, ...]:
    """Give the service points with anybody today, the longest queue first."""
    rows = _ask(_WINDOWS, region, day)
    return tuple(
        WindowPoint(place, waiting, served, sitting, longest or 0) for place, waiting, served, sitting, longest in rows
    )


def cases(region: str, day: date) -> CasesNow:
    """Give the state of cases of a place today."""
    submitted, decided = _ask(_CASES, region, day)[0]
    return CasesNow(submitted, decided, *_ask(_OPEN, region, day)[0])


def late_groups(region: str, day: date) -> tuple[LateGroup, ...]:
    """Give where cases are overdue or nearly due, most first."""
    return tuple(LateGroup(*row) for row in _ask(_LATE, region, day))


def _ask(statement: str, region: str, day: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"region": region, "day": day})
        return list(cursor.fetchall())

"""Computing paid amounts again from what was stored with them (I9, B13): the same facts and parameter versions.

What differs is kept and stops the fund's money steps until somebody put it right. Lines that were computed alike are
computed once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.utils import timezone

from hrss.foundation.scope import acting
from hrss.funds.payruns.chunks import chunks
from hrss.funds.payruns.models import Difference, Run
from hrss.funds.payruns.states import State
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem
from hrss.rules.catalogue import load_all
from hrss.rules.engine import replay

DAYS = 35
_ROBOT = system_actor("payruns.recompute")
_LINES = """
SELECT id, amount, explanation::text FROM payables_payment
 WHERE run_id = %s AND state IN ('open', 'paid', 'returned') AND id > %s ORDER BY id LIMIT %s
"""


def recompute() -> int:
    """Compute the runs of the last weeks again; gives how many amounts differ."""
    load_all()  # a stored rule is found by its name
    since = timezone.localdate() - timedelta(days=DAYS)
    with acting(_ROBOT):
        runs = Run.objects.filter(pay_on__gte=since).exclude(state__in=[State.OPEN, State.DISCARDED])
        ids = list(runs.order_by("opened_at").values_list("id", flat=True))
    return sum(_recompute_run(run_id) for run_id in ids)


def _recompute_run(run_id: UUID) -> int:
    with acting(_ROBOT):
        rows = list(_differing(run_id))
        Difference.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["payment"], update_fields=["stored", "found"]
        )
    return len(rows)


def _differing(run_id: UUID) -> Iterator[Difference]:
    known: dict[str, int] = {}
    for rows in chunks(_LINES, run_id):
        for line, stored, text in rows:
            found = known.get(text)
            if found is None:
                found = known[text] = _again(orjson.loads(text))
            if found != stored:
                yield Difference(payment_id=line, stored=stored, found=found)


def _again(stored: dict[str, Any]) -> int:
    try:
        return int(replay(stored).amount)
    except (Problem, KeyError, TypeError):
        return -1  # what cannot be computed again differs

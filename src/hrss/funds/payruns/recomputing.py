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
from hrss.funds.benefits import amount_of, benefit_of
from hrss.funds.payables.models import Basis
from hrss.funds.payruns.chunks import chunks
from hrss.funds.payruns.models import Difference, Run
from hrss.funds.payruns.states import State
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem
from hrss.rules.catalogue import load_all
from hrss.rules.engine import replay

DAYS = 35
Fen = tuple[int, int]  # amount and the part of it booked apart
_ROBOT = system_actor("payruns.recompute")
_LINES = """
SELECT id, benefit, amount, part, basis_id, inputs::text FROM payables_payment
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
            rows,
            update_conflicts=True,
            unique_fields=["payment"],
            update_fields=["stored", "found", "stored_part", "found_part"],
        )
    return len(rows)


def _differing(run_id: UUID) -> Iterator[Difference]:
    bases, known = Basis.objects.in_bulk(), dict[tuple[str, int, str], Fen]()
    for rows in chunks(_LINES, run_id):
        for line, benefit, amount, part, basis, text in rows:
            found = known.get((benefit, basis, text))
            if found is None:
                found = known[benefit, basis, text] = _again(benefit, bases[basis].with_facts(orjson.loads(text)))
            if found[0] != amount or part not in (0, found[1]):  # older lines have none
                yield Difference(payment_id=line, stored=amount, found=found[0], stored_part=part, found_part=found[1])


def _again(benefit: str, stored: dict[str, Any]) -> Fen:
    try:
        found = amount_of(replay(stored), benefit_of(benefit).part)
    except (Problem, KeyError, TypeError):
        return -1, 0  # what cannot be computed again differs
    return found.fen, found.part

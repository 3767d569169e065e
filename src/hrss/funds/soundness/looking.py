"""Looking at invariants: run their views, keep what was found, say it in words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.scope import acting
from hrss.funds.soundness.models import Check
from hrss.funds.soundness.registry import Invariant, invariants
from hrss.kernel.actor import system_actor

EXAMPLES = 20
_ROBOT = system_actor("soundness.check")


def look(chosen: Iterable[Invariant] | None = None) -> tuple[Check, ...]:
    """Run the views of ``chosen`` (all) and keep the findings; an event is left for each that is not empty."""
    with acting(_ROBOT):
        return tuple(_look_at(invariant) for invariant in (invariants() if chosen is None else chosen))


def violations(invariant: Invariant, fund: str) -> list[str]:
    """Give, live, what is wrong with a fund by one invariant, at most a few sentences."""
    with acting(_ROBOT), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT problem FROM {invariant.view} WHERE fund IN (%s, '') LIMIT 3",  # noqa: S608 - a checked name
            [fund],
        )
        return [row[0] for row in cursor.fetchall()]


def _look_at(invariant: Invariant) -> Check:
    started = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT fund, subject, problem FROM {invariant.view} LIMIT 10000")  # noqa: S608 - a checked name
        rows = cursor.fetchall()
    check = Check(
        invariant=invariant.code,
        checked_at=timezone.now(),
        found=len(rows),
        funds=dict(Counter(row[0] for row in rows)),
        examples=[{"fund": fund, "subject": subject, "problem": text} for fund, subject, text in rows[:EXAMPLES]],
        milliseconds=int((time.monotonic() - started) * 1000),
    )
    Check.objects.bulk_create(
        [check],
        update_conflicts=True,
        unique_fields=["invariant"],
        update_fields=["checked_at", "found", "funds", "examples", "milliseconds"],
    )
    if rows:
        detail = {"found": check.found, "funds": check.funds, "first": rows[0][2]}
        audit.record(_ROBOT, "funds.unsound", subject_kind="invariant", subject_id=invariant.code, detail=detail)
    return check

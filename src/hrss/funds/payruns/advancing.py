"""Advancing a run: whatever needs no person, one transaction a step, until a person, the bank or a problem stops it.

Safe to run twice and to be killed anywhere: each step looks at the state the last one committed. A problem is written
on the run, so that the clerk who opens it reads why it stands.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection

from hrss.foundation.scope import acting
from hrss.funds.banking.folder import our_side
from hrss.funds.banking.format import read_answer
from hrss.funds.payruns.answering import require_in_time
from hrss.funds.payruns.checkpoints import reached
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.services.apply_answer import apply_answer
from hrss.funds.payruns.services.close_run import close_run
from hrss.funds.payruns.services.file_run import file_run
from hrss.funds.payruns.services.mark_sent import mark_sent
from hrss.funds.payruns.services.snapshot import snapshot
from hrss.funds.payruns.states import ENDED, State
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

ROBOT = system_actor("payruns.worker")
_LOCK = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


def advance(run_id: UUID, *, folder: Path | None = None) -> str:
    """Bring the run as far as it goes; gives the state it stands in, ``busy`` where another worker is at it."""
    place = folder or Path(settings.HRSS_BANK)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"payrun {run_id}"])
        if not cursor.fetchone()[0]:
            return "busy"
    try:
        while _step(run_id, place):
            pass
    except Problem as problem:
        _note(run_id, problem)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(_UNLOCK, [f"payrun {run_id}"])
    return _run(run_id).state


def unfinished() -> list[UUID]:
    """Give the runs that have not ended, oldest first."""
    with acting(ROBOT):
        states = [state.value for state in ENDED]
        return list(Run.objects.exclude(state__in=states).order_by("opened_at").values_list("id", flat=True))


def _step(run_id: UUID, folder: Path) -> bool:
    """Do the next step; tells whether there was one."""
    run = _run(run_id)
    if run.state == State.OPEN:
        snapshot(run_id, actor=ROBOT)
        reached("snapshot.committed", run=run.number)
    elif run.state == State.FILING:
        file_run(run_id, actor=ROBOT)
        reached("file.committed", run=run.number)
    elif run.state == State.FILED:
        mark_sent(run_id, actor=ROBOT, folder=folder)
        reached("send.committed", run=run.number)
    elif run.state == State.SENT:
        return _read_answer(run, folder)
    elif run.state == State.ANSWERED:
        our_side(folder).clear(f"{run.number}.txt")
        close_run(run_id, actor=ROBOT)
        reached("close.committed", run=run.number)
    else:
        return False
    return True


def _read_answer(run: Run, folder: Path) -> bool:
    data = our_side(folder).take(f"{run.number}.txt")
    if data is None:
        require_in_time(run)
        return False
    reached("answer.read", run=run.number)
    apply_answer(run.id, actor=ROBOT, answer=read_answer(data), data=data)
    reached("answer.committed", run=run.number)
    return True


def _run(run_id: UUID) -> Run:
    with acting(ROBOT):
        return Run.objects.get(id=run_id)


def _note(run_id: UUID, problem: Problem) -> None:
    with acting(ROBOT):
        Run.objects.filter(id=run_id).update(problem=str(problem)[:500])

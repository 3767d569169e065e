"""The queue on a real database with a real worker."""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from hrss.foundation.audit.models import Event
from hrss.foundation.audit.sealed import TreeHead
from hrss.foundation.jobs import JOBS, Retry, enqueue, job
from hrss.foundation.jobs.board import board
from hrss.foundation.jobs.models import JobRun
from hrss.foundation.jobs.periodic import PERIODIC, daily, every
from hrss.foundation.jobs.registry import Job
from hrss.foundation.jobs.rescue import rescue_stalled
from hrss.foundation.jobs.running import attempt, describe
from hrss.foundation.jobs.services import give_up_job, retry_job
from hrss.foundation.jobs.worker import catch_up, run_waiting, run_worker
from hrss.foundation.scope import acting, current_actor
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.problem import Problem

Declare = Callable[..., None]
OPERATOR = Actor(
    ActorKind.STAFF, account=uuid4(), name="系统管理员", posts=(PostRef("p", Function.SYSTEM_ADMIN, "*", "500236"),)
)


@pytest.fixture
def declare() -> Iterator[Declare]:
    """Declare jobs for one test."""
    before = dict(JOBS)

    def one(name: str, function: Callable[..., Any], **options: Any) -> None:
        job(name, **options)(function)

    yield one
    JOBS.clear()
    JOBS.update(before)


@contextmanager
def worker(**options: Any) -> Iterator[None]:
    """A worker in a thread of its own, as the command line runs it."""
    stop = threading.Event()
    thread = threading.Thread(target=run_worker, args=(stop,), kwargs=options)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()


def wait_for(what: Callable[[], Any], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not what():
        time.sleep(0.1)


def status(job_id: int | None) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job_id])
        row = cursor.fetchone()
    return str(row[0]) if row else "gone"


def write_event(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (actor_name, actor_kind, post_function, organisation, channel, action, outcome,"
            " purpose, subject_kind, subject_id, region_code, detail, request_id)"
            " VALUES ('', 'system', '', '', '', %s, 'done', '', '', '', '', '{}', '')",
            [what],
        )


def events(what: str) -> int:
    with acting(system_actor("test")):
        return Event.objects.filter(action=what).count()


def test_a_job_runs_as_the_system_of_its_name(real_db: str, declare: Declare) -> None:
    seen: list[Any] = []

    def work(*, person: str, amount: int) -> None:
        actor = current_actor()
        seen.append((actor and actor.name, actor and actor.kind, person, amount))

    declare("test.work", work)
    person = uuid4()
    number = enqueue("test.work", person=person, amount=5)
    run_waiting()
    assert seen == [("test.work", ActorKind.SYSTEM, str(person), 5)]
    assert status(number) == "succeeded"
    assert JobRun.objects.get(job_id=number).state == "done"


def test_a_job_is_rolled_back_with_its_caller(real_db: str, declare: Declare) -> None:
    declare("test.work", lambda: None)
    with pytest.raises(RuntimeError), transaction.atomic():
        number = enqueue("test.work")
        assert status(number) == "todo"
        raise RuntimeError
    assert status(number) == "gone"


def test_once_keeps_a_second_one_away_and_the_transaction_whole(real_db: str, declare: Declare) -> None:
    declare("test.work", lambda: None)
    with acting(system_actor("test")):
        assert enqueue("test.work", once="mark")
        assert enqueue("test.work", once="mark") is None
        write_event("still.works")
    assert events("still.works") == 1
    run_waiting()
    assert enqueue("test.work", once="mark")


def test_an_unknown_job_is_refused(real_db: str) -> None:
    with pytest.raises(KeyError):
        enqueue("test.nobody")


def test_a_job_waits_for_its_time(real_db: str, declare: Declare) -> None:
    declare("test.work", lambda: None)
    number = enqueue("test.work", at=timezone.now() + timedelta(hours=1))
    run_waiting()
    assert status(number) == "todo"
    assert board().planned == 1


def test_a_failing_job_is_tried_again_and_then_parked(real_db: str, declare: Declare) -> None:
    tries: list[int] = []

    def fail() -> None:
        write_event("half.done")
        tries.append(1)
        raise RuntimeError("身份证 999236199001011234 出错")

    declare("test.fail", fail, retry=Retry((0, 0)))
    number = enqueue("test.fail")
    for _ in range(4):
        run_waiting()
    assert len(tries) == 3
    assert status(number) == "failed"
    assert events("half.done") == 0
    (parked,) = board().parked_jobs
    assert (parked.name, parked.attempts) == ("test.fail", 3)
    assert "RuntimeError" in parked.error
    assert "999236" not in parked.error


def test_a_problem_of_the_data_is_parked_at_once(real_db: str, declare: Declare) -> None:
    def refuse() -> None:
        raise Problem("x.refused", "不符合条件")

    declare("test.refuse", refuse)
    number = enqueue("test.refuse")
    run_waiting()
    assert status(number) == "failed"
    assert board().parked_jobs[0].error == "x.refused：不符合条件"


def test_an_operator_tries_a_parked_job_again_or_gives_it_up(real_db: str, declare: Declare) -> None:
    broken = [True]

    def work() -> None:
        if broken:
            raise Problem("x.refused", "不符合条件")

    declare("test.work", work)
    first, second = enqueue("test.work"), enqueue("test.work")
    run_waiting()
    broken.clear()
    assert first
    assert second
    retry_job(first, actor=OPERATOR)
    run_waiting()
    assert status(first) == "succeeded"
    with pytest.raises(Problem, match="原因"):
        give_up_job(second, actor=OPERATOR, reason=" ")
    give_up_job(second, actor=OPERATOR, reason="重复")
    assert status(second) == "cancelled"
    with pytest.raises(Problem, match="没有搁置"):
        retry_job(second, actor=OPERATOR)
    assert (events("jobs.retry"), events("jobs.give_up")) == (1, 1)
    assert not board().parked_jobs


def test_a_job_done_once_is_not_done_again(real_db: str, declare: Declare) -> None:
    """The worker died between the commit and telling the queue: the next run finds the note."""
    declare("test.work", lambda: write_event("effect"))
    assert attempt(JOBS["test.work"], job_id=7, number=1, arguments={})
    assert not attempt(JOBS["test.work"], job_id=7, number=2, arguments={})
    assert events("effect") == 1


def test_a_paused_worker_that_was_overtaken_rolls_back(real_db: str, declare: Declare) -> None:
    paused, go_on = threading.Event(), threading.Event()
    slow = [True]

    def work() -> None:
        write_event("effect")
        if slow:
            slow.clear()
            paused.set()
            go_on.wait(10)

    declare("test.work", work)
    results: list[bool] = []

    def stale() -> None:
        results.append(attempt(JOBS["test.work"], job_id=9, number=1, arguments={}))
        connections.close_all()

    thread = threading.Thread(target=stale)
    thread.start()
    paused.wait(10)
    assert attempt(JOBS["test.work"], job_id=9, number=2, arguments={})
    go_on.set()
    thread.join(10)
    assert results == [False]
    assert events("effect") == 1
    assert sorted(JobRun.objects.values_list("state", flat=True)) == ["done", "lost"]


def test_jobs_of_a_dead_worker_are_rescued_and_killers_parked(real_db: str, declare: Declare) -> None:
    declare("test.work", lambda: None)
    number = enqueue("test.work")
    with connection.cursor() as cursor:
        for _ in range(Retry().attempts):
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")
            assert cursor.rowcount == 1
            with acting(system_actor("test")):
                assert rescue_stalled() == 1
    assert status(number) == "failed"


def test_a_living_worker_keeps_its_job(real_db: str, declare: Declare) -> None:
    declare("test.work", lambda: None)
    enqueue("test.work")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
        with acting(system_actor("test")):
            assert rescue_stalled() == 0
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
        with acting(system_actor("test")):
            assert rescue_stalled() == 1


def test_a_worker_seals_the_log_and_stops_when_told(
    real_db: str, declare: Declare, tmp_path: Any, settings: Any
) -> None:
    settings.HRSS_KEYS = tmp_path / "keys"
    declare("test.work", lambda: write_event("effect"))
    with worker(polling_seconds=1.0):
        enqueue("test.work")
        wait_for(lambda: events("effect") and TreeHead.objects.exists())
        assert board().workers == 2, "the quick lane and the long one"
    assert events("effect") == 1
    assert TreeHead.objects.exists()
    assert board().workers == 0
    state = {entry.name: entry.last_state for entry in board().clockwork}
    assert state["audit.seal"] == "完成"


def test_the_worker_comes_back_when_the_database_was_away(real_db: str, declare: Declare) -> None:
    declare("test.work", lambda: write_event("effect"))
    with worker(polling_seconds=0.5):
        wait_for(lambda: board().workers)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND usename = 'hrss_app' AND pid <> pg_backend_pid()"
            )
        enqueue("test.work")
        wait_for(lambda: events("effect"))
    assert events("effect") == 1


def test_every_line_of_the_periodic_table_is_a_job_that_needs_no_arguments() -> None:
    for entry in PERIODIC:
        declared = JOBS[entry.job]
        required = [
            parameter
            for parameter in inspect.signature(declared.function).parameters.values()
            if parameter.default is inspect.Parameter.empty
        ]
        assert not required, entry.job
        assert len(entry.cron.split()) == 5
        assert entry.why
        assert declared.title != declared.name
    assert len({entry.job for entry in PERIODIC}) == len(PERIODIC)


def test_schedules_are_beijing_time() -> None:
    assert daily("03:30") == ("30 19 * * *", 1440)
    assert daily("09:05") == ("5 1 * * *", 1440)
    assert every(1) == ("* * * * *", 1)
    assert every(15) == ("*/15 * * * *", 15)


def test_a_nightly_job_that_was_missed_is_made_up_for(real_db: str) -> None:
    assert catch_up() == []  # a new installation has missed nothing
    row = JobRun.objects.create(job_id=1, name="jobs.sweep", attempt=1, state="done")
    assert catch_up() == []
    JobRun.objects.filter(id=row.id).update(started_at=timezone.now() - timedelta(hours=25))
    assert catch_up() == ["jobs.sweep"]
    assert catch_up() == ["jobs.sweep"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'jobs.sweep'")
        assert cursor.fetchone() == (1,)


def test_old_rows_are_swept(real_db: str, declare: Declare) -> None:
    declare("test.work", lambda: None)
    old, young = enqueue("test.work"), None
    run_waiting()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '31 days'")
    JobRun.objects.update(started_at=timezone.now() - timedelta(days=31))
    young = enqueue("test.work")
    run_waiting()
    enqueue("jobs.sweep")
    run_waiting()
    assert (status(old), status(young)) == ("gone", "succeeded")
    assert not JobRun.objects.filter(job_id=old).exists()


def test_a_board_that_needs_attention(real_db: str) -> None:
    assert board().needs_attention  # no worker
    JobRun.objects.create(job_id=1, name="audit.seal", attempt=1, state="done")
    JobRun.objects.update(started_at=timezone.now() - timedelta(minutes=10))
    late = [entry.name for entry in board().clockwork if entry.is_late]
    assert late == ["audit.seal"]


def test_declarations_that_are_refused(declare: Declare) -> None:
    declare("test.work", lambda: None)
    with pytest.raises(ValueError, match="twice"):
        declare("test.work", lambda: None)
    with pytest.raises(TypeError, match="keyword-only"):
        declare("test.other", lambda person: None)


def test_errors_are_described_without_data() -> None:
    try:
        raise ValueError("电话 10012345678 重复")
    except ValueError as error:
        assert describe(error).startswith("ValueError（test_errors_are_described_without_data，第 ")
        assert "10012345678" not in describe(error)


def test_waits() -> None:
    retry = Retry((1, 2))
    assert [retry.wait_after(number, RuntimeError()) for number in range(3)] == [1, 2, None]
    assert retry.wait_after(0, Problem("x", "x", status=503)) == 1
    assert retry.wait_after(0, Problem("x", "x", status=422)) is None
    assert isinstance(JOBS["audit.seal"], Job)

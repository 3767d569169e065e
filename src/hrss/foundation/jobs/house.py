"""The house's own jobs: sealing the log, delivering messages, keeping the queue clean.

Parts below this one are called by name here, so that they need not know there is a queue.
"""

from __future__ import annotations

from django.db import connection

from hrss.foundation.audit.record import record
from hrss.foundation.audit.sealing import seal
from hrss.foundation.audit.verification import verify
from hrss.foundation.jobs.queue import enqueue
from hrss.foundation.jobs.registry import job
from hrss.foundation.jobs.rescue import rescue_stalled
from hrss.foundation.jobs.retrying import NEVER
from hrss.foundation.outbox.announcing import wake_with
from hrss.foundation.outbox.delivery import deliver_waiting
from hrss.foundation.outbox.delivery import sweep as sweep_outbox
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

KEPT_DAYS = 30

_OLD_JOBS = """
DELETE FROM procrastinate_jobs job USING (
  SELECT job_id, max(at) AS at FROM procrastinate_events GROUP BY job_id) event
WHERE event.job_id = job.id AND job.status IN ('succeeded', 'cancelled', 'aborted')
  AND event.at < now() - make_interval(days => %s)
"""
_OLD_RUNS = """
DELETE FROM jobs_jobrun run WHERE started_at < now() - make_interval(days => %s)
  AND NOT EXISTS (SELECT FROM procrastinate_jobs job WHERE job.id = run.job_id)
"""


@job("audit.seal", queue="audit", retry=NEVER, lock="audit.seal", own_transactions=True)
def seal_audit() -> None:
    """封存审计日志"""
    seal()


@job("audit.verify", queue="audit", retry=NEVER, lock="audit.verify", own_transactions=True)
def verify_audit() -> None:
    """核对审计日志"""
    report = verify()
    actor = system_actor("audit.verify")
    with acting(actor):
        detail = {"events": report.events, "heads": report.heads, "findings": len(report.findings)}
        record(actor, "audit.verified", subject_kind="audit", detail=detail)
    if not report.is_clean:
        first = report.findings[0]
        raise Problem(
            "audit.tampered",
            f"审计日志核对发现 {len(report.findings)} 处问题，第一处：{first.text}",
            rule="GB/T 22239-2019 8.1.4.3：审计记录应受保护",
            remedy="请审计管理员导出日志核查",
            status=503,
        )


@job("outbox.deliver", queue="outbox", retry=NEVER, own_transactions=True)
def deliver_outbox() -> None:
    """送达部门间消息"""
    deliver_waiting()


@job("jobs.rescue", queue="house", retry=NEVER, lock="jobs.rescue")
def rescue() -> None:
    """找回中断的任务"""
    rescue_stalled()


@job("jobs.sweep", queue="house", retry=NEVER, lock="jobs.sweep")
def sweep() -> None:
    """清理旧任务记录"""
    with connection.cursor() as cursor:
        cursor.execute(_OLD_JOBS, [KEPT_DAYS])
        cursor.execute(_OLD_RUNS, [KEPT_DAYS])
    sweep_outbox()


@wake_with
def deliver_soon() -> None:
    """Called after a commit that announced something; the periodic delivery is the safety net."""
    enqueue("outbox.deliver", once="outbox.deliver")

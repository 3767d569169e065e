"""What plan and projects do by themselves: reminders every working morning."""

from __future__ import annotations

from django.utils import timezone

from hrss.foundation.jobs import job
from hrss.kernel.actor import system_actor
from hrss.oversight.projects.services.remind import remind


@job("projects.remind", own_transactions=True)
def send_reminders() -> None:
    """提醒责任人填报进度、完成项目节点；逾期的每周再催。"""
    remind(actor=system_actor("projects.remind"), day=timezone.localdate())

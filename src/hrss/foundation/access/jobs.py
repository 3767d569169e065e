"""Work of access by the clock."""

from __future__ import annotations

from hrss.foundation.access.services.retire_idle import retire_idle
from hrss.foundation.jobs.registry import job
from hrss.kernel.actor import system_actor


@job("access.retire_idle", lock="access.retire_idle")
def retire_idle_posts() -> None:
    """停用闲置三十天账号的岗位"""
    retire_idle(actor=system_actor("access.retire_idle"))

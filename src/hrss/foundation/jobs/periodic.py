"""The table of everything that runs by the clock. A test compares it with the jobs in the code.

Times of day are Beijing time (no summer time, so a fixed shift to the UTC the queue counts in). It refuses nothing by
itself; ``worker`` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

_BEIJING_HOURS = 8


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job, its schedule as cron in UTC, the longest time between two runs in minutes, and why it must run."""

    job: str
    cron: str
    minutes: int
    why: str


def every(minutes: int) -> tuple[str, int]:
    """Every ``minutes`` (a divisor of 60)."""
    return ("* * * * *" if minutes == 1 else f"*/{minutes} * * * *"), minutes


def daily(clock: str) -> tuple[str, int]:
    """Every day at ``clock`` (``03:30``), Beijing time."""
    hour, minute = clock.split(":")
    return f"{int(minute)} {(int(hour) - _BEIJING_HOURS) % 24} * * *", 24 * 60


PERIODIC: tuple[Periodic, ...] = (
    Periodic("audit.seal", *every(1), "审计日志每分钟封存签名；超过 15 分钟资金操作暂停"),
    Periodic("audit.verify", *daily("03:30"), "每日从头核对审计日志"),
    Periodic("outbox.deliver", *every(1), "补送没有及时送达的消息"),
    Periodic("jobs.rescue", *every(1), "找回工作进程中断时留下的任务"),
    Periodic("numbering.open_days", *daily("23:10"), "提前准备以后两周的受理编号"),
    Periodic("files.sweep", *daily("02:40"), "清理没有登记的上传残留"),
    Periodic("jobs.sweep", *daily("02:10"), "清理三十天前的任务记录"),
)

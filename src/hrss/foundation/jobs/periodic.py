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
    Periodic("access.retire_idle", *daily("01:20"), "停用长期闲置账号的岗位"),
    Periodic("exchange.sweep", *every(30), "关闭提问人已离开的数据查询"),
    Periodic("casework.ask_again", *every(15), "再次核对没有问到的证明"),
    Periodic("casework.deem_accepted", *daily("00:30"), "逾期未告知的申请视为受理（行政许可法第三十二条）"),
    Periodic("casework.end_uncorrected", *daily("00:50"), "终止逾期未补正的申请"),
    Periodic("casework.drop_left_stages", *daily("03:10"), "清除中断的批量导入留下的暂存表"),
    Periodic("casework.recount", *daily("04:10"), "工作日历公布后重算暂定期限"),
    Periodic("banking.refund_surplus", *every(30), "退回重复缴的款"),
    Periodic("payruns.advance_all", *every(1), "接着办发放批次，读取银行回盘"),
    Periodic("payruns.recompute", *daily("01:50"), "逐笔重算近期发放；有一笔不同，资金操作暂停"),
    Periodic("insurance.check_deaths", *daily("02:00"), "发放前核对领取人的死亡和火化信息，防止冒领"),
    Periodic("insurance.stop_reemployed", *daily("02:20"), "重新就业的从次月起停发失业保险金"),
    Periodic("insurance.end_used_up", *daily("02:35"), "领完核定月数的失业保险金自动停发"),
    Periodic("insurance.tell_sixty", *daily("08:30"), "提前告诉将满六十周岁的参保人"),
    Periodic("insurance.close_accounts", *daily("04:20"), "记账利率公布后结转上一年的个人账户"),
    Periodic("insurance.book_subsidies", *daily("04:40"), "每月初请拨上月的财政缴费补贴，到账后记入基金收入"),
    Periodic("employment.derive_statuses", *daily("01:00"), "由事件推算就业失业状态"),
    Periodic("employment.end_silent", *daily("01:30"), "注销连续六个月没有联系的失业登记"),
    Periodic("employment.clear_families", *daily("01:40"), "零就业家庭动态清零"),
    Periodic("employment.remind_firms", *daily("08:40"), "提醒样本企业报用工月报，列出逾期未报"),
    Periodic("monitoring.run", *daily("05:10"), "按规则检查数据，开立和跟进预警"),
    Periodic("indicators.measure", *daily("04:30"), "取上月指标、提交会审、补算历史"),
    Periodic("funds.check_quick", *every(30), "核对各基金账目；不平时资金操作暂停"),
    Periodic("funds.reconcile_daily", *daily("06:30"), "账、银行、财政三方对账"),
    Periodic("funds.check_all", *daily("02:20"), "每晚核对全部账目不变式"),
    Periodic("projects.remind", *daily("08:10"), "提醒填报任务进度和项目节点，逾期催办"),
    Periodic("lake.refresh", *daily("02:20"), "把有变化的月份更新到数据湖"),
    Periodic("boards.fold", *every(1), "把新发生的变动并入看板数"),
    Periodic("boards.brief", *daily("07:30"), "给领导发每日简报"),
    Periodic("boards.check", *daily("03:50"), "核对看板数与业务行是否一致"),
    Periodic("messages.sweep", *daily("02:50"), "清除七天前短信的内容"),
    Periodic("numbering.open_days", *daily("23:10"), "提前准备以后两周的受理编号"),
    Periodic("files.sweep", *daily("02:40"), "清理没有登记的上传残留"),
    Periodic("jobs.sweep", *daily("02:10"), "清理三十天前的任务记录"),
)

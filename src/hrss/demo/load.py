"""Loading the county into the database: once, whole, and only into a database it may fill.

A loading that was cut off is cleared away and begun again; the same county is not loaded twice; another county, or
people nobody made here, are left alone with a sentence that says what to do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from hrss.casework.items.publish import publish
from hrss.demo import agencies, bulk, guide, layers, live, live_funds, plan_years, report
from hrss.demo.county import County, Request
from hrss.demo.models import Load
from hrss.foundation.crypto import ring_in_use
from hrss.foundation.jobs.queue import enqueue
from hrss.foundation.regions.loading import load_divisions
from hrss.funds.ledger.chart import open_books
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem
from hrss.oversight.boards import cubes

SEED: Final = 20210101
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it: whether anything was done, how long it took, rows by table, figures aimed at and got."""

    fresh: bool
    seconds: float
    tables: dict[str, int]
    figures: tuple[report.Figure, ...]


def load(
    scale: float = 0.02,
    *,
    seed: int = SEED,
    today: date | None = None,
    progress: Progress = lambda share, text: None,
    replace: bool = False,
) -> Loaded:
    """Load the county of this scale and seed; nothing to do when it is there.

    ``today`` anchors ages and histories (default: today in Shanghai). ``replace`` clears another synthetic county
    away first. Raises Problem ``demo.scale``, ``demo.other_county`` or ``demo.not_ours``.
    """
    started = time.perf_counter()
    request = Request(scale, seed, today or datetime.now(ZoneInfo("Asia/Shanghai")).date())
    row = Load.objects.using("owner").order_by("-id").first()
    if row is not None and row.finished_at is not None and (row.scale, row.seed) == (scale, seed):
        _keep_alive()
        figures = tuple(report.Figure.from_json(one) for one in row.report)
        return Loaded(False, time.perf_counter() - started, row.tables, figures)
    _make_way(row, replace=replace)
    ring_in_use()
    publish(settings.HRSS_COUNTY_PACK, actor=system_actor("demo"))
    open_books(settings.HRSS_PACKS, actor=system_actor("demo"))
    load_divisions(settings.HRSS_PACKS / settings.HRSS_COUNTY_PACK / "divisions.csv", using="owner")
    return _load(request, started, progress)


def _load(request: Request, started: float, progress: Progress) -> Loaded:
    row = Load.objects.using("owner").create(scale=request.scale, seed=request.seed, today=request.today)
    steps = len(layers.LAYERS)
    seen: list[str] = []

    def building(title: str) -> None:
        seen.append(title)
        progress(0.3 * len(seen) / steps, f"生成{title}")

    county = layers.build(request, told=building)
    with ThreadPoolExecutor(1) as beside:  # files, not tables: written while PostgreSQL is busy
        registers = beside.submit(agencies.write, county)
        filled = _fill(county, progress)
        progress(0.97, "写入模拟部门的登记簿")
        registers.result()
    progress(0.975, "汇总看板数")
    cubes.rebuild_all()
    if _is_today(request.today):
        progress(0.98, "办理今天的办件")
        live.play(county)
        progress(0.982, "本月发放和对账")
        live_funds.play(county)
        progress(0.985, "编制年度计划、项目和评估报告")
        plan_years.play(county)
    figures = report.figures(county)
    guide.write(county)
    row.tables = {one.name: one.rows for one in filled}
    row.report = [figure.to_json() for figure in figures]
    row.finished_at = timezone.now()
    with transaction.atomic():
        for first in ("monitoring.run", "indicators.measure", "lake.refresh"):
            enqueue(first, once=first)
    row.save(using="owner")
    progress(1.0, "示范县已就绪")
    return Loaded(True, time.perf_counter() - started, row.tables, figures)


def _fill(county: County, progress: Progress) -> list[bulk.Filled]:
    tables = layers.tables(county)
    done: list[bulk.Filled] = []

    def told(filled: bulk.Filled) -> None:
        done.append(filled)
        progress(0.3 + 0.67 * len(done) / len(tables), f"写入 {filled.name} {filled.rows} 行")

    return bulk.fill(tables, told=told)


def _make_way(row: Load | None, *, replace: bool) -> None:
    """Clear away what a former loading left, or refuse."""
    if row is None:
        if _people_there():
            raise Problem(
                "demo.not_ours",
                "数据库里已经有不是示范县的人员，不能装入示范数据",
                remedy="示范县只装进空的数据库；请换一个 --data 目录",
                status=409,
            )
        return
    if row.finished_at is not None and not replace:
        raise Problem(
            "demo.other_county",
            f"数据库里已经有一个示范县（比例 {row.scale:g}，种子 {row.seed}）",
            remedy="继续用它，就用同样的比例启动；要换一个，请换一个 --data 目录",
            status=409,
        )
    bulk.empty([*layers.TABLE_NAMES, "people_personhistory"])
    Load.objects.using("owner").all().delete()


def _is_today(day: date) -> bool:
    """Verbs act now: the cases of today are played only when the county's today is today."""
    return day == datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _keep_alive() -> None:
    """Staff nobody played for a month would be idle (P05) and their passwords old: the demonstration renews them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE identity_account SET last_seen_at = now(), password_set_at = now()"
            " WHERE kind = 'staff' AND (last_seen_at IS NULL OR last_seen_at < now() - interval '7 days')"
        )


def _people_there() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM people_person)")
        found: bool = cursor.fetchone()[0]
    return found

"""``prepare``: brings the database to this version: migrations, divisions, calendar, items, books, demo county.

Idempotent; each step says what it did and how long it took. It runs as the owner role where tables are made and as
the application role where verbs are called.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command
from django.db import OperationalError
from psycopg.errors import DiskFull

from hrss.casework.items.publish import publish
from hrss.config.options import of_the_disk
from hrss.demo.load import load
from hrss.foundation.calendar.services import load_calendar
from hrss.foundation.crypto import ring_in_use
from hrss.foundation.people.key_rotation import check_keys
from hrss.foundation.regions.loading import load_divisions
from hrss.funds.ledger.chart import open_books
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem
from hrss.oversight.parameters.published import render


class Command(BaseCommand):
    """Prepare the database for serving."""

    help = "准备数据库：迁移、区划、日历、事项、示范县"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the share of the county to make."""
        parser.add_argument("--scale", type=float, default=0.02, help="示范县人口比例")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run all steps; what is refused is one sentence and exit code 1, never a stack trace."""
        try:
            self._run(options["scale"])
        except (Problem, OSError, OperationalError) as error:
            refused = _refused(error)
            if refused is None:
                raise
            self.stderr.write(f"\nhrss: {refused}")
            raise SystemExit(1) from None

    def _run(self, scale: float) -> None:
        ring_in_use()
        self._step("数据表", self._tables)
        check_keys()
        pack = settings.HRSS_PACKS / settings.HRSS_COUNTY_PACK
        self._step("区划", lambda: load_divisions(pack / "divisions.csv", using="owner"))
        self._step("工作日历", lambda: load_calendar(actor=system_actor("prepare")))
        self._step("服务事项", lambda: publish(settings.HRSS_COUNTY_PACK, actor=system_actor("prepare")))
        self._step("基金账套", lambda: open_books(settings.HRSS_PACKS, actor=system_actor("prepare")))
        self._step("县级参数", render)
        self._county(scale)

    def _tables(self) -> None:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        call_command("createcachetable", database="owner", verbosity=0)

    def _county(self, scale: float) -> None:
        started = time.monotonic()
        loaded = load(scale, progress=self._progress)
        word = "已就绪" if not loaded.fresh else "已生成"
        self.stdout.write(f"\rhrss: 示范县 {word}（{time.monotonic() - started:.1f} 秒）          ")

    def _progress(self, share: float, text: str) -> None:
        self.stdout.write(f"\rhrss: 示范县 {share:4.0%} {text}          ", ending="")
        self.stdout.flush()

    def _step(self, name: str, do: Callable[[], object]) -> None:
        started = time.monotonic()
        self.stdout.write(f"hrss: {name} … ", ending="")
        self.stdout.flush()
        do()
        self.stdout.write(f"好（{time.monotonic() - started:.1f} 秒）")


def _refused(error: Exception) -> Problem | None:
    """Give what was refused as a Problem, also a full disk of the database server; None for a fault of ours."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, OperationalError):
        return of_the_disk(OSError(errno.ENOSPC, "")) if isinstance(error.__cause__, DiskFull) else None
    return of_the_disk(error) if isinstance(error, OSError) else None

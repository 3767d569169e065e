"""``worker``: runs background jobs until it is told to stop (SIGTERM); jobs under way may finish."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management import BaseCommand

from hrss.foundation.jobs.worker import run_worker


class Command(BaseCommand):
    """Run the job worker."""

    help = "运行后台任务"

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        stop = threading.Event()

        def finish(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, finish)
        signal.signal(signal.SIGINT, finish)
        run_worker(stop)

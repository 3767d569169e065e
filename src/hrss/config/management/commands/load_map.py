"""``load_map``: loads an approved map of the county (called by ``./hrss map load``)."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser
from django.db import OperationalError

from hrss.foundation.regions.mapping import bounds_of, load_map
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem


class Command(BaseCommand):
    """Load a map; one sentence when the file is wrong."""

    help = "载入经审核的县域地图"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and its approval number."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--number", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it."""
        bounds = bounds_of(settings.HRSS_PACKS / settings.HRSS_COUNTY_PACK)
        actor, content = system_actor(f"map {getpass.getuser()}"), options["file"].read_bytes()
        try:
            done = load_map(content, actor=actor, number=options["number"], bounds=bounds)
        except OperationalError:
            raise Problem(
                "map.database", "数据库没有运行", remedy="请先在另一个窗口运行 ./hrss up", status=503
            ) from None
        self.stdout.write(f"已载入 {done.data['townships']} 个乡镇（街道）的地图，审图号 {done.number}")

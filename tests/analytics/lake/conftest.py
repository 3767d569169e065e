"""A small demo county in a database of its own, and its lake in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from hrss.demo.load import load
from hrss.foundation.regions.queries import forget

TODAY = date(2026, 2, 10)


@pytest.fixture
def county(real_db: str, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Give the folder of the lake, empty; the county is there."""
    settings.HRSS_LAKE = tmp_path / "lake"
    load(0.003, today=TODAY)
    forget()
    yield tmp_path / "lake"
    connections["owner"].close()

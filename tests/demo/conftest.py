"""One small county in memory for all tests of this folder, built once."""

from __future__ import annotations

from datetime import date

import pytest

from hrss.demo import layers
from hrss.demo.county import County, Request

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def county() -> County:
    """The county at two per cent."""
    return layers.build(Request(0.02, 20210101, TODAY))

"""The agencies in the test's own process, so that a moved clock is theirs too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings
from tests.domains.insurance.people import payment_channel
from tests.exchange.in_process import agencies_in

from hrss.exchange import apart
from hrss.exchange.gateway import forget_gateway


@pytest.fixture
def agencies(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Simulators with empty registers, open since January 2026; gives the folder to write people into."""
    monkeypatch.setattr("hrss.exchange.consulting.WEB_BUDGET_SECONDS", 10.0)
    settings.HRSS_AGENCIES = tmp_path / "agencies"
    forget_gateway()
    with time_machine.travel("2026-01-05T08:00:00+08:00"), agencies_in(tmp_path / "agencies") as folder:
        yield folder
    forget_gateway()
    apart.close()


@pytest.fixture
def channel(db: None, tmp_path: Path) -> Iterator[Path]:
    """The bank's payment channel; gives the bank's folder."""
    with payment_channel(tmp_path / "bank") as folder:
        yield folder

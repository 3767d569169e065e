"""The bank as its own process with the payment channel, for the time of a test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings

from hrss.config.environment import PROJECT


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Path]:
    """The bank's process with its payment channel."""
    command = [sys.executable, "-W", "ignore", "-m", "hrss.funds.banking.simulator", "--folder", str(tmp_path)]
    process = subprocess.Popen([*command, "--parent", str(os.getpid())], cwd=PROJECT / "src")
    deadline = time.monotonic() + 30
    while not (tmp_path / "channel.json").exists():
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)
    with override_settings(HRSS_BANK=tmp_path):
        yield tmp_path
    process.terminate()
    process.wait(10)

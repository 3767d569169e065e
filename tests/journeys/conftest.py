"""Journeys run against the real thing: ``./hrss up`` on a small county, in Chromium, at phone and desktop width."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from tests.journeys.hands import DESKTOP as DESKTOP
from tests.journeys.hands import PHONE as PHONE
from tests.seen import keep_picture, too_wide, violations

from hrss.config.health import is_healthy

PROJECT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class County:
    """A running installation: its address, its data folder and its demo accounts."""

    address: str
    home: Path
    accounts: dict[str, Any]

    def sms_code(self, page: Page) -> str:
        """Read the newest code from the simulated gateway's public page, as a demo visitor would."""
        page.goto(f"{self.address}/demo/messages")
        return page.locator("[data-code]").first.inner_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()[-4000:]
        if is_healthy(port, timeout=5):
            return
        time.sleep(0.3)
    raise AssertionError(log.read_text()[-4000:])


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """``./hrss up --scale 0.003`` in a folder of its own; stopped with Ctrl-C at the end.

    HRSS_JOURNEYS_AT="<address> <data folder>" takes an installation that is up already (while writing a journey).
    """
    if os.environ.get("HRSS_JOURNEYS_AT"):
        address, folder = os.environ["HRSS_JOURNEYS_AT"].split(" ", 1)
        yield County(address, Path(folder), json.loads((Path(folder) / "demo" / "accounts.json").read_text()))
        return
    home, port = tmp_path_factory.mktemp("county"), free_port()
    log = home / "up.log"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("HRSS_", "DJANGO_"))}
    command = [
        sys.executable,
        "-m",
        "hrss.config.cli",
        "up",
        "--scale",
        "0.003",
        "--port",
        str(port),
        "--data",
        str(home),
        "--no-warm",
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=PROJECT, env=env, stdout=out, stderr=subprocess.STDOUT)
        try:
            wait_for(port, process, log)
            accounts = json.loads((home / "demo" / "accounts.json").read_text())
            yield County(f"http://127.0.0.1:{port}", home, accounts)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """The Chromium of the process."""
    return chromium


def context_of(browser: Browser, size: ViewportSize) -> BrowserContext:
    """A fresh visitor; anything the page logs as an error fails the test at the end of ``check_page``."""
    made = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    made.set_default_timeout(15_000)
    return made


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at 390 px."""
    context = context_of(browser, PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    """A page at 1440 px."""
    context = context_of(browser, DESKTOP)
    yield context.new_page()
    context.close()


def check_page(page: Page, name: str) -> None:
    """Find no axe violation and no sideways scrolling; keep a picture where one is wanted."""
    page.bring_to_front()  # a page behind another draws nothing, and is never still enough to be clicked
    keep_picture(page, name)
    assert too_wide(page) == [], name
    assert violations(page) == [], name

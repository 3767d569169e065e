"""Finding a Chromium for the browser tests: the system's, else Playwright's, else apt when root."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from hrss.kernel.problem import Problem

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> Path:
    """Give the path of a Chromium; install Debian's when root and none is there."""
    found = _given() or _system() or _playwright() or _by_apt()
    if found is None:
        raise Problem(
            "browser.missing",
            "没有找到 Chromium 浏览器，浏览器测试无法运行",
            remedy="请安装 chromium 软件包，或用 HRSS_BROWSER 指明浏览器的位置",
            status=503,
        )
    return found


def _given() -> Path | None:
    path = os.environ.get("HRSS_BROWSER")
    return Path(path) if path and Path(path).exists() else None


def _system() -> Path | None:
    return next((Path(path) for name in _NAMES if (path := shutil.which(name))), None)


def _playwright() -> Path | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next(iter(sorted(cache.glob("chromium*/chrome-linux*/*chrom*"), reverse=True)), None)


def _by_apt() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("hrss: 正在用 apt 安装 chromium …", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, env=env, check=False, capture_output=True)  # noqa: S603
    return _system()

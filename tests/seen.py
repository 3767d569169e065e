"""Looking at a page as a person would: what axe finds, whether it scrolls sideways, a picture where one is wanted.

Pictures are for people: HRSS_PICTURES=1 keeps them under .hrss/pictures, a run that nobody looks at draws none.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[1] / ".hrss" / "pictures"
_AXE = Axe().axe_script
_FINDS = "() => axe.run({resultTypes: ['violations'], preload: false})"
_WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page as ``name``, when pictures are wanted."""
    if os.environ.get("HRSS_PICTURES"):
        file = PICTURES / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file, full_page=True)


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Give each rule axe finds broken, with up to three places."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(_FINDS)["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def too_wide(page: Page) -> list[str]:
    """Tell when the page scrolls sideways."""
    wide, seen = page.evaluate(_WIDTHS)
    return [f"page is {wide} px wide on a screen of {seen} px"] if wide > seen else []

"""Addresses of static files, with the version of the front-end build behind them.

So browsers may keep them for a year; nothing here reads or serves the files.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static as plain_static

MANIFEST = Path(__file__).parent / "static" / "vendor" / "manifest.json"


@cache
def version() -> str:
    """Give eight characters that change with the front-end files; nothing before the first build."""
    try:
        made = json.loads(MANIFEST.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return f"{made['packages'][:4]}{made['own'][:4]}"


@cache
def static(path: str) -> str:
    """Give the address of a static file."""
    return f"{plain_static(path)}?v={version()}" if version() else plain_static(path)

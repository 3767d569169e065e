"""The frame of a page (menu, search, account) is drawn once and kept; a page draws its title and its content.

A frame is kept by everything it shows: the places this officer may enter, where they are among them, name, post and
face. What differs by request (the csrf token, the way to the other face) is put in each time; a page with a message to
show is drawn whole. It refuses templates that fill other blocks than title and content.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from html import escape
from typing import Any
from uuid import uuid4

from django.contrib.messages import get_messages
from django.http import HttpRequest
from jinja2 import Environment, Template

from hrss.channels.ui import current
from hrss.kernel.bounded import Bounded

Menu = tuple[tuple[str, str, str], ...]
TITLE, CONTENT = (f"hrss-{name}-{uuid4().hex}" for name in ("title", "content"))
_MARKS = {TITLE: 0, CONTENT: 1, current.ELDER_MARK: 2}
_SPLIT = re.compile(f"({'|'.join(_MARKS)})")
_FRAMES: Bounded[Hashable, tuple[str | int, ...]] = Bounded(2048)


def has_messages(request: HttpRequest) -> bool:
    """Tell whether something is to be told on the next page."""
    return hasattr(request, "_messages") and len(get_messages(request)) > 0


def framed(
    environment: Environment,
    template: str,
    frame: str,
    values: dict[str, Any],
    *,
    menus: tuple[Menu, ...],
    beside: tuple[Hashable, ...],
) -> str:
    """Draw title and content of ``template`` in the kept ``frame``, which shows ``menus`` and what is ``beside``.

    Called while a request is being drawn (``current.drawing``).
    """
    made = environment.get_template(template)
    if set(made.blocks) != {"title", "content"}:
        raise ValueError(f"{template} fills other blocks than title and content: draw it whole")
    context = made.new_context(_globals_of(made) | values, shared=True)
    drawn = [environment.concat(made.blocks[name](context)) for name in ("title", "content")]
    here = tuple(current.current_of(menu) for menu in menus)
    parts = _frame(environment, frame, values, (menus, here, beside))
    each = (*drawn, escape(current.elder_href(not current.is_elder())))
    return "".join([part if isinstance(part, str) else each[part] for part in parts])


def _globals_of(template: Template) -> dict[str, Any]:
    """Give what every page sees, flat: Jinja's chain of dicts is walked name by name for each page."""
    found: dict[str, Any] | None = getattr(template, "hrss_globals", None)
    if found is None:
        found = dict(template.globals)
        template.hrss_globals = found  # type: ignore[attr-defined]
    return found


def _frame(
    environment: Environment, frame: str, values: dict[str, Any], beside: tuple[Hashable, ...]
) -> tuple[str | int, ...]:
    key = (frame, current.is_elder(), beside)
    found = _FRAMES.get(key)
    if found is None:
        found = _drawn(environment.get_template(frame), values)
        if not environment.auto_reload:
            _FRAMES[key] = found
    return found


def _drawn(frame: Template, values: dict[str, Any]) -> tuple[str | int, ...]:
    """Draw a frame and cut it where something is put in."""
    with current.framing():
        text = frame.render(values | {"frame_title": TITLE, "frame_content": CONTENT})
    return tuple(_MARKS.get(part, part) for part in _SPLIT.split(text))

"""Drawn pieces that come again and again (icons, tags, selects, navigation) are kept as text, a few thousand at most.

Only components that depend on nothing but their arguments, and whose arguments name no person. A call with arguments
that cannot be a key (lists, dicts) is drawn as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from hrss.channels.ui.current import current_of, full_path, is_drawing
from hrss.channels.ui.formats import today

MOST = 4096
Draw = Callable[..., Any]
Beside = Callable[[tuple[Any, ...]], Hashable]


def _nothing(_arguments: tuple[Any, ...]) -> Hashable:
    return None


def _today(_arguments: tuple[Any, ...]) -> Hashable:
    """A due date stands otherwise tomorrow."""
    return today()


def _in_a_page(_arguments: tuple[Any, ...]) -> Hashable:
    """A form holds the mark of the csrf token only in a page."""
    return is_drawing()


def _address(_arguments: tuple[Any, ...]) -> Hashable:
    """Tabs mark the one whose address this is."""
    return full_path()


def _where(arguments: tuple[Any, ...]) -> Hashable:
    """The navigation marks where one is."""
    return current_of(arguments[0])


KEPT: dict[str, Beside] = {
    "icon": _nothing,
    "status_tag": _nothing,
    "due_tag": _today,
    "select_field": _nothing,
    "radio_field": _nothing,
    "shortcuts": _nothing,
    "search_box": _nothing,
    "purpose_form": _in_a_page,
    "inbox_filters": _nothing,
    "tabs": _address,
    "nav": _where,
}


def keeping(name: str, macro: Draw) -> Draw:
    """Give a component that keeps what it has drawn, where it is one of those in ``KEPT``; others as they are."""
    if name not in KEPT:
        return macro
    beside = KEPT[name]

    @lru_cache(maxsize=MOST)
    def drawn(_beside: Hashable, arguments: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> Any:
        return macro(*arguments, **dict(named))

    def draw(*arguments: Any, **named: Any) -> Any:
        key = tuple(named.items())
        try:
            hash((arguments, key))
        except TypeError:
            return macro(*arguments, **named)
        return drawn(beside(arguments), arguments, key)

    return draw

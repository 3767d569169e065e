"""Addresses of routes by name, worked out once: Django's ``reverse`` walks the table of addresses at each call.

The table does not change while a process runs. An address with one UUID in it, the most frequent kind, is kept as the
text around it. Refuses what ``reverse`` refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse as plain_reverse

_PLACE = UUID("00000000-0000-4000-8000-00000000abcd")


def reverse(
    name: str,
    args: tuple[Any, ...] = (),
    kwargs: dict[str, Any] | None = None,
    *,
    query: Mapping[str, Any] | None = None,
) -> str:
    """Give the address of a route, as ``django.urls.reverse``."""
    given = [("", one) for one in args] + list(kwargs.items() if kwargs else ())
    if query or len(given) > 1:
        return plain_reverse(name, args=args or None, kwargs=kwargs or None, query=query)
    if not given:
        return _plain(name, settings.ROOT_URLCONF)
    ((word, value),) = given
    if not isinstance(value, UUID):
        return plain_reverse(name, args=args or None, kwargs=kwargs or None)
    before, after = _around(name, word, settings.ROOT_URLCONF)
    return f"{before}{value}{after}"


def around(name: str) -> tuple[str, str]:
    """Give the text before and after the one UUID in an address, for lists of many."""
    return _around(name, "", settings.ROOT_URLCONF)


@lru_cache(maxsize=1024)
def _plain(name: str, _table: str | None) -> str:
    return plain_reverse(name)


@lru_cache(maxsize=1024)
def _around(name: str, word: str, _table: str | None) -> tuple[str, str]:
    address = plain_reverse(name, kwargs={word: _PLACE}) if word else plain_reverse(name, args=(_PLACE,))
    before, _, after = address.partition(str(_PLACE))
    return before, after

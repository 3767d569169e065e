"""The addresses of our pages, found by the first two parts of the path instead of one after the other.

The order among patterns that could fit stays that of the table, so an address leads where it led. It refuses with
Django's own ``Resolver404``.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Key = tuple[str | None, str | None]


class Shelves(URLResolver):
    """A list of patterns as ``include`` would take it, on shelves."""

    def __init__(self, patterns: Sequence[URLPattern]) -> None:
        super().__init__(RoutePattern("", is_endpoint=False), list(patterns))
        keyed = [(_key_of(str(one.pattern)), one) for one in patterns]
        self._shelves = {key: [one for other, one in keyed if _may_fit(other, key)] for key, _ in keyed}

    def resolve(self, path: str) -> ResolverMatch:
        """Give the match of the first pattern that fits."""
        text = str(path)
        for pattern in self._shelf(text):
            match = pattern.resolve(text)
            if match:
                return match
        raise Resolver404({"tried": [], "path": text})

    def _shelf(self, path: str) -> Sequence[URLPattern]:
        first, second, *_ = (*path.split("/", 2), "", "")
        for key in ((first, second), (first, None), (None, None)):
            if key in self._shelves:
                return self._shelves[key]
        return ()


def _key_of(route: str) -> Key:
    """Give the first two parts of a route; None from the first part on that holds a converter."""
    first, second, *_ = (*route.split("/", 2), "", "")
    if "<" in first:
        return None, None
    return first, None if "<" in second else second


def _may_fit(pattern: Key, wanted: Key) -> bool:
    """Tell whether a pattern could fit an address on the shelf ``wanted``."""
    return all(one is None or one == other for one, other in zip(pattern, wanted, strict=True))

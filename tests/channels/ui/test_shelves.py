"""Every address leads where Django's own walk through the table would lead."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

from hrss.channels.ui.shelves import Shelves
from hrss.config import urls

PAGES = [one for shelves in urls.urlpatterns if isinstance(shelves, Shelves) for one in shelves.url_patterns]
PARTS = {
    "uuid": "00000000-0000-4000-8000-00000000abcd",
    "int": "7",
    "str": "JY003",
    "slug": "a-b",
    "path": "a/b",
}


def address_of(pattern: URLPattern) -> str:
    text = str(pattern.pattern)
    for kind, value in PARTS.items():
        while f"<{kind}:" in text:
            start = text.index(f"<{kind}:")
            text = text[:start] + value + text[text.index(">", start) + 1 :]
    return text


def plain() -> URLResolver:
    return URLResolver(RoutePattern("", is_endpoint=False), list(PAGES))


def test_the_whole_table_leads_to_the_same_views() -> None:
    walk, shelves = plain(), Shelves(PAGES)
    assert len(PAGES) > 150
    for pattern in PAGES:
        address = address_of(pattern)
        one, other = walk.resolve(address), shelves.resolve(address)
        assert (one.func, one.kwargs, one.url_name) == (other.func, other.kwargs, other.url_name), address
        assert one.route == other.route


@pytest.mark.parametrize("address", ["nowhere/", "work", "work/nowhere/", "work/cases/", "//", "cockpit/x/y/z"])
def test_what_is_not_there_is_not_there(address: str) -> None:
    for resolver in (plain(), Shelves(PAGES)):
        with pytest.raises(Resolver404):
            resolver.resolve(address)

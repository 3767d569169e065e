"""How often one may ask: opening a form costs a page, sending it its own class; a shared address is many people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from hrss.channels.ui import limits
from hrss.channels.ui.limits import PER_MINUTE, over
from hrss.foundation.access.actors import anonymous
from hrss.kernel.actor import Actor

HALL = "10.20.30.40"


@pytest.fixture(autouse=True)
def fresh_minute() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()


def somebody() -> Actor:
    return anonymous(channel="portal", request_id="r")


def asks(method: str, address: str = HALL) -> HttpRequest:
    return getattr(RequestFactory(), method)("/login/", REMOTE_ADDR=address)  # type: ignore[no-any-return]


def test_a_hall_that_signs_in_at_nine_is_let_in() -> None:
    """Forty people behind one address open the page, ask for a code, open the next page and send the code."""
    for _ in range(40):
        for method in ("get", "post", "get", "post"):
            assert over("login", asks(method), somebody()) is None


def test_the_one_too_many_is_told_to_wait_and_others_are_not() -> None:
    refused = [over("login", asks("post"), somebody()) for _ in range(PER_MINUTE["login"] + 1)]
    assert refused[:-1] == [None] * PER_MINUTE["login"]
    assert refused[-1] is not None
    assert (refused[-1].code, refused[-1].status) == ("access.too_often", 429)
    assert over("login", asks("post", "10.20.30.41"), somebody()) is None
    assert over("login", asks("get"), somebody()) is None


def test_reading_is_counted_too() -> None:
    for _ in range(PER_MINUTE["page"]):
        assert over("submit", asks("get"), somebody()) is None
    assert over("page", asks("get"), somebody()) is not None


def test_searching_has_a_class_of_its_own() -> None:
    refused = [over("search", asks("get"), somebody()) for _ in range(PER_MINUTE["search"] + 1)]
    assert [one is None for one in refused] == [True] * PER_MINUTE["search"] + [False]

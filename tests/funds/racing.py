"""Four connections that start together, again and again: the ground of the races of money."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.db import DatabaseError, connections

from hrss.kernel.problem import Problem

FOUR = 4
Race = Callable[[Sequence[Callable[[], Any]]], list[Any]]


@contextmanager
def four_connections() -> Iterator[Race]:
    """Give a function that runs four calls at the same moment; refusals are answers."""
    barrier = Barrier(FOUR)

    def run(do: Callable[[], Any]) -> Any:
        barrier.wait(timeout=60)
        try:
            return do()
        except (Problem, DatabaseError) as refusal:
            return refusal

    with ThreadPoolExecutor(FOUR) as pool:

        def race(calls: Sequence[Callable[[], Any]]) -> list[Any]:
            assert len(calls) == FOUR
            return list(pool.map(run, calls))

        yield race
        barrier.reset()
        list(pool.map(lambda _: (barrier.wait(timeout=60), connections.close_all()), range(FOUR)))


def won(answers: Sequence[Any]) -> int:
    """How many were not refused."""
    return sum(not isinstance(one, Exception) for one in answers)

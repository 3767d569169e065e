"""Problems that stay on the page they were met on: what goes on the log, and with which status the page answers.

The gate logs what leaves a view; a view that shows the problem itself calls ``kept``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrss.channels.ui.gate import log_refusal
from hrss.channels.ui.request import Request
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

REFUSED = (403,)
# A step of money tried out of turn tells as much as one tried without the post.
OUT_OF_TURN = (403, 409)


def kept(
    request: Request,
    problem: Problem,
    *,
    statuses: tuple[int, ...] = REFUSED,
    actor: Actor | None = None,
    asked: Mapping[str, Any] | None = None,
) -> Problem:
    """Give back a problem that stays on the page; a refusal is on the log all the same, with what was asked for."""
    if problem.status in statuses:
        log_refusal(actor or request.actor, request.route, problem, asked=asked)
    return problem


def status_of(problem: Problem | None) -> int:
    """Give the status of a page with a problem: a refusal or a conflict keeps its own, the rest is to be corrected."""
    if problem is None:
        return 200
    return problem.status if problem.status in (403, 409, 503) else 422

"""Units for differences, which may fall below zero: a net change, a rate of change, points of a plan."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.rules.engine.units import COUNT, ONE, RATE, SCORE

SignedCount: TypeAlias = Annotated[int, COUNT.within(-(10**9), 10**9)]
SignedRate: TypeAlias = Annotated[int, RATE.within(-1000 * ONE, 1000 * ONE)]
SignedScore: TypeAlias = Annotated[int, SCORE.within(-(10**9), 10**9)]

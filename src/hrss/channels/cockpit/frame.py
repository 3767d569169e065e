"""What every board is about: the place, the month and whether the year so far; read from the address, kept in links.

It refuses months the boards do not reach and places outside the actor's posts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hrss.channels.ui.formats import today
from hrss.channels.ui.request import Request
from hrss.foundation.regions.queries import children_of, name_of, require
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.boards.taking import Span, check_place

FIRST_MONTH = YearMonth(2021, 1)
COUNTY_DIGITS = 6
TOWNSHIP_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Frame:
    """The question of a page: place, month, span; ``is_now`` when nobody asked for an earlier month."""

    region: str
    month: YearMonth
    whole_year: bool
    is_now: bool

    @property
    def span(self) -> Span:
        """The months figures are taken over."""
        return Span(self.month, self.whole_year)

    @property
    def place(self) -> str:
        """The place in words."""
        return name_of(self.region)

    @property
    def period(self) -> str:
        """The span in words, for flows."""
        if self.whole_year and self.month.month > 1:
            return f"{self.month.year}年1—{self.month.month}月"
        return f"{self.month.year}年{self.month.month}月"

    @property
    def cut(self) -> str:
        """The moment in words, for stocks."""
        return "现在" if self.is_now else f"{self.month.year}年{self.month.month}月底"

    @property
    def below(self) -> tuple[str, ...]:
        """The divisions one level below."""
        return tuple(node.code for node in children_of(self.region))

    def href(self, name: str, *args: str, **changes: Any) -> str:
        """Give the address of a page of the cockpit for the same question; changes replace parts of it."""
        asked: dict[str, Any] = {} if self.is_now else {"month": str(self.month)}
        asked |= {"region": self.region} if len(self.region) > COUNTY_DIGITS else {}
        asked |= {"span": "month"} if not self.whole_year else {}
        kept = {key: value for key, value in (asked | changes).items() if value not in (None, "")}
        return reverse(name, args=args or None, query=kept or None)


def frame_of(request: Request) -> Frame:
    """Read the question. Problem ``cockpit.month``, ``regions.unknown`` or ``boards.place``."""
    now = YearMonth.of(today())
    text = request.GET.get("month", "")
    month = YearMonth.parse(text) if text else now
    if not FIRST_MONTH <= month <= now:
        raise Problem(
            "cockpit.month",
            f"看板没有 {month} 的数",
            rule=f"看板从 {FIRST_MONTH} 开始，到本月为止",
            remedy="请选一个月份",
            field="month",
            status=404,
        )
    region = request.GET.get("region") or own_place(request)
    require(region)
    check_place(request.actor, region)
    return Frame(region, month, request.GET.get("span") != "month", month == now)


def own_place(request: Request) -> str:
    """Give the widest place of the actor's posts."""
    return min(request.actor.regions, key=lambda code: (len(code), code))


def months_to_choose() -> list[tuple[str, str]]:
    """Give the months of the time travel, the newest first."""
    now = YearMonth.of(today())
    months = (now - step for step in range(now - FIRST_MONTH + 1))
    return [(str(month), f"{month.year}年{month.month}月") for month in months if isinstance(month, YearMonth)]

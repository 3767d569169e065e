"""Which compiled division a formula's call may use, from what is proven about its amount and its divisor.

A division of whole numbers is the dearest thing in a kernel; in double lanes it costs a multiplication. The two short
forms are exact within the limits below (ADR 0034 has the proof); outside them the whole-number division stays.
"""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 2**62 - 1  # below the sign bit and clear of the value that means a refusal
SHORT = 2 * 10**15  # amounts below 2**51: one rounded product of doubles cannot reach the next whole number
LONG = 2**48  # quotients for which the product of doubles is at most one too low
Interval = tuple[int, int]


def hull(one: Interval, other: Interval) -> Interval:
    """Give the smallest interval that holds both."""
    return min(one[0], other[0]), max(one[1], other[1])


@dataclass(frozen=True, slots=True)
class Division:
    """What is known of one division in the source: between which bounds amount and divisor lie."""

    amount: Interval
    divisor: Interval

    def joined(self, other: Division | None) -> Division:
        """Give what holds for both places from where the division is reached."""
        if other is None:
            return self
        return Division(hull(self.amount, other.amount), hull(self.divisor, other.divisor))

    @property
    def form(self) -> str:
        """The name of the cheapest exact form; empty where amount and divisor may pass 64 bits."""
        reach = self.amount[1] + self.divisor[1]
        if self.divisor[0] <= 0 or reach > LIMIT or self.amount[0] < -LIMIT:
            return ""
        if self.amount[0] < 0:
            return "half_up"
        if reach <= SHORT:
            return "half_up_short"
        return "half_up_long" if self.amount[1] // self.divisor[0] + 1 < LONG else "half_up_positive"

    @property
    def lane(self) -> str:
        """The name of an exact form in double lanes; empty where there is none."""
        if self.form in ("half_up_short", "half_up_long"):
            return self.form
        reach = max(-self.amount[0], self.amount[1]) + self.divisor[1]
        return "half_up_signed" if self.divisor[0] > 0 and reach <= SHORT else ""


@dataclass(frozen=True, slots=True)
class Floor(Division):
    """A division that rounds down (or up), or what it leaves over; ``kind`` is the operation of the language."""

    kind: str = "down"

    def joined(self, other: Division | None) -> Floor:
        """Give what holds for both places from where the division is reached."""
        if other is None:
            return self
        return Floor(hull(self.amount, other.amount), hull(self.divisor, other.divisor), self.kind)

    @property
    def form(self) -> str:
        """The plain form is the division of whole numbers itself."""
        return ""

    @property
    def lane(self) -> str:
        """The name of the exact form in double lanes; empty where there is none."""
        reach = max(-self.amount[0], self.amount[1]) + self.divisor[1]
        return f"{self.kind}_short" if self.divisor[0] > 0 and reach <= SHORT else ""

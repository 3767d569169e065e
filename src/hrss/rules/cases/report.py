"""What came out of a run of cases: one line per topic, a total, and the reasons of failures.

A failure of a counted case makes ``exit_code`` 1. Cases marked ``rule_reading`` or ``disputed`` are shown, not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

NOT_COUNTED = ("rule_reading", "disputed")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what happened to it and why. ``state`` is passed, failed or unsupported."""

    id: str
    topic: str
    use: str
    confidence: str
    state: str
    reason: str = ""
    answer: dict[str, Any] | None = None

    @property
    def counted(self) -> bool:
        """Whether a failure of this case makes the run fail."""
        return self.use not in NOT_COUNTED

    @property
    def derived(self) -> bool:
        """Whether the answer is derived from the rule or from secondary sources: counted, reported apart."""
        return self.confidence.startswith(("rule-derived", "secondary"))


@dataclass(frozen=True, slots=True)
class TopicLine:
    """Counts of one topic. ``shown`` cases are not counted; ``derived`` ones are counted but not published."""

    topic: str
    passed: int
    failed: int
    unsupported: int
    total: int
    shown: int
    derived: int

    def __str__(self) -> str:
        extra = f"（另列示 {self.shown}）" if self.shown else ""
        extra += f"（其中推导 {self.derived}）" if self.derived else ""
        return (
            f"{self.topic}: passed {self.passed}, failed {self.failed}, unsupported {self.unsupported}, "
            f"total {self.total}{extra}"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """All results of a run."""

    results: tuple[CaseResult, ...]

    @property
    def lines(self) -> tuple[TopicLine, ...]:
        """One line per topic, in alphabetical order."""
        topics = sorted({result.topic for result in self.results})
        return tuple(_line(name, [result for result in self.results if result.topic == name]) for name in topics)

    @property
    def total(self) -> TopicLine:
        """The line of all topics together."""
        return _line("TOTAL", self.results)

    @property
    def failures(self) -> tuple[CaseResult, ...]:
        """Counted cases that failed."""
        return tuple(result for result in self.results if result.counted and result.state == "failed")

    @property
    def exit_code(self) -> int:
        """1 where a counted case failed, else 0."""
        return 1 if self.failures else 0

    def to_text(self) -> str:
        """Give the report as text: topics, total, failures, uncounted cases with their outcome."""
        lines = [str(line) for line in self.lines] + [str(self.total)]
        lines += [f"FAILED {result.topic} {result.id}: {result.reason}" for result in self.failures]
        lines += [
            f"SHOWN {result.use} {result.topic} {result.id}: {result.state} {result.reason}".rstrip()
            for result in self.results
            if not result.counted
        ]
        return "\n".join(lines)


def _line(name: str, results: Iterable[CaseResult]) -> TopicLine:
    found = list(results)
    counted = [result for result in found if result.counted]
    states = [result.state for result in counted]
    return TopicLine(
        topic=name,
        passed=states.count("passed"),
        failed=states.count("failed"),
        unsupported=states.count("unsupported"),
        total=len(counted),
        shown=len(found) - len(counted),
        derived=sum(result.derived for result in counted),
    )

"""Problem: an error a person can act on.

It says what is wrong, which rule says so and what to do next. It refuses to be a stack trace:
anything a user, clerk or partner system can cause is raised as a Problem and shown as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


class Problem(Exception):
    """One thing that is wrong, in words for the person who must put it right.

    ``code`` is stable and for machines (``casework.not_claimed``); ``message`` says what is wrong; ``rule`` names the
    rule or article that says so; ``remedy`` says what to do next; ``field`` is the form field or cell concerned;
    ``status`` is the HTTP status a channel answers with; ``facts`` are values for logs and machines, never secrets.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        rule: str = "",
        remedy: str = "",
        field: str = "",
        status: int = 422,
        **facts: Any,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.rule = rule
        self.remedy = remedy
        self.field = field
        self.status = status
        self.facts = facts

    def __str__(self) -> str:
        parts = [self.message]
        if self.rule:
            parts.append(f"依据：{self.rule}")
        if self.remedy:
            parts.append(f"怎么办：{self.remedy}")
        return "。".join(part.rstrip("。") for part in parts)

    @property
    def next_step(self) -> str:
        """What to do next: the remedy; where there is none the message itself is the request (“请填写……”)."""
        return self.remedy or self.message

    def to_json(self) -> dict[str, Any]:
        """Give the problem as plain JSON (RFC 9457 names where they fit)."""
        return {
            "code": self.code,
            "detail": self.message,
            "rule": self.rule,
            "remedy": self.next_step,
            "field": self.field,
            "status": self.status,
            "facts": {name: str(value) for name, value in self.facts.items()},
        }


class Problems(Problem):
    """Several problems found in one pass, so that a person puts them right in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("Problems needs at least one problem")
        first = self.problems[0]
        message = first.message if len(self.problems) == 1 else f"有 {len(self.problems)} 处需要更正"
        super().__init__("problems", message, status=max(problem.status for problem in self.problems))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    @property
    def next_step(self) -> str:
        """What to do next: the remedy; where there is none the message itself is the request (“请填写……”)."""
        return self.remedy or self.message

    def to_json(self) -> dict[str, Any]:
        """Give all problems as plain JSON."""
        return super().to_json() | {"problems": [problem.to_json() for problem in self.problems]}

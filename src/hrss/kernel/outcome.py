"""Outcome: what a service verb answers, small enough to be stored and replayed for a repeated key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """The thing a verb made or changed: its kind, id, business number and a few JSON facts."""

    kind: str
    id: str
    number: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give the outcome as plain JSON."""
        return {"kind": self.kind, "id": self.id, "number": self.number, "data": self.data}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Outcome:
        """Read back what ``to_json`` wrote."""
        return cls(kind=value["kind"], id=value["id"], number=value["number"], data=value["data"])

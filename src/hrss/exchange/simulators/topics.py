"""What each simulated agency has on its registers: topics, their keys and the fields of a row.

A row with a missing, unknown or wrongly typed field is refused when it is written, so that a register cannot hold what
the question catalogue would refuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEYS = {"id_number": re.compile(r"\d{17}[\dX]"), "credit_code": re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")}


@dataclass(frozen=True, slots=True)
class Topic:
    """One register of one agency; ``fields``: name → text, date, date? or list; ``key``: id_number or credit_code."""

    agency: str
    name: str
    key: str
    fields: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The name a writer uses: ``police.death``."""
        return f"{self.agency}.{self.name}"

    def accepts_key(self, key: object) -> bool:
        """Tell whether ``key`` has the form of an id number or credit code."""
        return isinstance(key, str) and _KEYS[self.key].fullmatch(key) is not None

    def complaint(self, row: Mapping[str, Any]) -> str:
        """Say what is wrong with a row; empty when nothing is."""
        if row.keys() != self.fields.keys():
            return f"字段应为 {sorted(self.fields)}，实为 {sorted(row)}"
        wrong = [name for name, kind in self.fields.items() if not _fits(row[name], kind)]
        return f"字段 {wrong} 的值不对" if wrong else ""


def _fits(value: Any, kind: str) -> bool:
    if kind.endswith("?") and value is None:
        return True
    if kind == "list":
        return isinstance(value, list)
    return isinstance(value, str) and (not kind.startswith("date") or _DATE.fullmatch(value) is not None)


_ALL = (
    Topic(
        "police",
        "household",
        "id_number",
        {"household_no": "text", "address": "text", "hukou": "text", "members": "list"},
    ),
    Topic("police", "death", "id_number", {"died_on": "date", "certificate_no": "text"}),
    Topic("police", "photo_hash", "id_number", {"algorithm": "text", "hash": "text", "taken_on": "date"}),
    Topic("civil", "cremation", "id_number", {"cremated_on": "date", "place": "text", "certificate_no": "text"}),
    Topic("civil", "low_income", "id_number", {"category": "text", "since": "date", "until": "date?"}),
    Topic(
        "market",
        "firm_status",
        "credit_code",
        {"name": "text", "status": "text", "legal_person": "text", "registered_on": "date", "closed_on": "date?"},
    ),
    Topic("market", "legal_representative", "id_number", {"firms": "list"}),
)

TOPICS: Mapping[str, Topic] = {topic.kind: topic for topic in _ALL}
AGENCIES: Mapping[str, str] = {
    "police": "公安机关（模拟）",
    "civil": "民政部门（模拟）",
    "market": "市场监督管理部门（模拟）",
}

"""A report as blocks: headings, paragraphs, tables, charts, numbered as they come; one form for PDF and Word.

A number in a text carries ``⟦n⟧``: the n-th source in the annex, with definition version and data cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

CHINESE: Final = "一二三四五六七八九十"
Block = dict[str, Any]


@dataclass(slots=True)
class Blocks:
    """Blocks in the order they are added."""

    found: list[Block] = field(default_factory=list)
    chapter: int = 0
    section: int = 0
    tables: int = 0
    charts: int = 0

    def h1(self, text: str) -> None:
        """Begin a chapter: 一、…"""
        self.chapter, self.section = self.chapter + 1, 0
        self.found.append({"kind": "h1", "text": f"{CHINESE[self.chapter - 1]}、{text}"})

    def h2(self, text: str) -> None:
        """Begin a section: （一）…"""
        self.section += 1
        self.found.append({"kind": "h2", "text": f"（{CHINESE[self.section - 1]}）{text}"})

    def annex(self, text: str) -> None:
        """Begin an annex on a new page."""
        self.found.append({"kind": "annex", "text": text})

    def p(self, text: str) -> None:
        """Add a paragraph."""
        self.found.append({"kind": "p", "text": text})

    def table(
        self,
        title: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        lights: Sequence[str] = (),
        numbers: Sequence[int] = (),
        note: str = "",
    ) -> None:
        """Add a table. ``lights`` colours the last column row by row, ``numbers`` are columns set to the right."""
        self.tables += 1
        self.found.append(
            {
                "kind": "table", "title": f"表{self.tables}　{title}", "headings": list(headings),
                "rows": [list(row) for row in rows], "widths": list(widths), "lights": list(lights),
                "numbers": list(numbers), "note": note,
            }
        )  # fmt: skip

    def chart(self, title: str, svg: str, description: str, *, note: str = "") -> None:
        """Add a picture with what it shows in words."""
        self.charts += 1
        self.found.append(
            {
                "kind": "chart",
                "title": f"图{self.charts}　{title}",
                "svg": svg,
                "description": description,
                "note": note,
            }
        )


@dataclass(slots=True)
class Sources:
    """The sources of the numbers, numbered as they are first used."""

    rows: list[dict[str, str]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def mark(self, key: str, row: dict[str, str]) -> str:
        """Give ``⟦n⟧`` for a source, adding it where it is new."""
        if key not in self.numbers:
            self.rows.append(row)
            self.numbers[key] = len(self.rows)
        return f"⟦{self.numbers[key]}⟧"

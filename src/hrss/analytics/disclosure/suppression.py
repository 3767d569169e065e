"""Primary and complementary suppression in a two-way table with its totals.

A reader knows the totals that are shown, that a hidden count is at least one (zeros are shown), and that rows and
columns add up. A hidden count is safe when another table fits all of that with another value in its place. The table
with its margins is a network: rows and columns are nodes, entries are edges, and a count can be another exactly when
one unit can go round a circle of hidden entries. Where it cannot, the cheapest circle is hidden as well.

It refuses nothing: in the worst case the totals themselves are hidden.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

K = 10  # 少于 10 人的格子不公开

Node = tuple[str, int]
Entry = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown: counts, with None for a hidden one; the same for the margins and the grand total."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None

    @property
    def hidden(self) -> int:
        """Number of counts that are not shown, margins included."""
        return sum(value is None for row in (*self.cells, self.row_totals, self.column_totals) for value in row) + (
            self.total is None
        )


def protect(counts: Sequence[Sequence[int]], *, k: int = K, people: Mapping[Entry, int] | None = None) -> Shown:
    """Hide what must be hidden in a table of counts (rows of equal length, none negative).

    A table of one column is a list with a total: each count is hidden together with its equal, the row's total.
    ``people`` says how many different people are behind an entry (margins under the last row and column number), where
    that is fewer than the rows counted: then theirs is the number that must not be small.
    """
    table = _Table(counts)
    behind = people or {}
    table.hide(entry for entry, value in table.entries() if 0 < min(value, behind.get(entry, value)) < k)
    open_question = True
    while open_question:
        open_question = False
        for entry in sorted(table.hidden):
            if not table.can_differ(entry):
                table.hide(table.cheapest_circle(entry))
                open_question = True
    return table.shown()


class _Table:
    """A table with its margins: row ``rows`` and column ``columns`` are the totals.

    In ``y`` = count inside and for the grand total, minus count for the margins, every row and every column adds up to
    zero: so a unit moves along a circle of entries, up and down in turn.
    """

    def __init__(self, counts: Sequence[Sequence[int]]) -> None:
        self.rows, self.columns = len(counts), len(counts[0]) if counts else 0
        self.values: dict[Entry, int] = {}
        for i, row in enumerate(counts):
            for j, value in enumerate(row):
                for entry in ((i, j), (i, self.columns), (self.rows, j), (self.rows, self.columns)):
                    self.values[entry] = self.values.get(entry, 0) + value
        self.hidden: set[Entry] = set()

    def entries(self) -> Iterator[tuple[Entry, int]]:
        return iter(self.values.items())

    def hide(self, entries: Iterable[Entry]) -> None:
        self.hidden.update(entries)

    def can_differ(self, entry: Entry) -> bool:
        """Tell whether a reader could think of another value for a hidden entry."""
        return any(self._path(entry, up, only_hidden=True) is not None for up in (True, False))

    def cheapest_circle(self, entry: Entry) -> list[Entry]:
        """Give the entries to hide so that this one can differ: those of the least sum of counts."""
        paths = [self._path(entry, up, only_hidden=False) for up in (True, False)]
        found = [path for path in paths if path is not None]
        return min(found, key=lambda path: path[0])[1]

    def shown(self) -> Shown:
        def value(i: int, j: int) -> int | None:
            return None if (i, j) in self.hidden else self.values.get((i, j), 0)

        inside, across = range(self.rows), range(self.columns)
        return Shown(
            tuple(tuple(value(i, j) for j in across) for i in inside),
            tuple(value(i, self.columns) for i in inside),
            tuple(value(self.rows, j) for j in across),
            value(self.rows, self.columns),
        )

    def _may_move(self, entry: Entry, up: bool) -> bool:
        """Tell whether ``y`` of an entry can go up or down by one with its count staying at least one."""
        is_margin = (entry[0] == self.rows) != (entry[1] == self.columns)
        count_rises = up != is_margin
        return self.values[entry] > 0 and (count_rises or self.values[entry] > 1)

    def _path(self, entry: Entry, up: bool, *, only_hidden: bool) -> tuple[int, list[Entry]] | None:
        """Find the cheapest circle that moves ``entry`` up (or down): from its row to its column, moves in turn."""
        if not self._may_move(entry, up):
            return None
        goal: Node = ("column", entry[1])
        queue: list[tuple[int, int, Node, list[Entry]]] = [(0, 0, ("row", entry[0]), [])]
        settled: set[Node] = set()
        pushed = 0
        while queue:
            cost, _, node, path = heapq.heappop(queue)
            if node == goal:
                return cost, path
            if node in settled:
                continue
            settled.add(node)
            rises = up if node[0] == "column" else not up
            for edge, following in self._edges(node):
                hidden = edge in self.hidden
                if edge == entry or following in settled or (only_hidden and not hidden):
                    continue
                if self._may_move(edge, rises):
                    pushed += 1
                    step = 0 if hidden else self.values[edge]
                    heapq.heappush(queue, (cost + step, pushed, following, [*path, edge]))
        return None

    def _edges(self, node: Node) -> Iterator[tuple[Entry, Node]]:
        kind, number = node
        if kind == "row":
            yield from (((number, j), ("column", j)) for j in range(self.columns + 1))
        else:
            yield from (((i, number), ("row", i)) for i in range(self.rows + 1))

"""Which member of staff did which step of a case: by function, level and place, never one of the applicant's family."""

from __future__ import annotations

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County

NOBODY = -1


class Clerks:
    """The staff as a table: rows of the frame ``staff`` by function and township (or county and line)."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._households = county.column("persons", "household")
        self._staff_person = county.column("staff", "person")

    def choose(
        self, function: str, level: str, line: str, townships: draws.Ints, applicants: draws.Ints, luck: draws.Ints
    ) -> draws.Ints:
        """Give a row of the staff for every case; NOBODY where all who could are relatives of the applicant."""
        table = self._table(function, level, line)
        seats = table[townships if level == "township" else np.zeros(len(townships), dtype=np.int64)]
        width = (seats >= 0).sum(axis=1)
        chosen = np.full(len(townships), NOBODY, dtype=np.int64)
        for turn in range(seats.shape[1]):
            row = np.take_along_axis(seats, ((luck + turn) % np.maximum(width, 1))[:, None], axis=1)[:, 0]
            fits = (chosen == NOBODY) & (row >= 0) & ~self._related(row, applicants)
            chosen = np.where(fits, row, chosen)
        return chosen

    def agents(self) -> draws.Ints:
        """Give the row of the agent of every village, NOBODY where there is none."""
        agents = np.full(len(self._county["villages"]), NOBODY, dtype=np.int64)
        rows = self._county["staff"].with_row_index("row").filter(pl.col("village") >= 0)
        agents[rows["village"].to_numpy()] = rows["row"].to_numpy()
        return agents

    def _related(self, rows: draws.Ints, applicants: draws.Ints) -> draws.Bools:
        homes = self._households[self._staff_person[np.maximum(rows, 0)]]
        theirs = np.where(applicants >= 0, self._households[np.maximum(applicants, 0)], -2)
        return np.asarray(homes == theirs)

    def _table(self, function: str, level: str, line: str) -> draws.Ints:
        staff = self._county["staff"].with_row_index("row").filter(pl.col("function") == function)
        if level == "township":
            places = staff.filter(pl.col("township") >= 0, pl.col("village") < 0)["township"].to_list()
            rows = staff.filter(pl.col("township") >= 0, pl.col("village") < 0)["row"].to_list()
        else:
            here = staff.filter(pl.col("township") < 0, pl.col("line").is_in([line, "*"]))
            places, rows = [0] * len(here), here["row"].to_list()
        return _as_table(places, rows, len(self._county["townships"]))


def _as_table(places: list[int], rows: list[int], count: int) -> draws.Ints:
    lists: list[list[int]] = [[] for _ in range(count)]
    for place, row in zip(places, rows, strict=True):
        lists[place].append(row)
    width = max(1, *(len(one) for one in lists))
    return np.array([one + [-1] * (width - len(one)) for one in lists], dtype=np.int64)

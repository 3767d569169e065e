"""Rows come in chunks, each once and in order, whatever the last chunk holds."""

from __future__ import annotations

import pytest

from hrss.funds.payruns import chunks as chunked

NUMBERS = "SELECT n FROM generate_series(1, %s::int) AS n WHERE n > %s ORDER BY n LIMIT %s"


@pytest.mark.django_db
@pytest.mark.parametrize(("many", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])])
def test_every_row_comes_once(monkeypatch: pytest.MonkeyPatch, many: int, sizes: list[int]) -> None:
    monkeypatch.setattr(chunked, "CHUNK", 3)
    found = list(chunked.chunks(NUMBERS, many))
    assert [len(rows) for rows in found] == sizes
    assert [row[0] for rows in found for row in rows] == list(range(1, many + 1))

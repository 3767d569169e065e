"""SQL of an earlier migration with a few lines changed: the rest is said once, and a change that misses is an error."""

from __future__ import annotations

from collections.abc import Mapping


def revised(sql: str, changes: Mapping[str, str]) -> str:
    """Give ``sql`` with each old text replaced. Raises ValueError for one that does not stand in it exactly once."""
    for old, new in changes.items():
        if sql.count(old) != 1:
            raise ValueError(f"stands {sql.count(old)} times in the earlier SQL: {old!r}")
        sql = sql.replace(old, new)
    return sql


def function(sql: str, name: str) -> str:
    """Cut one function out of the SQL of a migration, so that it may be made again. Raises ValueError without it."""
    start = sql.index(f"CREATE FUNCTION {name}(")
    end = sql.index("$$;", sql.index("$$", start) + 2) + len("$$;")
    return sql[start:end].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)

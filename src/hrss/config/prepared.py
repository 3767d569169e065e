"""Whether a database is prepared for this very program: then a second start need not look at every step again.

The mark is a digest of program, locks, packs, keys and wanted size; it stands as the comment of the database itself,
so another database, or one restored from elsewhere, has none and is prepared as ever. It refuses nothing: without a
mark, or without the right to write one, everything is prepared.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

from hrss.config.environment import PROJECT, Address, Home

_PREFIX = "hrss prepared "
_READ_BY_STEPS = frozenset({".py", ".yaml", ".csv", ".json", ".typ"})
_READ = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"


def mark_of(home: Home, scale: float, *, project: Path = PROJECT) -> str:
    """Give the mark of this program on this data folder."""
    program = [path for path in (project / "src" / "hrss").rglob("*") if path.suffix in _READ_BY_STEPS]
    beside = [*(project / "packs").rglob("*"), *home.keys.rglob("*"), *project.glob("requirements*.lock")]
    digest = hashlib.sha256(f"{scale}".encode())
    for path in sorted([*program, *beside]):
        if path.is_file():
            digest.update(f"{path}\0".encode() + path.read_bytes())
    return _PREFIX + digest.hexdigest()


def is_prepared(owner: Address, mark: str) -> bool:
    """Tell whether the database carries this mark."""
    with psycopg.connect(owner.conninfo(), autocommit=True, connect_timeout=10) as connection:
        return connection.execute(_READ).fetchone() == (mark,)


def note(owner: Address, mark: str) -> None:
    """Write the mark, after everything was prepared."""
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(owner.name), sql.Literal(mark))
    with psycopg.connect(owner.conninfo(), autocommit=True, connect_timeout=10) as connection:
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return

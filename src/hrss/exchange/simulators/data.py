"""The register file of a simulated agency: one SQLite table per topic, key → JSON.

``write`` is what the demo county calls, again whenever something happened (somebody died); a running simulator sees it
at once. It refuses unknown topics, malformed keys and rows that do not have the topic's fields.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from hrss.exchange.simulators.topics import TOPICS, Topic

_PAGE = 500


def write(kind: str, rows: Iterable[tuple[str, Mapping[str, Any]]], path: Path) -> int:
    """Write rows ``(key, fields)`` of ``kind`` (``police.death``) into the register at ``path``; gives their number.

    Keys are id numbers (18 characters) or credit codes; a row with a known key replaces the old one. All or nothing:
    the first wrong row raises ``ValueError`` (without showing the key) and nothing is written.
    """
    topic = _topic(kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        database.execute(f"CREATE TABLE IF NOT EXISTS {topic.name} (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        statement = f"INSERT OR REPLACE INTO {topic.name} VALUES (?, ?)"  # noqa: S608 - the name comes from TOPICS
        return database.executemany(statement, _encoded(topic, rows)).rowcount


def ensure_register(agency: str, path: Path) -> None:
    """Make an empty register where there is none yet: an agency nobody gave data has nothing on record."""
    if not path.exists():
        for topic in TOPICS.values():
            if topic.agency == agency:
                write(topic.kind, (), path)


def remove(kind: str, keys: Iterable[str], path: Path) -> int:
    """Take rows off a register (an erroneous entry was cancelled); gives how many there were."""
    topic = _topic(kind)
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        statement = f"DELETE FROM {topic.name} WHERE key = ?"  # noqa: S608 - the name comes from TOPICS
        return database.executemany(statement, ((key,) for key in keys)).rowcount


class Register:
    """Read access to a register file, for one thread; a file that is no register is a ``ValueError``."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
        try:
            self._database.execute("SELECT 1 FROM sqlite_master")
        except sqlite3.DatabaseError:
            self._database.close()
            raise ValueError(f"{path} 不是登记簿文件") from None

    def find(self, topic: Topic, keys: Sequence[str]) -> dict[str, Any]:
        """Give the rows of those keys that are on the register; a topic nobody wrote yet has none."""
        if not self._has(topic):
            return {}
        found: dict[str, Any] = {}
        for start in range(0, len(keys), _PAGE):
            part = keys[start : start + _PAGE]
            marks = ",".join("?" * len(part))
            statement = f"SELECT key, value FROM {topic.name} WHERE key IN ({marks})"  # noqa: S608 - placeholders only
            found.update((key, json.loads(value)) for key, value in self._database.execute(statement, part))
        return found

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _has(self, topic: Topic) -> bool:
        statement = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self._database.execute(statement, (topic.name,)).fetchone() is not None


def _topic(kind: str) -> Topic:
    if kind not in TOPICS:
        raise ValueError(f"没有登记簿 {kind!r}；有 {sorted(TOPICS)}")
    return TOPICS[kind]


def _encoded(topic: Topic, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, str]]:
    for number, (key, row) in enumerate(rows, start=1):
        if not topic.accepts_key(key):
            raise ValueError(f"{topic.kind} 第 {number} 行：键应为{topic.key}")
        complaint = topic.complaint(row)
        if complaint:
            raise ValueError(f"{topic.kind} 第 {number} 行：{complaint}")
        yield key, json.dumps(row, ensure_ascii=False, separators=(",", ":"))

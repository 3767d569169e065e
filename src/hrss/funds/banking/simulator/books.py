"""The bank's own books: batches taken, lines paid, accounts that are wrong. One SQLite file in the exchange folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS batch (number TEXT PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS line (
  batch TEXT, ordinal INTEGER, account TEXT, fen INTEGER, answer TEXT, PRIMARY KEY (batch, ordinal));
CREATE TABLE IF NOT EXISTS account (number TEXT PRIMARY KEY, answer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS quirk (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS collected (reference TEXT PRIMARY KEY, fen INTEGER, channel_reference TEXT);
"""


class Books:
    """What the bank knows; every change is one transaction."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = folder / "bank.sqlite"
        with self._open() as connection:
            connection.executescript(_TABLES)

    def set_answer(self, account: str, answer: str) -> None:
        """Have the bank answer ``wrong_account``, ``closed_account``, ``name_mismatch`` or ``paid``."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO account VALUES (?, ?)", (account, answer))

    def set_quirk(self, name: str, *, on: bool = True) -> None:
        """Turn a fault on or off: ``silent``, ``forgets_a_line``, ``changes_an_amount``, ``adds_a_line``."""
        with self._open() as connection:
            connection.execute("DELETE FROM quirk WHERE name = ?", (name,))
            if on:
                connection.execute("INSERT INTO quirk VALUES (?)", (name,))

    def quirks(self) -> frozenset[str]:
        """Give the faults that are on."""
        with self._open() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT name FROM quirk"))

    def wrong_accounts(self) -> dict[str, str]:
        """Give the accounts that are not paid, with the answer."""
        with self._open() as connection:
            return dict(connection.execute("SELECT number, answer FROM account"))

    def taken(self, number: str) -> str | None:
        """Give the digest of a batch taken before, None for a new one."""
        with self._open() as connection:
            row = connection.execute("SELECT digest FROM batch WHERE number = ?", (number,)).fetchone()
        return str(row[0]) if row else None

    def pay(self, number: str, digest: str, lines: Iterable[tuple[int, str, int, str]]) -> None:
        """Book a batch with its lines (ordinal, account, fen, answer), whole."""
        with self._open() as connection:
            connection.execute("INSERT INTO batch VALUES (?, ?)", (number, digest))
            rows = ((number, *line) for line in lines)
            connection.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?)", rows)

    def lines(self, number: str) -> list[tuple[int, str, int, str]]:
        """Give what was booked for a batch."""
        with self._open() as connection:
            query = "SELECT ordinal, account, fen, answer FROM line WHERE batch = ? ORDER BY ordinal"
            return list(connection.execute(query, (number,)))

    def paid_into(self, account: str) -> list[int]:
        """Give every amount that reached an account."""
        with self._open() as connection:
            query = "SELECT fen FROM line WHERE account = ? AND answer = 'paid' ORDER BY batch, ordinal"
            return [int(row[0]) for row in connection.execute(query, (account,))]

    def collect(self, reference: str, fen: int, channel_reference: str) -> str:
        """Take somebody's payment once per reference; gives the channel's reference, the old one for a repeat."""
        with self._open() as connection:
            row = (reference, fen, channel_reference)
            connection.execute("INSERT OR IGNORE INTO collected VALUES (?, ?, ?)", row)
            found = connection.execute("SELECT channel_reference FROM collected WHERE reference = ?", (reference,))
            return str(found.fetchone()[0])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=30)) as connection, connection:
            yield connection

"""One connection to PostgreSQL as the busiest pages use it: prepared statements, several in one round trip.

It stands beside psycopg's own cursors on the same connection and keeps the order: what was put off (BEGIN with who
acts, events of reads) goes out before whatever comes next, a cursor's statement included, and with COMMIT at the
latest. While a page is drawn after COMMIT was sent it refuses every statement (``docs/adr/0050``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
import psycopg
from psycopg import pq
from psycopg.adapt import AdaptersMap, PyFormat, Transformer
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.json import set_json_loads
from psycopg.types.string import TextLoader

Asked = tuple[bytes, Sequence[Any]]

_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_IDLE, _IN_TRANSACTION = pq.TransactionStatus.IDLE, pq.TransactionStatus.INTRANS
_BEGIN: Asked = (b"BEGIN", ())
_COMMIT: Asked = (b"COMMIT", ())
_MOST = 400


def wire_of(raw: Any) -> Wire:
    """Give the wire of a psycopg connection; it goes with the connection."""
    try:
        found: Wire = raw.hrss_wire
    except AttributeError:
        found = raw.hrss_wire = Wire(raw)
    return found


class _Reading:
    """How values are read: as Django has it, except that moments are read by psycopg itself (UTC, ten times faster),
    and JSON by orjson."""

    def __init__(self, raw: Any) -> None:
        self.connection = raw
        self.adapters = AdaptersMap(raw.adapters)
        self.adapters.register_loader("timestamptz", TimestamptzLoader)
        set_json_loads(orjson.loads, self)
        self.adapters.register_loader("jsonb", TextLoader)  # as Django has it


class Ticket:
    """A statement that goes out with the next round trip; ``result`` is there after it."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.result: pq.abc.PGresult | None = None


class Wire:
    """See the module. ``put_off`` holds what goes out before the next statement."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.pgconn: pq.abc.PGconn = raw.pgconn
        self.transformer = Transformer(_Reading(raw))
        self.put_off: list[Ticket] = []
        self.is_hushed = False
        self._names: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self._made = 0
        self._under_way = 0

    def begin(self, first: Asked) -> None:
        """Open a transaction, with its first statement, at the next round trip."""
        self.put_off = [Ticket(_BEGIN), Ticket(first)]

    def ask(self, asked: Sequence[Asked]) -> list[pq.abc.PGresult]:
        """Run statements, and before them what was put off, in one round trip; give the results of ``asked``."""
        if self.is_hushed:
            raise RuntimeError("a page asks the database while it is drawn, after its transaction was settled")
        before = self._before()
        if not before and len(asked) == 1:
            return [self._ask_one(*asked[0])]
        self._send([*(one.asked for one in before), *asked])
        answers = self._answers()
        for ticket, answer in zip(before, answers, strict=False):
            ticket.result = answer
        return answers[len(before) :]

    def catch_up(self) -> None:
        """Send what was put off: a cursor of psycopg is about to be used."""
        if self.put_off or self.is_hushed:
            self.ask(())

    def settle(self) -> None:
        """Send what was put off and COMMIT, and do not wait; nothing where no transaction is open."""
        if self._is_open():
            self._send([*(one.asked for one in self._before()), _COMMIT])

    def finish(self) -> None:
        """End the transaction: wait for a COMMIT that is under way, or send what was put off and COMMIT."""
        if not self._under_way:
            self.settle()
        if self._under_way and self._answers()[-1].command_status != b"COMMIT":
            raise psycopg.InternalError("the transaction was rolled back instead of committed")

    def drop(self) -> None:
        """Forget what was put off, and wait for what is under way: the transaction is rolled back."""
        self.put_off = []
        if self._under_way:
            self._answers()

    def rows_of(self, result: pq.abc.PGresult | None) -> list[tuple[Any, ...]]:
        """Give the rows of a result as Python values."""
        if result is None:
            raise RuntimeError("the transaction ended before this was asked")
        self.transformer.set_pgresult(result)
        return self.transformer.load_rows(0, result.ntuples, tuple)

    def _is_open(self) -> bool:
        """Tell whether there is a transaction to end; one that was put off and never used is dropped."""
        if len(self.put_off) == 2 and self.put_off[0].asked is _BEGIN:
            self.put_off = []
        return bool(self.put_off) or self.pgconn.transaction_status == _IN_TRANSACTION

    def _before(self) -> list[Ticket]:
        put_off, self.put_off = self.put_off, []
        begins = bool(put_off) and put_off[0].asked is _BEGIN
        if not begins and not self.raw.autocommit and self.pgconn.transaction_status == _IDLE:
            return [Ticket(_BEGIN), *put_off]
        return put_off

    def _ask_one(self, query: bytes, values: Sequence[Any]) -> pq.abc.PGresult:
        name, dumped, formats = self._bound(query, values)
        return self._checked(self.pgconn.exec_prepared(name, dumped, formats))

    def _send(self, asked: Sequence[Asked]) -> None:
        bound = [self._bound(*one) for one in asked]
        self.pgconn.enter_pipeline_mode()
        self._under_way = len(bound)
        for one in bound:
            self.pgconn.send_query_prepared(*one)
        self.pgconn.pipeline_sync()

    def _answers(self) -> list[pq.abc.PGresult]:
        """Read every answer up to the end of the pipeline, then raise the first that is an error."""
        pgconn, expected, self._under_way = self.pgconn, self._under_way, 0
        answers: list[pq.abc.PGresult] = []
        while len(answers) <= expected:
            answer = pgconn.get_result()
            if answer is not None:
                answers.append(answer)
            elif pgconn.status == pq.ConnStatus.BAD:
                raise psycopg.OperationalError(pgconn.get_error_message())
        pgconn.exit_pipeline_mode()
        return [self._checked(answer) for answer in answers[:-1]]

    def _bound(self, query: bytes, values: Sequence[Any]) -> tuple[bytes, Sequence[Any], Any]:
        """Give name, values and formats of a statement; it is planned now when it is new on this connection."""
        dumped = self.transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
        key = (query, tuple(self.transformer.types or ()))
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._prepared(*key)
        return name, dumped, self.transformer.formats

    def _prepared(self, query: bytes, types: tuple[int, ...]) -> bytes:
        if len(self._names) >= _MOST:
            self._checked(self.pgconn.exec_(b"DEALLOCATE " + self._names.pop(next(iter(self._names)))))
        self._made += 1
        name = b"hrss_%d" % self._made
        self._checked(self.pgconn.prepare(name, query, types))
        return name

    def _checked(self, result: pq.abc.PGresult) -> pq.abc.PGresult:
        """Give the result, or raise what psycopg would raise."""
        if result.status in _GOOD:
            return result
        if self.pgconn.status == pq.ConnStatus.BAD:
            raise psycopg.OperationalError(self.pgconn.get_error_message())
        raise psycopg.errors.error_from_result(result)

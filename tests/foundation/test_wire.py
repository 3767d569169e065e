"""The wire keeps the order: what was put off goes out before the next statement, and nothing after COMMIT was sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import DataError, OperationalError, ProgrammingError

from hrss.foundation import audit
from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting, hot, settled
from hrss.foundation.scope.wire import wire_of
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor

SYSTEM = system_actor("tests.wire")
KIND = "SELECT current_setting('hrss.kind', true)"


def officer() -> Actor:
    post = PostRef("p1", Function.HANDLER, "*", "500236001")
    return Actor(ActorKind.STAFF, account=uuid4(), person=uuid4(), name="测试", posts=(post,), purpose="case")


def events(action: str) -> int:
    with acting(SYSTEM):
        return Event.objects.filter(action=action).count()


@pytest.fixture
def trips(real_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Count the statements of each round trip of the wire."""
    connection.ensure_connection()
    wire, seen = wire_of(connection.connection), []
    send, one = wire._send, wire._ask_one
    monkeypatch.setattr(wire, "_send", lambda asked: (seen.append(len(asked)), send(asked))[1])
    monkeypatch.setattr(wire, "_ask_one", lambda *asked: (seen.append(1), one(*asked))[1])
    yield seen


@pytest.mark.usefixtures("real_db")
def test_a_page_that_reads_is_two_round_trips(trips: list[int]) -> None:
    with acting(officer()) as actor:
        soon = hot.soon("SELECT %s::int + 1", [1])
        assert hot.fetch(KIND, []) == [("staff",)]
        assert soon() == [(2,)]
        audit.read(actor, person_id=uuid4(), what="tests.look")
        with settled():
            pass
    assert trips == [4, 2]  # BEGIN, who acts, two questions; event, COMMIT
    assert events("tests.look") == 1


@pytest.mark.usefixtures("real_db")
def test_a_transaction_that_asks_nothing_is_never_opened(trips: list[int]) -> None:
    with acting(officer()), settled():
        pass
    assert trips == []


@pytest.mark.usefixtures("real_db")
def test_statements_of_the_orm_go_out_after_what_was_put_off() -> None:
    with acting(officer()), connection.cursor() as cursor:
        cursor.execute(KIND)
        assert cursor.fetchone() == ("staff",)
    with connection.cursor() as cursor, acting(officer()) as actor:  # a cursor made before the transaction
        cursor.execute(KIND)
        assert cursor.fetchone() == ("staff",)
        audit.record(actor, "tests.kept")
        with transaction.atomic():
            audit.record(actor, "tests.undone")
            transaction.set_rollback(True)
    assert (events("tests.kept"), events("tests.undone")) == (1, 0)


@pytest.mark.usefixtures("real_db")
def test_an_exception_takes_the_event_back() -> None:
    with pytest.raises(ZeroDivisionError), acting(officer()) as actor:
        audit.record(actor, "tests.lost")
        raise ZeroDivisionError
    assert events("tests.lost") == 0
    assert hot.fetch("SELECT 1", []) == [(1,)]


@pytest.mark.usefixtures("real_db")
def test_nothing_can_be_asked_while_a_page_is_drawn() -> None:
    for ask in (lambda: hot.fetch("SELECT 1", []), lambda: Event.objects.count()):
        with acting(officer()) as actor:
            audit.read(actor, person_id=uuid4(), what="tests.drawn")
            with pytest.raises(RuntimeError, match="while it is drawn"), settled():
                ask()
    assert events("tests.drawn") == 2  # the look happened: its event stands even where drawing failed


@pytest.mark.django_db
def test_inside_another_transaction_nothing_is_sent_early_and_drawing_asks_nothing_either() -> None:
    with acting(officer()) as actor:
        audit.read(actor, person_id=uuid4(), what="tests.inside")
        with pytest.raises(RuntimeError), settled():
            hot.fetch("SELECT 1", [])
        assert connection.in_atomic_block
    assert events("tests.inside") == 1


@pytest.mark.usefixtures("real_db")
def test_a_commit_that_fails_fails_the_page() -> None:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE wire_late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(Exception, match="wire_late"), acting(SYSTEM):
        hot.run("INSERT INTO wire_late VALUES (1)", [])
        hot.run("INSERT INTO wire_late VALUES (1)", [])
        with settled():
            pass
    assert hot.fetch("SELECT count(*) FROM wire_late", []) == [(0,)]


@pytest.mark.usefixtures("real_db")
def test_errors_are_those_of_django_and_the_connection_lives_on() -> None:
    with pytest.raises(ProgrammingError):
        hot.fetch("SELECT nothing_like_it", [])
    with pytest.raises(DataError):
        hot.together(("SELECT 1", []), ("SELECT 1 / %s::int", [0]), ("SELECT 2", []))
    assert hot.together(("SELECT 1", []), ("SELECT 2", [])) == [[(1,)], [(2,)]]
    with acting(SYSTEM):
        with pytest.raises(DataError), transaction.atomic():
            hot.fetch("SELECT 1 / %s::int", [0])
        assert hot.fetch(KIND, []) == [("system",)]


@pytest.mark.usefixtures("real_db")
def test_a_connection_that_was_cut_says_so() -> None:
    (pid,) = hot.fetch("SELECT pg_backend_pid()", [])[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    with pytest.raises(OperationalError):
        for _ in range(50):
            hot.together(("SELECT pg_sleep(0.01)", []), ("SELECT 1", []))
    connection.close()
    assert hot.fetch("SELECT 1", []) == [(1,)]


@pytest.mark.usefixtures("real_db")
def test_an_aborted_transaction_is_not_called_committed() -> None:
    with pytest.raises((InternalError, DataError)), acting(SYSTEM):
        with suppress(DataError):
            hot.fetch("SELECT 1 / %s::int", [0])
        audit.record(SYSTEM, "tests.aborted")


def test_names_become_places() -> None:
    assert hot.numbered("SELECT %(a)s, %(b)s, %(a)s, '%%'") == (b"SELECT $1, $2, $1, '%'", ("a", "b"))
    assert hot.numbered("SELECT %s, %s") == (b"SELECT $1, $2", ())

"""Messages: with their transaction, once to each subscriber, parked when poisonous."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

from hrss.foundation.audit import record
from hrss.foundation.audit.models import Event
from hrss.foundation.jobs.board import board
from hrss.foundation.jobs.services import retry_delivery
from hrss.foundation.jobs.worker import run_waiting
from hrss.foundation.outbox import announce, subscribe
from hrss.foundation.outbox.announcing import SUBSCRIBERS
from hrss.foundation.outbox.delivery import ATTEMPTS, deliver_waiting, sweep
from hrss.foundation.outbox.models import Delivery, Message
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, system_actor
from hrss.kernel.problem import Problem

STAFF = Actor(ActorKind.STAFF, account=uuid4(), name="张办", purpose="query")


@pytest.fixture(autouse=True)
def subscribers() -> Iterator[None]:
    before = {topic: dict(known) for topic, known in SUBSCRIBERS.items()}
    SUBSCRIBERS.clear()
    yield
    SUBSCRIBERS.clear()
    SUBSCRIBERS.update(before)


def states() -> list[tuple[str, int]]:
    with acting(system_actor("test")):
        return list(Delivery.objects.order_by("id").values_list("state", "attempts"))


def due_now() -> None:
    with acting(system_actor("test")), connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_delivery SET due_at = now() - interval '1 second'")


def effects() -> int:
    with acting(system_actor("test")):
        return Event.objects.filter(action="effect").count()


def test_each_subscriber_gets_it_once(real_db: str) -> None:
    got: list[tuple[str, Any, str]] = []
    for name in ("a.one", "b.two"):
        subscribe("person.died", name=name)(lambda body, *, actor, name=name: got.append((name, body, actor.name)))
    person = uuid4()
    with acting(STAFF):
        announce("person.died", {"person": person, "on": "2026-11-01"})
    assert deliver_waiting() == 2
    assert deliver_waiting() == 0
    body = {"person": str(person), "on": "2026-11-01"}
    assert sorted(got) == [("a.one", body, "outbox.a.one"), ("b.two", body, "outbox.b.two")]


def test_what_was_rolled_back_was_never_announced(real_db: str) -> None:
    subscribe("x.y", name="a.one")(lambda body, *, actor: None)
    with pytest.raises(RuntimeError), acting(STAFF):
        announce("x.y", {})
        raise RuntimeError
    assert deliver_waiting() == 0


def test_the_effect_and_the_note_commit_together(real_db: str) -> None:
    fail = [True]

    def take(body: dict[str, Any], *, actor: Actor) -> None:
        record(actor, "effect")
        if fail:
            fail.clear()
            raise RuntimeError("身份证 999236199001011234")

    subscribe("x.y", name="a.one")(take)
    with acting(STAFF):
        announce("x.y", {})
    assert deliver_waiting() == 0
    assert effects() == 0
    with acting(system_actor("test")):
        error = Delivery.objects.get().error
    assert error.startswith("RuntimeError")
    assert "999236" not in error
    assert deliver_waiting() == 0  # it waits
    due_now()
    assert deliver_waiting() == 1
    assert effects() == 1


def test_poison_is_parked_and_others_go_on(real_db: str) -> None:
    got: list[int] = []

    def take(body: dict[str, Any], *, actor: Actor) -> None:
        if body["number"] == 0:
            raise Problem("x.poison", "有毒")
        got.append(body["number"])

    subscribe("x.y", name="a.one")(take)
    with acting(STAFF):
        for number in range(3):
            announce("x.y", {"number": number})
    for _ in range(ATTEMPTS + 2):
        due_now()
        deliver_waiting()
    assert got == [1, 2]
    assert states()[0] == ("parked", ATTEMPTS)
    (parked,) = board().parked_deliveries
    assert (parked.name, parked.title, parked.error) == ("x.y", "a.one", "x.poison：有毒")


def test_a_message_that_kills_its_process_is_parked(real_db: str) -> None:
    """The attempt is counted before the subscriber runs; here the process dies each time."""

    def die(body: dict[str, Any], *, actor: Actor) -> None:
        raise SystemExit

    subscribe("x.y", name="a.one")(die)
    with acting(STAFF):
        announce("x.y", {})
    for _ in range(ATTEMPTS):
        due_now()
        with pytest.raises(SystemExit):
            deliver_waiting()
    due_now()
    assert deliver_waiting() == 0
    assert states() == [("parked", ATTEMPTS + 1)]


def test_an_operator_puts_a_parked_delivery_back(real_db: str) -> None:
    with acting(STAFF):
        subscribe("x.y", name="a.gone")(lambda body, *, actor: None)
        announce("x.y", {})
    take = SUBSCRIBERS["x.y"].pop("a.gone")
    for _ in range(ATTEMPTS):
        due_now()
        deliver_waiting()
    with acting(system_actor("test")):
        delivery = Delivery.objects.get()
    assert delivery.error.startswith("outbox.no_subscriber")
    SUBSCRIBERS["x.y"]["a.gone"] = take
    retry_delivery(delivery.id, actor=STAFF)
    assert deliver_waiting() == 1
    with pytest.raises(Problem, match="没有搁置"):
        retry_delivery(delivery.id, actor=STAFF)


def test_two_deliverers_at_once_deliver_once(real_db: str) -> None:
    subscribe("x.y", name="a.one")(lambda body, *, actor: record(actor, "effect"))
    with acting(STAFF):
        for _ in range(100):
            announce("x.y", {})
    delivered: list[int] = []

    def work() -> None:
        delivered.append(deliver_waiting())
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(delivered) == 100
    assert effects() == 100


def test_a_deliverer_overtaken_after_its_lease_changes_nothing(real_db: str) -> None:
    calls: list[int] = []

    def take(body: dict[str, Any], *, actor: Actor) -> None:
        calls.append(1)
        record(actor, "effect")

    subscribe("x.y", name="a.one")(take)
    with acting(STAFF):
        announce("x.y", {})
    from hrss.foundation.outbox import delivery  # noqa: PLC0415 - its inner steps, to stop between them

    stale = delivery._claim()
    assert stale
    due_now()
    assert deliver_waiting() == 1
    assert delivery._deliver(stale) == 0
    assert (len(calls), effects()) == (1, 1)


def test_a_commit_wakes_the_delivery_once(real_db: str) -> None:
    got: list[int] = []
    subscribe("x.y", name="a.one")(lambda body, *, actor: got.append(body["n"]))
    with acting(STAFF):
        announce("x.y", {"n": 1})
        announce("x.y", {"n": 2})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'outbox.deliver'")
        assert cursor.fetchone() == (1,)
    run_waiting()
    assert got == [1, 2]


def test_staff_can_announce_but_not_read(real_db: str) -> None:
    subscribe("x.y", name="a.one")(lambda body, *, actor: None)
    with acting(STAFF):
        announce("x.y", {"secret": 1})
        assert not Message.objects.exists()
        assert not Delivery.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM outbox_message")
            assert cursor.rowcount == 0
    with acting(system_actor("test")):
        assert Message.objects.count() == 1


def test_refusals(real_db: str) -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        announce("x.y", {})
    with acting(STAFF):
        with pytest.raises(ValueError, match="topic"):
            announce("nothing", {})
        with pytest.raises(TypeError):
            announce("x.y", {"amount": object()})
    subscribe("x.y", name="a.one")(lambda body, *, actor: None)
    with pytest.raises(ValueError, match="twice"):
        subscribe("x.y", name="a.one")(lambda body, *, actor: None)


def test_what_everybody_has_is_forgotten_after_ninety_days(real_db: str) -> None:
    subscribe("x.y", name="a.one")(lambda body, *, actor: None)
    with acting(STAFF):
        announce("x.y", {})
    deliver_waiting()
    with acting(STAFF):
        announce("x.y", {})
    with acting(system_actor("test")), connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_message SET at = at - interval '91 days'")
        cursor.execute("UPDATE outbox_delivery SET done_at = done_at - interval '91 days'")
    sweep()
    assert [state for state, _ in states()] == ["waiting"]
    with acting(system_actor("test")):
        assert Message.objects.count() == 1

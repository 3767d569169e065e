"""The floor every write stands on: scope told to PostgreSQL, events in the transaction, keys once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from hrss.foundation import audit
from hrss.foundation.scope import acting, current_actor
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


def officer(region: str = "500236001", purpose: str = "case") -> Actor:
    post = PostRef("p1", Function.HANDLER, "employment", region)
    return Actor(ActorKind.STAFF, account=uuid4(), person=uuid4(), name="测试", posts=(post,), purpose=purpose)


def scalar(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


@verb("test.touch")
def touch(what: str, *, actor: Actor, fail: bool = False) -> Outcome:
    audit.record(actor, "test.touch", subject_kind="thing", subject_id=what)
    if fail:
        raise Problem("test.failed", "没有办成")
    return Outcome("thing", what, data={"call": str(uuid4())})


@verb("test.silent")
def silent(*, actor: Actor) -> Outcome:
    return Outcome("thing", "1")


@pytest.mark.django_db
def test_application_role_cannot_step_over_rls() -> None:
    assert scalar("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") is False
    assert scalar("SELECT current_user::text") == "hrss_app"


@pytest.mark.django_db
def test_acting_tells_the_database_and_restores() -> None:
    first, second = officer("500236001"), officer("500236002")
    with acting(first):
        assert scalar("SELECT hrss_in_scope('500236001003')") is True
        assert scalar("SELECT hrss_in_scope('500236002003')") is False
        with acting(second):
            assert current_actor() == second
            assert scalar("SELECT hrss_in_scope('500236002003')") is True
        assert scalar("SELECT hrss_in_scope('500236002003')") is False
    assert current_actor() is None


@pytest.mark.django_db
def test_without_an_actor_nothing_is_in_scope() -> None:
    assert scalar("SELECT hrss_in_scope('500236001')") is False


@pytest.mark.django_db
def test_a_verb_without_event_is_refused() -> None:
    with pytest.raises(RuntimeError, match="audit event"):
        silent(actor=officer())


@pytest.mark.django_db
def test_same_key_gives_the_same_answer_once() -> None:
    actor, key = officer(), str(uuid4())
    first = touch("a", actor=actor, key=key)
    assert touch("a", actor=actor, key=key) == first
    with acting(actor):
        assert scalar("SELECT count(*) FROM audit_event WHERE action = 'test.touch'") == 1


@pytest.mark.django_db
def test_same_key_with_other_content_is_a_conflict() -> None:
    actor, key = officer(), str(uuid4())
    touch("a", actor=actor, key=key)
    with pytest.raises(Problem) as refusal:
        touch("b", actor=actor, key=key)
    assert (refusal.value.code, refusal.value.status) == ("idempotency.conflict", 409)


@pytest.mark.django_db
def test_a_failed_call_leaves_the_key_free() -> None:
    actor, key = officer(), str(uuid4())
    with pytest.raises(Problem):
        touch("a", actor=actor, fail=True, key=key)
    assert touch("a", actor=actor, key=key).id == "a"


@pytest.mark.django_db
def test_staff_reads_need_a_purpose() -> None:
    actor = officer(purpose="")
    with acting(actor), pytest.raises(Problem) as refusal:
        audit.read(actor, person_id=uuid4(), what="person.card")
    assert refusal.value.code == "access.no_purpose"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_events_cannot_be_changed_by_the_application(statement: str) -> None:
    actor = officer()
    touch("a", actor=actor)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(actor), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_after_acting_inside_a_foreign_transaction_nobody_acts() -> None:
    with acting(officer("500236001")):
        pass
    assert scalar("SELECT hrss_in_scope('500236001003')") is False

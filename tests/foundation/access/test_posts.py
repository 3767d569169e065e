"""Posts: four steps, four people, families that exclude each other, in verbs and in the database."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from tests.foundation.people.builders import BAIDI, COUNTY, make_person, sql, staff

from hrss.foundation.access import queries
from hrss.foundation.access.actors import actor_of, anonymous
from hrss.foundation.access.models import FUNCTION_TITLES, Post
from hrss.foundation.access.policies import families_exclude, may_act
from hrss.foundation.access.services import (
    apply_for_post,
    approve_post,
    control_post,
    end_all_posts,
    end_post,
    grant_post,
    refuse_post,
    retire_idle,
    substitute_post,
)
from hrss.foundation.identity.models import Account
from hrss.foundation.outbox.models import Message
from hrss.foundation.people.services import merge_persons, sign_change
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, Function, system_actor
from hrss.kernel.problem import Problem

SYSTEM = system_actor("tests")
F = Function


def clerk(name: str = "李芳") -> Account:
    person = make_person(name)
    return Account.objects.create_account(f"u-{person.id}", kind="staff", password=None, person_id=person.id, name=name)


def seat(account: Account, function: Function, *, region: str = BAIDI, line: str = "*") -> Post:
    assert account.person_id
    with acting(SYSTEM):
        return Post.objects.create(
            account=account, person_id=account.person_id, function=function.value, line=line, region_code=region,
            since=timezone.localdate(),
        )  # fmt: skip


def chain() -> tuple[Actor, Actor, Actor, Actor]:
    return (
        staff(F.APPROVER),
        staff(F.INSPECTOR, region=COUNTY),
        staff(F.LEADER, region=COUNTY),
        staff(F.SECURITY_ADMIN, region=COUNTY),
    )


def ask(account: Account, actor: Actor, function: Function = F.HANDLER) -> UUID:
    done = apply_for_post(account.id, actor=actor, function=function, region=BAIDI, line="employment", reason="新进")
    return UUID(done.id)


def test_a_post_takes_four_steps_by_four_people() -> None:
    account, (unit, control, head, security) = clerk(), chain()
    grant = ask(account, unit)
    control_post(grant, actor=control)
    approve_post(grant, actor=head)
    grant_post(grant, actor=security)
    actor = actor_of(account, channel="counter", purpose="counter")
    assert [(post.function, post.line, post.region) for post in actor.posts] == [(F.HANDLER, "employment", BAIDI)]
    assert may_act(actor, F.HANDLER, line="employment", region=f"{BAIDI}200")
    assert not may_act(actor, F.HANDLER, line="insurance", region=BAIDI)
    assert not may_act(actor, F.HANDLER, line="employment", region=COUNTY)
    assert [post.id for post in queries.posts_in_force(region=COUNTY, function="handler")] == [UUID(actor.posts[0].id)]


def test_steps_cannot_be_skipped_swapped_or_done_twice_by_one() -> None:
    account, (unit, control, head, security) = clerk(), chain()
    grant = ask(account, unit)
    for step, actor in ((approve_post, head), (grant_post, security)):
        with pytest.raises(Problem) as caught:
            step(grant, actor=actor)
        assert caught.value.code == "access.grant_state"
    with pytest.raises(Problem) as caught:
        control_post(grant, actor=head)
    assert caught.value.code == "access.no_post"
    control_post(grant, actor=control)
    with pytest.raises(Problem) as caught:
        approve_post(grant, actor=staff(F.LEADER, region=COUNTY, person=unit.person))
    assert caught.value.code == "access.same_person"


def test_nobody_serves_himself() -> None:
    account = clerk()
    own = staff(F.HANDLER, person=account.person_id)
    with pytest.raises(Problem) as caught:
        ask(account, own)
    assert caught.value.code == "access.self_grant"
    grant = ask(account, staff(F.HANDLER))
    with pytest.raises(Problem) as caught:
        control_post(grant, actor=staff(F.INSPECTOR, region=COUNTY, person=account.person_id))
    assert caught.value.code == "access.self_grant"


def test_a_refusal_ends_it() -> None:
    account, (unit, control, _, _) = clerk(), chain()
    grant = ask(account, unit)
    assert [row.id for row in queries.grants_waiting(actor=control)] == [grant]
    with pytest.raises(Problem):
        refuse_post(grant, actor=control, reason=" ")
    refuse_post(grant, actor=control, reason="编制已满")
    with pytest.raises(Problem):
        refuse_post(grant, actor=control, reason="再来")


@pytest.mark.parametrize("one", list(F))
@pytest.mark.parametrize("other", list(F))
def test_the_database_excludes_what_the_policy_excludes(one: Function, other: Function) -> None:
    account = clerk()
    seat(account, one)
    if not families_exclude(one, other):
        seat(account, other)
        return
    with pytest.raises(IntegrityError, match="岗位互斥"), transaction.atomic():
        seat(account, other)


def test_families_are_what_the_rules_say() -> None:
    assert families_exclude(F.HANDLER, F.FINANCE)
    assert families_exclude(F.COUNTER, F.INSPECTOR)
    assert families_exclude(F.SYSTEM_ADMIN, F.AUDIT_ADMIN)
    assert families_exclude(F.LEADER, F.SECURITY_ADMIN)
    assert not families_exclude(F.HANDLER, F.REVIEWER)
    assert not families_exclude(F.LEADER, F.APPROVER)
    assert set(FUNCTION_TITLES) == set(F)


def test_two_records_of_one_natural_person_count_as_one() -> None:
    account, second = clerk("李芳"), clerk("李芳二")
    seat(account, F.HANDLER)
    kept, absorbed = account.person_id, second.person_id
    assert kept
    assert absorbed
    handler, reviewer, inspector, approver = (
        staff(f, region=COUNTY) for f in (F.HANDLER, F.REVIEWER, F.INSPECTOR, F.APPROVER)
    )
    request = UUID(merge_persons(kept, absorbed, actor=handler, reason="重复建档", evidence=["f"]).id)
    for actor in (reviewer, inspector):
        sign_change(request, actor=actor)
    sign_change(request, actor=approver, meeting="会审纪要")
    with pytest.raises(IntegrityError, match="岗位互斥"), transaction.atomic():
        seat(second, F.FINANCE)


def test_the_application_cannot_write_a_post_around_the_steps() -> None:
    account, (unit, *_rest, security) = clerk(), chain()
    grant = ask(account, unit)
    insert = (
        "INSERT INTO access_post (id, account_id, person_id, function, line, region_code, grade, since, grant_id,"
        " ended_reason) VALUES (gen_random_uuid(), %s, %s, 'handler', 'employment', %s, 1, current_date, %s, '')"
    )
    with acting(security):
        for grant_id in (grant, None):
            with pytest.raises(IntegrityError, match="四步"), transaction.atomic():
                sql(insert, account.id, account.person_id, BAIDI, grant_id)
        with pytest.raises(IntegrityError, match="顺序"), transaction.atomic():
            sql("UPDATE access_postgrant SET state = 'granted' WHERE id = %s", grant)
        with pytest.raises(IntegrityError), transaction.atomic():
            sql("UPDATE access_postgrant SET state = 'controlled', controlled_by = person_id WHERE id = %s", grant)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            sql("DELETE FROM access_post")
    post = seat(account, F.HANDLER)
    with acting(security):
        for change in ("region_code = '500236'", "function = 'finance'", "since = since - 1"):
            with pytest.raises(IntegrityError), transaction.atomic():
                sql(f"UPDATE access_post SET {change} WHERE id = %s", post.id)


def test_an_account_of_another_person_or_kind_holds_no_post() -> None:
    account, stranger = clerk(), make_person("别人")
    with acting(SYSTEM), pytest.raises(IntegrityError, match="账号不是这个人"), transaction.atomic():
        Post.objects.create(
            account=account, person=stranger, function="handler", region_code=BAIDI, since=timezone.localdate()
        )


def test_ending_works_at_once_and_makes_room_for_another_family() -> None:
    account = clerk()
    post = seat(account, F.HANDLER)
    end_post(post.id, actor=staff(F.SECURITY_ADMIN, region=COUNTY), reason="调岗")
    assert actor_of(account, channel="counter").posts == ()
    seat(account, F.FINANCE)
    with acting(SYSTEM):
        assert Message.objects.filter(topic="access.posts_ended").count() == 1
        with pytest.raises(IntegrityError, match="不能恢复"), transaction.atomic():
            sql("UPDATE access_post SET ended_at = NULL WHERE id = %s", post.id)
    with pytest.raises(Problem):
        end_post(post.id, actor=staff(F.SECURITY_ADMIN, region=COUNTY), reason="调岗")


def test_a_leaver_loses_everything() -> None:
    account = clerk()
    seat(account, F.HANDLER)
    seat(account, F.REVIEWER)
    assert account.person_id
    done = end_all_posts(account.person_id, actor=staff(F.LEADER, region=COUNTY), reason="离职")
    assert (done.data["posts"], actor_of(account, channel="counter").posts) == (2, ())


def test_standing_in_is_for_days_and_ends_by_itself() -> None:
    owner, other, head = clerk("原岗"), clerk("顶岗"), staff(F.LEADER, region=COUNTY)
    post = seat(owner, F.REVIEWER)
    for days in (0, 8):
        with pytest.raises(Problem) as caught:
            substitute_post(post.id, actor=head, substitute=other.id, days=days, reason="休假")
        assert caught.value.code == "access.days"
    substitute_post(post.id, actor=head, substitute=other.id, days=7, reason="休假")
    assert actor_of(other, channel="counter").holds(F.REVIEWER)
    with acting(SYSTEM):
        row = Post.objects.get(substitute_for=post)
        assert row.until == timezone.localdate() + timedelta(days=6)
        insert = (
            "INSERT INTO access_post (id, account_id, person_id, function, line, region_code, grade, since, until,"
            " substitute_for_id, ended_reason) SELECT gen_random_uuid(), %s, %s, function, line, region_code, grade,"
            " current_date, current_date + 7, id, '' FROM access_post WHERE id = %s"
        )
        with pytest.raises(IntegrityError, match="七天"), transaction.atomic():
            sql(insert, other.id, other.person_id, post.id)
    inspector = clerk("稽核")
    seat(inspector, F.INSPECTOR)
    with pytest.raises(Problem) as caught:
        substitute_post(post.id, actor=head, substitute=inspector.id, days=2, reason="休假")
    assert caught.value.code == "access.families"


def test_idle_accounts_lose_their_posts() -> None:
    idle, used = clerk("闲置"), clerk("在用")
    seat(idle, F.HANDLER)
    seat(used, F.HANDLER)
    Account.objects.filter(id=idle.id).update(created_at=timezone.now() - timedelta(days=31))
    idle.refresh_from_db()
    with pytest.raises(Problem) as caught:
        actor_of(idle, channel="counter")
    assert caught.value.code == "access.idle"
    assert retire_idle(actor=SYSTEM).data["ended"] == 1
    with acting(SYSTEM):
        assert [row.account_id for row in Post.objects.filter(ended_at=None)] == [used.id]


def test_a_closed_account_is_nobody_and_nobody_has_no_rows() -> None:
    account = clerk()
    account.is_active = False
    with pytest.raises(Problem, match="停用"):
        actor_of(account, channel="counter")
    make_person()
    with acting(anonymous(channel="portal")):
        assert sql("SELECT count(*) FROM people_person") == [(0,)]


def test_two_grants_at_the_same_moment_cannot_both_pass(real_db: str, django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        account, start = clerk(), threading.Barrier(4)
        answers: list[str] = []

        def sit_down(function: Function) -> None:
            start.wait()
            try:
                seat(account, function)
                answers.append("ok")
            except IntegrityError as error:
                answers.append("refused" if "岗位互斥" in str(error) else str(error))
            finally:
                connection.close()

        threads = [threading.Thread(target=sit_down, args=(f,)) for f in (F.HANDLER, F.FINANCE, F.DATA, F.INSPECTOR)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert real_db
    assert sorted(answers) == ["ok", "refused", "refused", "refused"]

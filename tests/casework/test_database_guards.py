"""What the database refuses, by direct SQL as the application role: the services are not asked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from tests.casework.conftest import TOWN, VILLAGE, Office, citizen, make_person, staff
from tests.casework.test_flow import applied

from hrss.casework import services
from hrss.casework.items.vocabulary import FUNCTIONS, VERB_NAMES, State
from hrss.casework.models import Case, Transition
from hrss.foundation.people.models import Household, HouseholdMember
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, Function, system_actor

INSERT = (
    "INSERT INTO casework_action (case_id, verb, to_state, function, post, actor_kind, actor_name, detail, ordinal,"
    " from_state, channel, note) VALUES (%s, %s, %s, %s, %s, 'staff', '', %s, 0, '', '', '')"
)


def act_in_sql(case_id: UUID, verb: str, to_state: str, function: str, *, actor: Actor, post: str = "") -> None:
    with acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [case_id, verb, to_state, function, post, "{}"])


def refused_by(error: pytest.ExceptionInfo[BaseException]) -> str:
    return str(getattr(error.value.__cause__, "diag").constraint_name)  # noqa: B009 - psycopg's diagnosis


def state_of(case_id: UUID) -> str:
    with acting(system_actor("casework.test")):
        return Case.objects.get(id=case_id).state


@pytest.mark.slow
def test_every_undeclared_transition_is_refused(office: Office, person: UUID) -> None:
    case_id = applied(person)
    with acting(system_actor("casework.test")):
        version = Case.objects.get(id=case_id).item_version_id
        declared = set(
            Transition.objects.filter(item_version=version, from_state="submitted").values_list(
                "verb", "to_state", "function"
            )
        )
    clerks = {one.value: staff(one.value) for one in Function}
    tried = 0
    for verb, to_state, function in itertools.product(VERB_NAMES, State, sorted(FUNCTIONS - {"applicant", "system"})):
        if (verb, to_state.value, function) in declared or verb == "submit":
            continue
        with pytest.raises(IntegrityError) as error:
            act_in_sql(case_id, verb, to_state.value, function, actor=clerks[function])
        assert refused_by(error) == "casework_undeclared_transition"
        tried += 1
    assert tried > 4000
    assert state_of(case_id) == "submitted"


def test_a_case_cannot_be_submitted_twice(office: Office, person: UUID) -> None:
    case_id = applied(person)
    with pytest.raises(IntegrityError) as error:
        act_in_sql(case_id, "submit", "submitted", "counter", actor=office.counter)
    assert refused_by(error) == "casework_undeclared_transition"


POSTS = ("handler", "reviewer", "approver")


@pytest.mark.parametrize("second", ["same account", "second account", "merged record"])
def test_one_natural_person_never_holds_two_posts(office: Office, person: UUID, second: str) -> None:
    both = make_person("两岗一人", region=VILLAGE)
    first = staff("handler", person=both)
    case_id = applied(person)
    services.accept(case_id, actor=first)
    other = both
    if second == "merged record":
        other = make_person("两岗一人", region=VILLAGE, merged_into=both)
    reviewer = staff("reviewer", region="500236", person=other)
    if second == "same account":
        reviewer = Actor(**{**_fields(reviewer), "account": first.account})
    with pytest.raises(IntegrityError) as error:
        act_in_sql(case_id, "decide", "decided", "reviewer", actor=reviewer, post="review")
    assert refused_by(error) == "casework_two_posts"
    assert state_of(case_id) == "reviewing"


def test_the_post_and_the_person_are_stamped_by_the_database(office: Office, person: UUID) -> None:
    case_id = applied(person)
    stranger = make_person("别人")
    with acting(office.handler), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_action (case_id, verb, to_state, function, post, actor_kind, actor_person_id,"
            " actor_name, detail, ordinal, from_state, channel, note)"
            " VALUES (%s, 'accept', 'reviewing', 'handler', 'audit', 'system', %s, '', '{}', 99, 'approving', '', '')"
            " RETURNING post, actor_person_id, actor_kind, from_state, ordinal",
            [case_id, stranger],
        )
        assert cursor.fetchone() == ("handle", office.handler.person, "staff", "submitted", 2)


def test_nobody_handles_their_own_or_their_familys_case(office: Office) -> None:
    clerk = office.handler.person
    assert clerk is not None
    mother = make_person("母亲", born=date(1965, 1, 1))
    with acting(system_actor("casework.test")):
        household = Household.objects.create(region_code=VILLAGE, address="白帝镇")
        for who, relation in ((mother, "head"), (clerk, "daughter")):
            HouseholdMember.objects.create(
                household=household, person_id=who, region_code=VILLAGE, relation=relation, since="2020-01-01"
            )
    for applicant in (clerk, mother):
        case_id = applied(applicant)
        with pytest.raises(IntegrityError) as error:
            act_in_sql(case_id, "accept", "reviewing", "handler", actor=office.handler, post="handle")
        assert refused_by(error) == "casework_conflict"


def test_a_declared_relative_is_kept_apart(office: Office, person: UUID) -> None:
    services.declare_conflict(person, "relative", actor=office.handler)
    case_id = applied(person)
    with pytest.raises(IntegrityError) as error:
        act_in_sql(case_id, "accept", "reviewing", "handler", actor=office.handler, post="handle")
    assert refused_by(error) == "casework_conflict"
    act_in_sql(case_id, "accept", "reviewing", "counter", actor=office.counter, post="handle")
    assert state_of(case_id) == "reviewing"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE casework_case SET state = 'decided' WHERE id = %s",
        "UPDATE casework_case SET waiting_functions = '{counter}' WHERE id = %s",
        "UPDATE casework_case SET region_code = '500236127001' WHERE id = %s",
        "UPDATE casework_case SET closed_at = now() WHERE id = %s",
        "DELETE FROM casework_case WHERE id = %s",
        "UPDATE casework_action SET note = 'x' WHERE case_id = %s",
        "DELETE FROM casework_action WHERE case_id = %s",
        "DELETE FROM casework_clock WHERE case_id = %s",
        "DELETE FROM casework_material WHERE case_id = %s",
        "UPDATE casework_transition SET function = 'counter' WHERE %s IS NOT NULL",
        "UPDATE casework_itemversion v SET name = '' FROM casework_case c WHERE v.id = c.item_version_id AND c.id = %s",
        "DELETE FROM casework_itemversion WHERE id = (SELECT item_version_id FROM casework_case WHERE id = %s)",
    ],
)
def test_the_application_role_cannot_change_what_was_done(office: Office, person: UUID, statement: str) -> None:
    case_id = applied(person)
    with pytest.raises(DatabaseError), acting(system_actor("casework.test")), connection.cursor() as cursor:
        cursor.execute(statement, [case_id])
    assert state_of(case_id) == "submitted"


def test_the_owner_cannot_move_a_state_by_hand_either(office: Office, person: UUID) -> None:
    """The owner's own UPDATE meets the trigger, which asks for an action."""
    case_id = applied(person)
    with acting(system_actor("casework.test")), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'casework_case'::regclass AND tgname = 'casework_case_guard'"
        )
        assert cursor.fetchone() is not None
    assert case_id


def test_a_new_case_begins_at_the_beginning(office: Office, person: UUID) -> None:
    case_id = applied(person)
    with acting(system_actor("casework.test")):
        case = Case.objects.get(id=case_id)
        case.pk, case.number, case.draft_id, case.state = UUID(int=1), "500236X1", None, "decided"
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            case.save(force_insert=True)
    assert refused_by(error) == "casework_state_by_action"


def test_an_effect_happens_once(office: Office, person: UUID) -> None:
    first, second = applied(person), applied(person)
    with acting(office.handler), connection.cursor() as cursor:
        statement = "INSERT INTO casework_effect (id, case_id, key, data, at) VALUES (%s, %s, 'one', '{}', now())"
        cursor.execute(statement, [UUID(int=2), first])
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(statement, [UUID(int=3), second])


def _scopes(office: Office) -> Iterator[tuple[str, Actor]]:
    yield "another township", office.elsewhere
    yield "another line", staff("handler", line="insurance", region=TOWN)
    yield "another citizen", citizen(make_person("路人"))


TABLES = ("case", "action", "clock", "material", "document", "notice", "decision", "effect", "rating", "archivebag")


def test_rows_are_seen_only_in_scope(office: Office, person: UUID) -> None:
    case_id = applied(person)
    services.accept(case_id, actor=office.handler)
    services.decide(case_id, actor=office.county_reviewer, granted=True)
    for name, actor in _scopes(office):
        with acting(actor), connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"SELECT count(*) FROM casework_{table}")
                assert cursor.fetchone() == (0,), f"{name} sees casework_{table}"
    with acting(citizen(person)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_action")
        assert cursor.fetchone() == (3,)


def test_a_foreign_clerk_cannot_act(office: Office, person: UUID) -> None:
    case_id = applied(person)
    with pytest.raises((IntegrityError, ProgrammingError)):
        act_in_sql(case_id, "accept", "reviewing", "handler", actor=office.elsewhere, post="handle")
    assert state_of(case_id) == "submitted"


@pytest.mark.parametrize(
    ("actor_of", "function"), [("citizen", "handler"), ("staff", "applicant"), ("staff", "system")]
)
def test_kinds_do_not_do_each_others_work(office: Office, person: UUID, actor_of: str, function: str) -> None:
    case_id = applied(person)
    actor = citizen(person) if actor_of == "citizen" else office.handler
    verb, to_state = ("withdraw", "withdrawn") if function == "applicant" else ("accept", "reviewing")
    with pytest.raises(IntegrityError) as error:
        act_in_sql(case_id, verb, to_state, function, actor=actor)
    assert refused_by(error) == "casework_wrong_kind"


def _fields(actor: Actor) -> dict[str, object]:
    return {name: getattr(actor, name) for name in Actor.__dataclass_fields__}

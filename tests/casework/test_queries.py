"""Pages: scope, views, keyset pages, counts, what an actor may do, and how many statements they cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.conftest import OTHER_VILLAGE, TOWN, Office, citizen, make_person, staff
from tests.casework.test_flow import applied

from hrss.casework import queries, services
from hrss.casework.documents.codes import grouped
from hrss.casework.models import Document
from hrss.foundation.access.queries import sightings_of
from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, system_actor
from hrss.kernel.problem import Problem


@contextmanager
def statements(most: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as captured:
        yield
    assert len(captured) <= most, "\n".join(query["sql"][:200] for query in captured)


def inbox(actor: Actor, **more: object) -> queries.InboxPage:
    with acting(actor):
        return queries.inbox(actor=actor, **more)  # type: ignore[arg-type]


def test_the_inbox_holds_what_waits_for_my_posts(office: Office, person: UUID) -> None:
    case_id = applied(person)
    assert [row.id for row in inbox(office.handler).rows] == [case_id]
    assert inbox(office.reviewer).rows == []
    assert inbox(office.elsewhere, view="all").rows == []
    assert inbox(staff("handler", line="insurance"), view="all").rows == []
    services.accept(case_id, actor=office.handler)
    assert inbox(office.handler).rows == []
    assert inbox(office.reviewer).rows == [], "the review of this item belongs to the county"
    assert [row.id for row in inbox(office.county_reviewer).rows] == [case_id]
    assert [row.id for row in inbox(office.handler, view="all").rows] == [case_id]


def test_views_and_counts(office: Office, person: UUID) -> None:
    cases = [applied(make_person(f"人{number}")) for number in range(3)]
    services.claim(cases[0], actor=office.handler)
    page = inbox(office.handler)
    assert page.counts == {"waiting": 3, "mine": 1, "unclaimed": 2, "warning": 0, "overdue": 0, "all": 3}
    assert [row.id for row in inbox(office.handler, view="mine").rows] == [cases[0]]
    assert {row.id for row in inbox(staff("handler")).rows} == set(cases[1:])
    assert {row.id for row in inbox(office.handler, text="人1").rows} == {cases[1]}
    assert inbox(office.handler, item="JY010").rows == []
    assert inbox(office.handler, region=OTHER_VILLAGE).rows == []
    with pytest.raises(Problem):
        inbox(office.handler, view="everything")


def test_pages_follow_each_other_without_gaps(office: Office) -> None:
    made = {applied(make_person(f"人{number}")) for number in range(7)}
    seen: list[UUID] = []
    after = ""
    while True:
        page = inbox(office.handler, after=after, limit=3)
        seen += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert len(seen) == 7
    assert set(seen) == made
    with pytest.raises(Problem) as wrong:
        inbox(office.handler, after="nonsense!")
    assert wrong.value.status == 400


def test_the_inbox_costs_one_statement_and_one_event(office: Office, person: UUID) -> None:
    applied(person)
    with acting(office.handler), statements(2):
        assert queries.inbox(actor=office.handler).rows
    with acting(office.handler):
        queries.search_cases("冉小", actor=office.handler)
        queries.follow_ups(actor=office.handler)
    me = Actor(ActorKind.PUBLIC, person=person, purpose="self")
    seen = {one.what for one in sightings_of(person, actor=me)}
    assert {"待办列表", "查找办件的结果"} <= seen


def test_the_case_page_costs_one_statement_and_one_event(office: Office, person: UUID) -> None:
    case_id = applied(person)
    services.accept(case_id, actor=office.handler)
    with acting(office.county_reviewer):
        queries.case_page(case_id, actor=office.county_reviewer)
        with statements(3):
            page = queries.case_page(case_id, actor=office.county_reviewer)
    assert page.state_name == "待复核"
    assert [one["verb"] for one in page.actions] == ["submit", "accept"]
    assert {one["kind"] for one in page.clocks} == {"acceptance", "promised", "deferred"}
    assert [line.value for line in page.answers if line.field == "group"] == ["十六至二十四岁失业青年"]
    with acting(system_actor("casework.test")):
        read = Event.objects.filter(action="casework.case_page", outcome="read").latest("id")
    assert (read.person_id, read.actor_person) == (person, office.county_reviewer.person)


def test_offers_are_what_the_actor_may_do(office: Office, person: UUID) -> None:
    case_id = applied(person)

    def verbs(actor: Actor) -> set[str]:
        with acting(actor):
            return {offer.verb for offer in queries.case_page(case_id, actor=actor).verbs}

    assert verbs(office.handler) >= {"accept", "notify_correction", "refuse_acceptance", "claim", "transfer"}
    assert verbs(citizen(person)) == {"withdraw", "supply"}
    services.accept(case_id, actor=office.handler)
    both = Actor(**{name: getattr(office.county_reviewer, name) for name in Actor.__dataclass_fields__})
    assert "decide" in verbs(both)
    same = staff("reviewer", region="500236", person=office.handler.person)
    assert "decide" not in verbs(same), "who handled it may not review it"
    with acting(office.county_reviewer):
        offer = queries.case_page(case_id, actor=office.county_reviewer).offer("decide")
    assert offer is not None
    assert offer.name == "审核"


def test_my_cases_are_mine(office: Office, person: UUID) -> None:
    applied(person)
    applied(make_person("别人"))
    me = citizen(person)
    with acting(me):
        mine = queries.my_cases(actor=me)
    assert len(mine.cases) == 1
    assert mine.cases[0].state_name == "待受理"
    with acting(office.handler):
        listed = queries.cases_of(person, actor=office.handler)
    assert len(listed) == 1


def test_search_finds_by_number_and_name_within_scope(office: Office, person: UUID) -> None:
    case_id = applied(person)
    with acting(office.handler):
        found = queries.search_cases("冉小", actor=office.handler).rows
        number = found[0].number
        assert [row.id for row in queries.search_cases(number, actor=office.handler).rows] == [case_id]
        with pytest.raises(Problem):
            queries.search_cases("冉", actor=office.handler)
    with acting(office.elsewhere):
        assert queries.search_cases("冉小", actor=office.elsewhere).rows == []
        assert queries.search_cases(number, actor=office.elsewhere).rows == []


def test_a_document_verifies_for_anybody_and_shows_no_name(office: Office, person: UUID) -> None:
    case_id = applied(person)
    services.accept(case_id, actor=office.handler)
    services.decide(case_id, actor=office.county_reviewer, granted=True)
    with acting(office.handler):
        document = Document.objects.get(case_id=case_id)
    found = queries.verify_document(grouped(document.code).lower())
    assert found is not None
    assert (found.subject, found.sha256) == ("冉*英", document.sha256)
    assert "冉小英" not in str(found.rows)
    wrong = document.code[:-1] + ("A" if document.code[-1] != "A" else "B")
    assert queries.verify_document(wrong) is None
    assert queries.verify_document("'; DROP TABLE casework_document; --") is None


def test_guides_of_items_and_of_the_rest_of_the_catalogue(office: Office) -> None:
    with acting(office.handler):
        own = queries.guide("JY048")
        listed = queries.guide("SB023")
    assert (own.online, own.materials[0]["asked"]) == (True, True)
    assert own.steps == ("提交申请", "受理", "审核", "送达")
    assert (listed.online, listed.promised["words"], listed.promised["status"]) == (False, "10个工作日", "unverified")
    with pytest.raises(Problem), acting(office.handler):
        queries.guide("XX999")


def test_the_township_index_is_used_behind_row_level_security(office: Office, person: UUID) -> None:
    applied(person)
    with acting(system_actor("casework.test")), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_case (id, number, item_version_id, item_code, item_name, line, grade, state,"
            " suspended_from, waiting_functions, waiting_level, region_code, shared_with, channel, applicant_person_id,"
            " subject_name, subject_tail, data, result, decision, claimed_name, version, act_by)"
            " SELECT gen_random_uuid(), 'T' || n, item_version_id, item_code, item_name, line, grade, 'submitted', '',"
            " '{handler}', 'township', '500236' || (100 + n %% 33) || '001', '{}', 'portal', applicant_person_id,"
            " subject_name, '', '{}', '{}', '', '', 1, current_date + n %% 20"
            " FROM casework_case, generate_series(1, %s) AS n",
            [3000],
        )
    with acting(office.handler), connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN SELECT id FROM casework_case c WHERE c.decided_at IS NULL AND c.closed_at IS NULL"
            " AND c.township = %s ORDER BY c.act_by, c.id LIMIT 50",
            [TOWN],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "casework_case_open_township" in plan
        assert "Index Cond" in plan
        assert len(queries.inbox(actor=office.handler, limit=100).rows) == 1 + sum(n % 33 == 17 for n in range(1, 3001))

"""Alerts about the work of staff: who is found from the log and the cases, who may see it, and that it is told once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from tests.channels.staffed import COUNTY, SYSTEM, VILLAGE, applied, browser_of, clerk, prepare, somebody

from hrss.foundation import audit
from hrss.foundation.access.actors import actor_of
from hrss.foundation.datasets import dataset_of
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem
from hrss.oversight.monitoring import queries
from hrss.oversight.monitoring.catalogue import rule_of
from hrss.oversight.monitoring.evaluating import evaluate
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.queries import Wanted
from hrss.oversight.monitoring.services.handle_alert import handle_alert
from hrss.oversight.monitoring.services.run_rule import run_rule

TODAY = timezone.localdate
ROBOT = SYSTEM.for_purpose("statistics")


@pytest.fixture
def county(db: None) -> None:
    prepare()


def officer(function: str, *, region: str = COUNTY) -> Actor:
    return actor_of(clerk(function, region=region), channel="workbench", purpose="query")


def look(who: Actor, persons: Iterable[UUID]) -> None:
    with acting(who):
        for person in persons:
            audit.read(who, person_id=person, what="people.dossier", region=VILLAGE)


def day_of(who: Actor) -> str:
    return f"{who.person} {TODAY()}"


def tried(who: Actor, times: int) -> None:
    with acting(who):
        for _ in range(times):
            audit.refused(who, "route.payruns.approve", reason="access.no_post")


def test_looking_at_many_without_a_case_is_told_with_a_case_or_like_the_others_is_not(county: None) -> None:
    busy, served, others = officer("handler"), officer("handler"), [officer("handler") for _ in range(5)]
    person = somebody("冉在办").id
    applied(person)
    look(busy, [uuid4() for _ in range(60)])
    look(served, [person] * 90)
    for one in others:
        look(one, [uuid4() for _ in range(12)])
    found = evaluate(rule_of("looks_without_case"), TODAY())
    assert {key: (one.count, one.level, one.region_code) for key, one in found.items()} == {
        day_of(busy): (500, "orange", COUNTY)
    }


def test_where_everybody_looks_nobody_is_told(county: None) -> None:
    for _ in range(6):
        look(officer("handler"), [uuid4() for _ in range(40)])
    assert evaluate(rule_of("looks_without_case"), TODAY()) == {}


def test_rows_taken_add_up_over_a_day_work_lists_do_not_count(county: None) -> None:
    much, little = officer("data"), officer("handler")
    with acting(much):
        audit.read(much, person_id=None, what="boards.rows", detail={"rows": 1500})
        audit.read(much, person_id=None, what="boards.export", detail={"rows": 499})
        audit.read(much, person_id=None, what="people.search", detail={"shown": ["x"]})
    with acting(little):
        audit.read(little, person_id=None, what="boards.rows", detail={"rows": 1999})
        audit.listed(little, what="casework.inbox", persons=[uuid4() for _ in range(50)])
    found = evaluate(rule_of("mass_taking"), TODAY())
    assert {key: one.count for key, one in found.items()} == {day_of(much): 2000}


def test_ten_refusals_in_a_day_are_told_nine_are_not(county: None) -> None:
    stubborn, usual = officer("handler"), officer("handler")
    tried(stubborn, 10)
    tried(usual, 9)
    assert set(evaluate(rule_of("tried_again"), TODAY())) == {day_of(stubborn)}


def opened(who: Actor) -> Alert:
    tried(who, 12)
    run_rule("tried_again", actor=ROBOT, day=TODAY())
    with acting(ROBOT):
        return Alert.objects.get(rule="tried_again", subject=day_of(who))


def sees(who: Actor, alert: Alert) -> bool:
    with acting(who):
        listed = alert.id in {one.id for one in queries.alerts(Wanted(), actor=who).alerts}
        counted = queries.counts(Wanted(codes=("tried_again",)), actor=who).get("open", 0) == 1
        boards = ("tried_again", alert.level) in queries.by_rule(COUNTY)
        try:
            opens = queries.alert_of(alert.id, actor=who).id == alert.id
        except Problem as problem:
            assert problem.status == 404
            opens = False
    assert listed == counted == boards == opens
    return listed


def test_only_those_who_watch_see_it_and_never_the_one_it_is_about(county: None) -> None:
    inspector = officer("inspector")
    alert = opened(inspector)
    assert (alert.about, alert.discreet, alert.region_code) == ([inspector.person], True, COUNTY)
    assert not sees(inspector, alert), "it is about this inspector"
    assert [sees(officer(one), alert) for one in ("inspector", "leader", "audit_admin")] == [True] * 3
    assert [sees(officer(one), alert) for one in ("handler", "approver", "finance", "data")] == [False] * 4
    assert not sees(officer("inspector", region=VILLAGE[:9]), alert), "a township does not see the county's alerts"


def test_the_database_hides_it_from_the_one_it_is_about_whatever_is_asked(county: None) -> None:
    inspector, other = officer("inspector"), officer("inspector")
    alert = opened(inspector)
    for who, seen in ((inspector, 0), (other, 1)):
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM monitoring_alert WHERE id = %s", [alert.id])
            assert cursor.fetchone() == (seen,)
            cursor.execute("SELECT count(*) FROM monitoring_alertaction WHERE alert_id = %s", [alert.id])
            assert cursor.fetchone() == (seen,)
    with acting(inspector), pytest.raises(Problem) as refused:
        handle_alert(alert.id, actor=inspector, measure="none", text="没有问题")
    assert refused.value.code == "monitoring.no_alert"


def test_a_leader_may_settle_it_and_what_is_over_is_told_once(county: None) -> None:
    leader = officer("leader")
    alert = opened(officer("inspector"))
    later = TODAY() + timedelta(days=40)
    run_rule("tried_again", actor=ROBOT, day=later)
    with acting(ROBOT):
        assert Alert.objects.get(id=alert.id).state == "open", "it waits for its measure although the window is past"
    handle_alert(alert.id, actor=leader, measure="none", text="培训中误点，已核对")
    again = run_rule("tried_again", actor=ROBOT, day=TODAY())
    with acting(ROBOT):
        kept = Alert.objects.get(id=alert.id)
        story = list(AlertAction.objects.filter(alert=alert).order_by("id").values_list("measure", flat=True))
    assert (kept.state, kept.count_at_closing, again.data["opened"]) == ("closed", 12, 0)
    assert story == ["opened", "raised", "none"]


def test_a_replay_gives_the_same_and_the_rows_are_the_number(county: None) -> None:
    who, inspector = officer("handler"), officer("inspector")
    alert = opened(who)
    with acting(inspector):
        told = queries.replay(alert, rule_of("tried_again"))
        reading, page = queries.rows_behind(alert, rule_of("tried_again"), actor=inspector, day=TODAY())
    assert told.agrees and reading.value == len(page.rows) == 12
    assert {row["reason"] for row in page.rows} == {"access.no_post"}


def test_what_staff_do_is_no_choice_of_the_explorer_and_no_list_of_faults(county: None) -> None:
    leader = browser_of(clerk("leader", region=COUNTY))
    data = browser_of(clerk("data", region=COUNTY))
    assert "monitoring.looks" not in leader.get("/cockpit/explore/").content.decode()
    for browser, address in ((leader, "/cockpit/explore/"), (data, "/work/quality/")):
        page = browser.get(address, {"dataset": "monitoring.looks"})
        assert page.status_code >= 400 and "没有数据集" in page.content.decode(), address


@pytest.mark.parametrize("name", ["looks", "takings", "refusals"])
def test_a_day_of_the_log_is_found_by_its_index(county: None, name: str) -> None:
    dataset = dataset_of(f"monitoring.{name}")
    with acting(officer("inspector")), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT * FROM ({dataset.sql}) d WHERE d.{dataset.date_column} >= %s", [TODAY()])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    lines = [one for one in plan.splitlines() if "Index Cond" in one and "day >=" in one]
    assert "audit_event_staff_day" in plan and lines, plan

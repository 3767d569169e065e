"""Monitoring: planted patterns are found and nothing else is; an alert opens once, is handled, closes by effect."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from tests.oversight.conftest import TODAY, staff

from hrss.domains.employment.models import EmploymentSpell, UnemploymentRegistration
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function, system_actor
from hrss.kernel.problem import Problem, Problems
from hrss.oversight.monitoring.catalogue import rule_of, rules
from hrss.oversight.monitoring.evaluating import evaluate
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.reading import load_rules
from hrss.oversight.monitoring.services.handle_alert import handle_alert
from hrss.oversight.monitoring.services.run_rule import run_rule

ROBOT = system_actor("test").for_purpose("statistics")
DAY = TODAY
BOTH = "registered_and_employed"


def spell(person: Person, since: date) -> EmploymentSpell:
    return EmploymentSpell.objects.create(
        person=person, region_code=person.region_code, kind="flexible", since=since, occupation="配送"
    )


def plant(count: int) -> set[str]:
    """Give open registrations a job that began after them."""
    with acting(ROBOT):
        rows = UnemploymentRegistration.objects.filter(ended_on=None, person__death_date=None).select_related("person")
        chosen = [one for one in rows.order_by("id") if one.registered_on < DAY - timedelta(days=8)][:count]
        for one in chosen:
            spell(one.person, DAY - timedelta(days=5))
    return {str(one.person_id) for one in chosen}


def alerts(**wanted: Any) -> list[Alert]:
    with acting(ROBOT):
        return list(Alert.objects.filter(**wanted).order_by("id"))


def test_planted_contradictions_are_all_found_and_nothing_else(county: None) -> None:
    before = set(evaluate(rule_of(BOTH), DAY))
    planted = plant(9)
    found = set(evaluate(rule_of(BOTH), DAY)) - before
    recall = len(found & planted) / len(planted)
    assert (len(planted), recall, found - planted) == (9, 1.0, set())


def test_registers_left_open_after_a_death_are_found(county: None) -> None:
    before = set(evaluate(rule_of("open_after_death"), DAY))
    with acting(ROBOT):
        person = Person.objects.filter(death_date__isnull=False, death_date__gt=date(2024, 1, 1)).first()
        assert person is not None
        spell(person, date(2020, 5, 1))
    assert set(evaluate(rule_of("open_after_death"), DAY)) - before == {str(person.id)}


def test_twenty_leavers_of_one_employer_raise_a_warning_nineteen_do_not(county: None) -> None:
    with acting(ROBOT), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM organisations_organisation WHERE kind = 'employer' ORDER BY id LIMIT 2")
        firms = [row[0] for row in cursor.fetchall()]
        for firm, leavers in zip(firms, (20, 19), strict=True):
            cursor.execute(
                'INSERT INTO employment_statusevent (person_id, region_code, kind, "on", organisation_id, source,'
                " reason) SELECT id, region_code, 'left', %s, %s, 'job', '' FROM people_person ORDER BY id LIMIT %s",
                [DAY - timedelta(days=3), firm, leavers],
            )
    found = evaluate(rule_of("mass_leaving"), DAY)
    assert str(firms[0]) in found and str(firms[1]) not in found and found[str(firms[0])].level == "yellow"


def test_overdue_and_nearly_overdue_cases_are_told_apart(county: None) -> None:
    overdue, near = set(evaluate(rule_of("case_overdue"), DAY)), set(evaluate(rule_of("case_due_soon"), DAY))
    with acting(ROBOT), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM casework_case WHERE decided_at IS NULL AND closed_at IS NULL AND act_by < %s"
            " AND (submitted_at AT TIME ZONE 'Asia/Shanghai')::date <= %s", [DAY, DAY],
        )  # fmt: skip
        late = cursor.fetchone()[0]
    assert len(overdue) == late and not overdue & near


def test_an_alert_is_opened_once_rises_and_closes_when_the_signal_is_gone(county: None) -> None:
    planted = plant(1)
    run_rule(BOTH, actor=ROBOT, day=DAY)
    again = run_rule(BOTH, actor=ROBOT, day=DAY)
    assert again.data["opened"] == 0
    (alert,) = alerts(rule=BOTH, subject__in=planted)
    assert (alert.level, alert.state) == ("orange", "open")
    run_rule(BOTH, actor=ROBOT, day=DAY + timedelta(days=6))
    (alert,) = alerts(id=alert.id)
    assert (alert.level, alert.escalated) == ("red", True)
    with acting(ROBOT):
        EmploymentSpell.objects.filter(person_id__in=planted, occupation="配送").delete()
    run_rule(BOTH, actor=ROBOT, day=DAY + timedelta(days=7))
    (alert,) = alerts(id=alert.id)
    with acting(ROBOT):
        story = list(AlertAction.objects.filter(alert=alert).order_by("id").values_list("measure", flat=True))
    assert (alert.state, alert.count_at_opening, alert.count_at_closing) == ("closed", 1, 0)
    assert story == ["opened", "raised", "gone"]


def opened() -> Alert:
    planted = plant(1)
    run_rule(BOTH, actor=ROBOT, day=DAY)
    return alerts(rule=BOTH, subject__in=planted)[0]


def test_a_measure_is_recorded_by_the_owner_within_the_region(county: None) -> None:
    alert = opened()
    with pytest.raises(Problem, match=r"不能处置|没有这条预警"):
        handle_alert(alert.id, actor=staff(Function.COUNTER), measure="visit", text="已走访")
    elsewhere = staff(Function.INSPECTOR, region="500236999")
    with pytest.raises(Problem, match="没有这条预警"):
        handle_alert(alert.id, actor=elsewhere, measure="visit", text="已走访")
    handle_alert(alert.id, actor=staff(Function.INSPECTOR), measure="visit", text="已走访，属实，转注销")
    assert alerts(id=alert.id)[0].state == "handled"


@pytest.mark.parametrize(
    ("measure", "text", "words"), [("gone", "x", "选择采取的措施"), ("visit", " ", "写明做了什么")]
)
def test_a_measure_is_one_of_the_list_and_says_what_was_done(county: None, measure: str, text: str, words: str) -> None:
    with pytest.raises(Problem, match=words):
        handle_alert(opened().id, actor=staff(Function.INSPECTOR), measure=measure, text=text)


def test_what_was_done_is_never_rewritten(county: None) -> None:
    opened()
    with acting(ROBOT), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE monitoring_alertaction SET note = 'x'")


def test_any_day_can_be_replayed(county: None) -> None:
    past = date(2024, 6, 28)
    first, second = (evaluate(rule_of("mass_leaving"), past) for _ in range(2))
    assert first == second
    known = evaluate(rule_of("mass_leaving"), past, known_by=date(2000, 1, 1))
    assert known == {}


def test_rules_say_law_owner_clock_and_what_to_do() -> None:
    assert len(rules()) >= 6 and all(one.legal and one.todo and one.days for one in rules())
    assert {one.title for one in rules() if "基金风险" in one.title}


def test_a_faulty_rule_names_file_and_line(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(settings.HRSS_PACKS, packs)
    path = packs / "fengjie/monitoring/case_overdue.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("group: id", "group: colour"), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        load_rules("fengjie", root=packs)
    assert any("case_overdue.yaml 第" in one.message for one in caught.value)

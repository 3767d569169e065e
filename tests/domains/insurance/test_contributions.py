"""Contributions of employees: assessed by the rules, once a month, by partition; months counted; the wall holds."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.domains.insurance.people import SYSTEM, firm, insured
from tests.foundation.people.builders import TUXIANG, load_county, make_person, public, staff, village

from hrss.domains.insurance import queries, services
from hrss.domains.insurance.answers import contribution_months_of_many, insured_status_of_many
from hrss.domains.insurance.models import Contribution, Declaration
from hrss.domains.insurance.services.declare_contributions import Wage, assess
from hrss.exchange.answer import Status
from hrss.exchange.asking import ask
from hrss.foundation.scope import acting
from hrss.funds.ledger.chart import open_books
from hrss.funds.ledger.models import Line
from hrss.kernel.actor import Function
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.rules.engine import evaluate
from hrss.rules.insurance.contributions import employee_contributions

MARCH = YearMonth(2026, 3)


@pytest.fixture
def county(db: None) -> None:
    load_county()
    open_books(settings.HRSS_PACKS, actor=SYSTEM)


@given(st.lists(st.integers(min_value=1, max_value=10_000_000), min_size=1, max_size=20))
def test_columns_give_what_the_rule_gives_one_by_one(wages: list[int]) -> None:
    columns = assess(wages, MARCH)
    for row, wage in enumerate(wages):
        facts = {"wage": wage, "lower": 440_400, "upper": 2_201_700, "injury_rate": 2000}
        found = evaluate(employee_contributions, facts, on=MARCH.first_day, region="500236")
        assert sum(int(columns[name][row]) for name in ("pe", "ue", "ie")) == found.part("employer")
        assert sum(int(columns[name][row]) for name in ("pp", "up")) == found.part("employee")
        assert int(columns["base"][row]) == found.part("base")


def test_a_month_is_declared_once_and_pays_three_funds(county: None) -> None:
    people, employer = [make_person("李远山", region=village()).id for _ in range(3)], firm()
    wages = [Wage(person, village(), 600_000) for person in people]
    done = services.declare_contributions(employer, wages, actor=SYSTEM, month=MARCH, on=MARCH.last_day)
    assert done.data == {
        "people": 3,
        "employee_pension": 3 * (96_000 + 48_000),
        "unemployment": 3 * (3_000 + 3_000),
        "work_injury": 3 * 1_200,
    }
    with pytest.raises(Problem, match="已经申报过"):
        services.declare_contributions(employer, wages, actor=SYSTEM, month=MARCH, on=MARCH.last_day)
    with acting(SYSTEM):
        assert Contribution.objects.filter(employer_id=employer).count() == 3
        assert Declaration.objects.get(employer_id=employer).base_fen == 1_800_000
        booked = {line.account.code: line.credit for line in Line.objects.filter(entry__fund="employee_pension")}
    assert booked == {"1002": 0, "4001-01": 3 * 96_000, "4001-02": 3 * 48_000}


def test_months_are_counted_once_whatever_the_employer(county: None) -> None:
    person, one, two = make_person("李远山", region=village()).id, firm(), firm("白帝食品厂")
    insured(person, one, YearMonth(2024, 11), 16)
    insured(person, two, YearMonth(2026, 1), 4)
    with acting(SYSTEM):
        found = queries.contribution_months([person])[person]
    assert (found.pension, found.unemployment) == (18, 18)
    assert (found.first, found.last) == (YearMonth(2024, 11), YearMonth(2026, 4))
    with acting(SYSTEM):
        assert contribution_months_of_many([person])[person]["last_month"] == "2026-04"
        assert insured_status_of_many([person])[person]["employee_last_month"] == "2026-04"


def test_employment_may_ask_and_a_stranger_may_not(county: None) -> None:
    person, employer = make_person("李远山", region=village()).id, firm()
    insured(person, employer, YearMonth(2025, 1), 3)
    clerk = staff(Function.HANDLER, line="employment", purpose="case")
    answer = ask("insurance.contribution_months", person, actor=clerk)
    assert answer.status is Status.ANSWERED
    assert dict(answer.data or {})["unemployment_months"] == 3
    with pytest.raises(Problem):
        ask("insurance.contribution_months", person, actor=public(make_person("陌生人", region=village()).id))


def test_the_wall_holds_at_the_parent_and_at_every_partition(county: None) -> None:
    person, employer = make_person("李远山", region=village()).id, firm()
    insured(person, employer, MARCH, 1)
    with acting(staff(Function.HANDLER, region=TUXIANG)):
        assert not Contribution.objects.filter(person_id=person).exists()
    for statement in (
        "SELECT 1 FROM insurance_contribution_2026",
        "DELETE FROM insurance_contribution",
        "UPDATE insurance_contribution SET base_fen = 1",
        "INSERT INTO insurance_contribution_2026 DEFAULT VALUES",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_person_reads_few_partitions_by_the_key(county: None) -> None:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhparent = 'insurance_contribution'::regclass")
        assert cursor.fetchone() == (30,)
        cursor.execute(
            "EXPLAIN SELECT 1 FROM insurance_contribution WHERE person_id = gen_random_uuid() AND year = 2026"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "insurance_contribution_2026" in plan
    assert "insurance_contribution_2025" not in plan

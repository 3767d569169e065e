"""Every monitoring rule against planted patterns: what it finds, and how often it cries wolf.

For each rule rows are made up in the shape of its dataset: ordinary subjects, subjects just below the bound, rows that
miss one condition, and planted ones. The rule reads them through its own statement. What stands in the tables of the
business is tested where those tables are; here it is the rule that is measured.

The result lies in ``benchmarks/monitoring/README.md``; ``HRSS_WRITE_DOCS=1`` writes it anew.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from tests.channels.staffed import VILLAGE, prepare

from hrss.foundation.datasets import DATASETS, AnyOf, Condition, Dataset, Moment, Operator, Time, dataset_of
from hrss.foundation.datasets.filters import Filter
from hrss.foundation.datasets.measures import Aggregate
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import Direction
from hrss.oversight.indicators.definitions import Kind as StatisticKind
from hrss.oversight.indicators.queries import Kept, newest_complete_month
from hrss.oversight.indicators.values import Counts
from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.evaluating import evaluate, path
from hrss.oversight.monitoring.rules import Kind, Rule

PAGE = Path(__file__).resolve().parents[2] / "benchmarks/monitoring/README.md"
SYSTEM = system_actor("test")
ORDINARY, PLANTED, TRIALS = 200, 25, 20
_TYPES = {"integer": "bigint", "fen": "bigint", "date": "date", "boolean": "boolean"}
_SERIAL = itertools.count(1)
Row = dict[str, Any]


@dataclass(frozen=True)
class Score:
    """How a rule did: planted and found, ordinary and wrongly alarmed."""

    rule: Rule
    planted: int
    found: int
    ordinary: int
    false: int

    @property
    def recall(self) -> float:
        return self.found / self.planted

    @property
    def false_share(self) -> float:
        return self.false / self.ordinary


@pytest.fixture
def county(db: None) -> None:
    prepare()


def plain(dataset: Dataset, day: date) -> Row:
    """A row that says nothing in particular: placed, dated, everything else empty or zero."""
    empty = {"integer": 0, "fen": 0, "date": None, "boolean": False}
    row: Row = {one.name: empty.get(one.type, "") for one in dataset.columns}
    row |= {"id": str(uuid4()), "region_code": VILLAGE, dataset.date_column: day}
    return row | ({dataset.recorded_column: day} if dataset.recorded_column else {})


def meet(row: Row, wanted: Filter, day: date, *, start: date) -> None:
    """Make a row meet a condition."""
    one = wanted.conditions[0] if isinstance(wanted, AnyOf) else wanted
    moment = {Moment.START: start, Moment.END: day}.get(one.value, one.value)  # type: ignore[call-overload]
    if one.operator is Operator.LESS_THAN:
        row[one.column] = moment - (timedelta(days=2) if isinstance(moment, date) else 1)
    elif one.operator is Operator.IN:
        row[one.column] = one.value[0]  # type: ignore[index]
    elif one.operator is Operator.EMPTY:
        row[one.column] = None if one.value else str(uuid4())
    elif one.operator is Operator.IS_NOT:
        row[one.column] = "别的"
    elif one.operator is Operator.AT_LEAST and isinstance(moment, int):
        row[one.column] = max(row[one.column], moment)
    else:
        row[one.column] = moment


def miss(row: Row, wanted: Filter, day: date) -> None:
    """Make a row miss a condition."""
    for one in wanted.conditions if isinstance(wanted, AnyOf) else (wanted,):
        _miss(row, one, day)


def _miss(row: Row, one: Condition, day: date) -> None:
    if one.operator in (Operator.AT_LEAST, Operator.LESS_THAN, Operator.AT_MOST):
        low = one.operator is Operator.AT_LEAST
        far = day + timedelta(days=-900 if low else 900)
        row[one.column] = far if isinstance(row[one.column], date) else (0 if low else 10**6)
    elif one.operator is Operator.EMPTY:
        row[one.column] = str(uuid4()) if one.value else None
    elif one.operator is Operator.IS_NOT:
        row[one.column] = one.value
    else:
        row[one.column] = "不是"


def rows_for(rule: Rule, subject: str, number: int, day: date, *, spoilt: int = -1) -> Iterator[Row]:
    """Rows of a subject that make a number; ``spoilt`` is the condition they all miss."""
    measure, dataset = rule.counted, dataset_of(rule.counted.dataset)
    start = rule.window(day).start
    many = 1 if measure.aggregate is Aggregate.SUM else number
    for _ in range(many):
        row = plain(dataset, start if measure.time is Time.STOCK else day)
        for wanted in measure.where:
            meet(row, wanted, day, start=start)
        if measure.aggregate is Aggregate.SUM:
            row[measure.column] = number
        elif measure.aggregate is Aggregate.COUNT_DISTINCT:
            row[measure.column] = str(next(_SERIAL))
        if rule.group != "county":
            row[rule.group] = subject
        if spoilt >= 0:
            miss(row, measure.where[spoilt], day)
        yield row


def ask(rule: Rule, rows: list[Row], day: date, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Let the rule read the rows instead of its dataset's; gives the subjects it fires for."""
    dataset = dataset_of(rule.counted.dataset)
    table = f"planted_{next(_SERIAL)}"
    columns = ", ".join(f"{one.name} {_TYPES.get(one.type, 'text')}" for one in dataset.columns)
    names = [one.name for one in dataset.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    columns = columns.replace("before ", '"before" ')
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")
        cursor.executemany(
            f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(['%s'] * len(names))})",
            [[row[name] for name in names] for row in rows],
        )
    monkeypatch.setitem(DATASETS, dataset.name, replace(dataset, sql=f"SELECT {quoted} FROM {table}"))
    return set(evaluate(rule, day))


def counted(rule: Rule, dice: random.Random, monkeypatch: pytest.MonkeyPatch) -> Score:
    """A rule that counts: ordinary subjects lie below the bound, or above it with rows that miss one condition."""
    day = timezone.localdate()
    ordinary = [str(uuid4()) for _ in range(ORDINARY)]
    planted = [str(uuid4()) for _ in range(PLANTED)]
    rows: list[Row] = []
    for at, subject in enumerate(ordinary):
        below = rule.at_least - 1 if at % 5 == 0 else dice.randrange(rule.at_least)
        rows += rows_for(rule, subject, below, day) if below else []
        if rule.counted.where:
            spoilt = at % len(rule.counted.where)
            rows += rows_for(rule, subject, rule.at_least + 3, day, spoilt=spoilt)
    for at, subject in enumerate(planted):
        rows += rows_for(rule, subject, rule.at_least + at % (rule.at_least + 3), day)
    found = ask(rule, rows, day, monkeypatch)
    return Score(rule, len(planted), len(found & set(planted)), len(ordinary), len(found & set(ordinary)))


def grown(rule: Rule, dice: random.Random, monkeypatch: pytest.MonkeyPatch) -> Score:
    """A rule that compares: ordinary subjects go on as before with their ups and downs, planted ones jump."""
    day, least = timezone.localdate(), min(one.at_least for one in rule.levels)
    rows: list[Row] = []
    ordinary, planted = ([str(uuid4()) for _ in range(count)] for count in (ORDINARY, PLANTED))
    for subject in (*ordinary, *planted):
        usual = rule.at_least * dice.uniform(1, 4)
        for back in range(1, rule.back + 1):
            when = day - timedelta(days=rule.window_days * back)
            rows += rows_for(rule, subject, _around(dice, rule, usual), when)
        now = usual * least / 100 * 1.3 if subject in planted else usual
        rows += rows_for(rule, subject, _around(dice, rule, now), day)
    found = ask(rule, rows, day, monkeypatch)
    return Score(rule, len(planted), len(found & set(planted)), len(ordinary), len(found & set(ordinary)))


def forecast(rule: Rule, dice: random.Random, monkeypatch: pytest.MonkeyPatch) -> Score:
    """A rule that forecasts: so many counties with two years behind them, in some the last month leaps."""
    day = timezone.localdate()
    last = newest_complete_month(day)
    found = {True: 0, False: 0}
    for trial in range(2 * TRIALS):
        leaps, usual = trial % 2 == 0, rule.at_least * dice.uniform(2, 4)
        rows: list[Row] = []
        for step in range(rule.back, -1, -1):
            much = usual * (1.9 if leaps and step == 0 else 1)
            rows += rows_for(rule, "", _around(dice, rule, much), (last - step).first_day + timedelta(days=14))
        found[leaps] += bool(ask(rule, rows, day, monkeypatch))
    return Score(rule, TRIALS, found[True], TRIALS, found[False])


def _around(dice: random.Random, rule: Rule, mean: float) -> int:
    """Ups and downs: counts as a Poisson's, amounts of money by a twelfth."""
    is_money = rule.counted.column.endswith("_fen")
    return max(0, round(dice.gauss(mean, mean / 12 if is_money else mean**0.5)))


def among_peers(rule: Rule, dice: random.Random, monkeypatch: pytest.MonkeyPatch) -> Score:
    """A rule that compares with colleagues: four functions with levels of their own, planted days far above them."""
    day, least = timezone.localdate(), min(one.at_least for one in rule.levels)
    ordinary, planted = ([f"{uuid4()} {day}" for _ in range(count)] for count in (ORDINARY, PLANTED))
    usual = {f"职能{at}": rule.at_least * dice.uniform(0.6, 3) for at in range(4)}
    rows: list[Row] = []
    for at, subject in enumerate((*ordinary, *planted)):
        among = f"职能{at % len(usual)}"
        much = usual[among] * (least / 100 * 1.4 if subject in planted else 1)
        made = list(rows_for(rule, subject, max(_around(dice, rule, much), 1), day))
        rows += [row | {rule.among: among} for row in made]
    found = ask(rule, rows, day, monkeypatch)
    return Score(rule, len(planted), len(found & set(planted)), len(ordinary), len(found & set(ordinary)))


def in_pairs(rule: Rule, dice: random.Random, monkeypatch: pytest.MonkeyPatch) -> Score:
    """A rule over pairs: at each desk cases are dealt out by chance; planted pairs meet in two cases of three."""
    day = timezone.localdate()
    rows: list[Row] = []
    planted: set[str] = set()
    pairs: set[str] = set()
    for desk in range(PLANTED):
        firsts, seconds = [str(uuid4()) for _ in range(6)], [str(uuid4()) for _ in range(4)]
        planted.add(f"{firsts[0]} {seconds[0]}")
        pairs |= {f"{first} {second}" for first in firsts for second in seconds}
        for first, times in itertools.product(firsts, range(3 * rule.at_least)):
            together = first == firsts[0] and times % 3 < 2
            pair = f"{first} {seconds[0] if together else dice.choice(seconds)}"
            rows += [row | {rule.among: f"环节{desk}"} for row in rows_for(rule, pair, 1, day)]
    found, ordinary = ask(rule, rows, day, monkeypatch), pairs - planted
    return Score(rule, len(planted), len(found & planted), len(ordinary), len(found & ordinary))


def behind(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> Score:
    """Goals of the plan: some have nothing done for months, the others all that was aimed at."""
    day = date(2025, 9, 20)
    chosen = [
        one for one in statistics()
        if one.kind is StatisticKind.AMOUNT and one.direction is Direction.UP
        and any(goal.period == "145" and goal.target for goal in one.goals)
    ]  # fmt: skip
    idle = {one.code for one in chosen[::2]}
    followed = {goal.id: one.code for one in chosen for goal in one.goals if goal.period == "145" and goal.target}

    def kept(code: str, months: list[YearMonth], **more: Any) -> dict[YearMonth, Kept]:
        amount = 0 if code in idle else 10**15
        if code not in {one.code for one in chosen}:
            return {}
        counts = Counts(amount, None)
        now = timezone.now()
        return {month: Kept(UUID(int=0), month, "main", "500236", counts, 1, None, now, 1, "x") for month in months}

    monkeypatch.setattr(path, "series", kept)
    monkeypatch.setattr(path, "share", lambda: Decimal(1))
    found = set(evaluate(rule, day))
    planted = {key for key, code in followed.items() if code in idle}
    ordinary = set(followed) - planted
    return Score(rule, len(planted), len(found & planted), len(ordinary), len(found & ordinary))


def scored(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> Score:
    dice = random.Random(rule.code)
    if rule.kind is Kind.PATH:
        return behind(rule, monkeypatch)
    return WAYS[rule.kind](rule, dice, monkeypatch)


WAYS = {
    Kind.ROWS: counted, Kind.GROWTH: grown, Kind.FORECAST: forecast, Kind.PEERS: among_peers, Kind.PAIRS: in_pairs,
}  # fmt: skip
HEAD = "| rule | title | kind | planted and found | ordinary and alarmed |"
LIMITS = {
    Kind.ROWS: (1.0, 0.0), Kind.PATH: (1.0, 0.0), Kind.GROWTH: (0.8, 0.05), Kind.FORECAST: (0.8, 0.15),
    Kind.PEERS: (0.95, 0.0), Kind.PAIRS: (0.95, 0.02),
}  # fmt: skip


@pytest.mark.parametrize("code", [one.code for one in rules()])
def test_a_rule_finds_what_is_planted_and_little_else(county: None, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    score = scored(next(one for one in rules() if one.code == code), monkeypatch)
    least, most = LIMITS[score.rule.kind]
    assert score.planted >= 4, "too few planted to measure anything"
    assert score.recall >= least, score
    assert score.false_share <= most, score


def line(score: Score) -> str:
    """The rule's line of the table."""
    told = f"{score.found} / {score.planted}", f"{score.false} / {score.ordinary}"
    return f"| `{score.rule.code}` | {score.rule.title} | {score.rule.kind} | {told[0]} | {told[1]} |"


def test_the_page_tells_of_every_rule(county: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.environ.get("HRSS_WRITE_DOCS") == "1":
        table = "\n".join(line(scored(one, monkeypatch)) for one in rules())
        head = PAGE.read_text(encoding="utf-8").split("| rule |")[0] if PAGE.exists() else ""
        PAGE.write_text(f"{head}{HEAD}\n|---|---|---|---|---|\n{table}\n", encoding="utf-8")
    told = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{one.code}` |" in told for one in rules())

"""The same task in OpenFisca-core or PolicyEngine-core; runs in their own environment, started by ``run.py``.

Usage: ``python peer_rules_engine.py openfisca_core|policyengine_core INPUT.npz RESULT.npz [repeats]``. Recursion over
years is given the loops it needs: with the default these engines answer zero without a warning.
"""

from __future__ import annotations

import importlib
import sys
import time
from typing import Any

import numpy as np

PACKAGE, SOURCE, TARGET = sys.argv[1:4]
REPEATS = int(sys.argv[4]) if len(sys.argv) > 4 else 2
DATA = dict(np.load(SOURCE))
YEARS, ONE = 30, 1_000_000
FIRST = 1995
entities = importlib.import_module(f"{PACKAGE}.entities")
periods = importlib.import_module(f"{PACKAGE}.periods")
variables = importlib.import_module(f"{PACKAGE}.variables")
systems = importlib.import_module(f"{PACKAGE}.taxbenefitsystems")
builders = importlib.import_module(f"{PACKAGE}.simulations")
Person = entities.build_entity(key="person", plural="persons", label="person", is_person=True)
MONTH, YEAR = periods.MONTH, periods.YEAR


def rounded(amount: Any, divisor: Any) -> Any:
    return np.floor((amount + divisor / 2) / divisor)


class wage(variables.Variable):
    value_type, entity, definition_period, label = float, Person, MONTH, "wage"


class kind(variables.Variable):
    value_type, entity, definition_period, label = int, Person, YEAR, "kind"


class birth(variables.Variable):
    value_type, entity, definition_period, label = int, Person, YEAR, "birth"


class deemed(variables.Variable):
    value_type, entity, definition_period, label = int, Person, YEAR, "deemed"


class base(variables.Variable):
    value_type, entity, definition_period, label = float, Person, YEAR, "base"

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        at = period.start.year - FIRST
        total = 0.0
        for month in period.get_subperiods(MONTH):
            paid = person("wage", month).astype(np.float64)
            total = total + np.where(paid > 0, np.clip(paid, DATA["lower"][at], DATA["upper"][at]), 0)
        return total


class months(variables.Variable):
    value_type, entity, definition_period, label = float, Person, YEAR, "months"

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        return sum((person("wage", month) > 0).astype(np.int64) for month in period.get_subperiods(MONTH))


class account(variables.Variable):
    value_type, entity, definition_period, label = float, Person, YEAR, "account"

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        at = period.start.year - FIRST
        held = person("account", period.last_year).astype(np.float64) if at > 0 else 0.0
        return rounded(held * (ONE + DATA["rates"][at]) + person("base", period).astype(np.float64) * 80_000, ONE)


class pension(variables.Variable):
    value_type, entity, definition_period, label = float, Person, YEAR, "pension"

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        last = period
        balance = person("account", last).astype(np.float64)
        paid, index_sum = 0.0, 0.0
        for at in range(YEARS):
            year = periods.period(FIRST + at)
            paid = paid + person("months", year)
            index_sum = index_sum + rounded(person("base", year).astype(np.float64) * ONE, DATA["averages"][at])
        group, born, before = person("kind", last), person("birth", last), person("deemed", last)
        first, step = np.array([0, 23_580, 23_640, 23_700])[group], np.array([1, 4, 4, 2])[group]
        age, most = np.array([0, 720, 660, 600])[group], np.array([0, 36, 36, 60])[group]
        retired = age + np.where(born >= first, np.minimum((born - first) // step + 1, most), 0)
        table = DATA["divisors"] * 10
        below, above = table[retired // 12 - 40], table[retired // 12 + 1 - 40]
        divisor = rounded(below * 12 - (below - above) * (retired % 12), 12)
        index = rounded(index_sum, np.maximum(paid, 1))
        mean = DATA["base"] * (ONE + index)
        basic = rounded(mean * (paid + before), 2_400 * ONE)
        total = basic + rounded(balance * 10, divisor) + rounded(mean * before * 14, 24_000 * ONE)
        return np.where((born + retired > DATA["as_of"]) | (paid < 1), 0, total)


def system() -> Any:
    made = systems.TaxBenefitSystem([Person])
    made.add_variables(wage, kind, birth, deemed, base, months, account, pension)
    return made


def run(rows: int) -> tuple[Any, float, float, float]:
    simulation = builders.SimulationBuilder().build_default_simulation(system(), count=rows)
    simulation.max_spiral_loops = 100
    start, cpu = time.perf_counter(), time.process_time()
    for at in range(12 * YEARS):
        simulation.set_input("wage", f"{FIRST + at // 12}-{at % 12 + 1:02d}", DATA["wages"][at, :rows])
    for name in ("kind", "birth", "deemed"):
        simulation.set_input(name, str(FIRST + YEARS - 1), DATA[name][:rows])
    loaded = time.perf_counter()
    found = simulation.calculate("pension", str(FIRST + YEARS - 1))
    return found, loaded - start, time.perf_counter() - loaded, time.process_time() - cpu


best = min((run(DATA["wages"].shape[1]) for _ in range(REPEATS)), key=lambda item: item[1] + item[2])
single = min((run(1) for _ in range(5)), key=lambda item: item[1] + item[2])
np.savez(TARGET, pension=best[0], load=best[1], compute=best[2], cpu=best[3], single=single[2], single_load=single[1])

"""The three back ends give the same fen: plain, compiled over columns, year by year."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.engine import languages

from hrss.kernel.problem import Problem
from hrss.rules.engine import half_up, half_up_product
from hrss.rules.engine.blocks import module_text
from hrss.rules.engine.bounds import demand_proof, prove
from hrss.rules.engine.columns import advance, batch, is_compilable
from hrss.rules.engine.kernels import kernel_of
from hrss.rules.engine.quick import quick
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.years import Shape

RNG = np.random.default_rng(11)


def both(rule: Rule[..., Any], columns: dict[str, Any], **setting: Any) -> dict[str, Any]:
    fast = batch(rule, columns, **setting)
    slow = batch(rule, columns, compiled=False, **setting)
    for name, values in fast.items():
        assert np.array_equal(values, slow[name]), name
    return fast


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_half_up_is_decimal_half_up(amount: int, divisor: int) -> None:
    oracle = (Decimal(amount) / divisor).quantize(Decimal(1), ROUND_HALF_UP)
    assert half_up(amount, divisor) == oracle


@given(st.integers(0, 10**13), st.integers(0, 10**13), st.integers(1, 10**9))
def test_half_up_product_is_exact_at_any_size(left: int, right: int, divisor: int) -> None:
    exact = (2 * left * right + divisor) // (2 * divisor)
    assert half_up_product(left, right, divisor) == exact


def test_simple_rule() -> None:
    amount = RNG.integers(0, 10**11, 5000)
    rate = RNG.integers(0, 5_000_000, 5000)
    assert both(languages.share, {"amount": amount, "rate": rate})["amount"].max() > 0


def test_signed_division_and_choice() -> None:
    columns = {
        "side": RNG.integers(1, 3, 5000),
        "amount": RNG.integers(-(10**11), 10**11, 5000),
        "months": RNG.integers(1, 1200, 5000),
    }
    both(languages.sided, columns, want=("part",))


def test_a_refusal_names_row_rule_and_reason() -> None:
    columns = {"side": np.array([1, 1, 2]), "amount": np.array([5, 5, 5]), "months": np.array([1, 2, 0])}
    for compiled in (True, False):
        with pytest.raises(Problem) as refused:
            batch(languages.sided, columns, compiled=compiled)
        assert "第 3 行" in refused.value.message
        assert "选边" in refused.value.rule


def test_tables_bracket_exact_and_refusal_in_a_choice_of_values() -> None:
    table = (0, 10, 5, 20, 9, 30)
    columns = {"key": np.array([0, 4, 5, 9, 100]), "strict": np.zeros(5, bool)}
    assert both(languages.table_of, columns, common={"table": table})["amount"].tolist() == [11, 11, 21, 31, 31]
    columns = {"key": np.array([5, 6]), "strict": np.ones(2, bool)}
    with pytest.raises(Problem, match="第 2 行"):
        batch(languages.table_of, columns, common={"table": table})


@given(
    st.lists(st.integers(0, 10**11), min_size=1, max_size=30),
    st.integers(0, 10**11),
    st.integers(1, 10**8),
)
@settings(max_examples=60, deadline=None)
def test_products_beyond_64_bits(lefts: list[int], right: int, below: int) -> None:
    left = np.asarray(lefts, np.int64)
    both(languages.big, {"left": left, "right": np.full(len(left), right), "below": np.full(len(left), below)})


@pytest.mark.parametrize("kind", [np.int32, np.int64])
@pytest.mark.parametrize("rows", [1, 511, 512, 513, 1500])
def test_fold_over_months_in_blocks(kind: type, rows: int) -> None:
    columns = {
        "opening": RNG.integers(0, 2 * 10**9, rows),
        "wages": RNG.integers(0, 10**8, (36, rows)).astype(kind),
        "rates": RNG.integers(0, 10**5, (3, rows)),
    }
    both(languages.life, columns, common={"uppers": [10**7, 2 * 10**7, 10**8]}, want=("balance", "years"))


def test_fold_with_limits_per_person_and_rates_for_all() -> None:
    columns = {
        "opening": np.zeros(700, np.int64),
        "wages": RNG.integers(0, 10**8, (24, 700)),
        "uppers": RNG.integers(0, 10**8, (2, 700)).astype(np.int32),
    }
    both(languages.life, columns, common={"rates": [26_200, 15_000]})


def test_a_rule_that_cannot_be_proven_is_answered_by_the_plain_form() -> None:
    assert prove(languages.unproven).faults
    with pytest.raises(Problem, match="64 位"):
        demand_proof(languages.unproven)
    columns = {"left": np.array([10**11]), "right": np.array([10**8])}
    assert not is_compilable(languages.unproven)
    assert batch(languages.unproven, columns)["amount"][0] == 10**17


def test_a_state_that_leaves_its_bounds_is_computed_plainly() -> None:
    columns = {"opening": np.array([10**9]), "wages": np.full((24, 1), 10**8), "rates": np.full((2, 1), 5 * 10**6)}
    both(languages.life, columns, common={"uppers": [10**8, 10**8]})


def test_a_sum_of_months_beyond_the_bound_is_noticed_and_exact() -> None:
    months = np.full((80, 600), 100)
    assert both(languages.counted, {"start": np.zeros(600, np.int64), "months": months})["amount"][0] == 8000


@pytest.mark.parametrize("base", [5 * 10**6, 10**7, 10**7 + 1, 10**8])
def test_the_end_without_branches_is_the_plain_end_on_both_sides_of_the_usual_bounds(base: int) -> None:
    rows = 4200  # three blocks; the second holds one wage beyond a tenth of the bound and runs the plain end
    wage = RNG.integers(0, 10**7, rows)
    wage[2500] = 10**8
    columns = {
        "kind": RNG.integers(1, 3, rows).astype(np.int8), "wage": wage, "extra": RNG.integers(0, 1200, rows),
        "paid": RNG.integers(0, 13, (3, rows)).astype(np.int8),
    }  # fmt: skip
    found = both(languages.ending, columns, common={"base": base, "table": (0, 500, 10, 900, 30, 3000)})["amount"]
    assert "finish_lane" in module_text(languages.ending, Shape(frozenset(columns), frozenset({"kind"}), (), True))
    assert len(set(found.tolist())) > 3
    got = batch(languages.ending, columns, common={"base": base, "table": (0, 500, 10, 900, 30, 3000)}, want=("part",))
    assert got["amount"].tolist() == found.tolist()


def test_year_by_year_is_the_fold() -> None:
    rows = 900
    credits, rates = RNG.integers(0, 10**8, (5, rows)), RNG.integers(0, 10**5, 5)
    state = {"balance": np.zeros(rows, np.int64), "months": np.zeros(rows, np.int64)}
    for year in range(5):
        advance(languages.year_value, state, {"credit": credits[year], "rate": int(rates[year])})
    for row in (0, 1, 450, 899):
        balance, months = 0, 0
        for year in range(5):
            balance, months = languages.year_value(balance, months, int(credits[year, row]), int(rates[year]))
        assert (state["balance"][row], state["months"][row]) == (balance, months)


def test_threads_do_not_change_the_fen() -> None:
    columns = {"amount": RNG.integers(0, 10**11, 60_000), "rate": RNG.integers(0, 5_000_000, 60_000)}
    one = batch(languages.share, columns, threads=1)["amount"]
    assert np.array_equal(one, batch(languages.share, columns, threads=3)["amount"])


def test_polars_and_arrow_come_back_as_they_came() -> None:
    data = {"amount": [100, 250, 5], "rate": [500_000, 100_000, 500_000]}
    expected = [50, 25, 3]
    frame = batch(languages.share, pl.DataFrame(data))
    assert frame["amount"].to_list() == expected
    assert batch(languages.share, pa.table(data))["amount"].to_pylist() == expected


def test_list_columns_are_series() -> None:
    frame = pl.DataFrame({"opening": [0, 5], "wages": [[100] * 24, [300] * 24], "rates": [[0, 0], [10_000, 10_000]]})
    found = batch(languages.life, frame, common={"uppers": [1000, 200]})
    assert found["amount"].to_list()[0] == 24 * 100 + 2


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (np.array([1, -1]), "第 2 行"),
        (np.array([1.5, 2.0]), "不是整数"),
        (np.array([1, 10**12]), "第 2 行"),
        (np.array([1, 2], np.uint64), "不是整数"),
    ],
)
def test_bad_columns_are_problems(column: Any, said: str) -> None:
    with pytest.raises(Problem) as refused:
        batch(languages.share, {"amount": column, "rate": np.array([1, 1])})
    assert said in str(refused.value)


def test_bad_periods_are_noticed_while_they_are_read() -> None:
    wages = np.full((24, 600), 100)
    wages[13, 577] = -5
    columns = {"opening": np.zeros(600, np.int64), "wages": wages, "rates": np.zeros((2, 600), np.int64)}
    with pytest.raises(Problem, match="第 578 行") as refused:
        batch(languages.life, columns, common={"uppers": [1000, 1000]})
    assert refused.value.field == "wages"


def test_empty_cells_missing_columns_and_uneven_columns_are_problems() -> None:
    with pytest.raises(Problem, match="空值"):
        batch(languages.share, pl.DataFrame({"amount": [1, None], "rate": [1, 1]}))
    with pytest.raises(Problem, match="缺少"):
        batch(languages.share, {"amount": np.array([1])})
    with pytest.raises(Problem, match="行数不同"):
        batch(languages.share, {"amount": np.array([1]), "rate": np.array([1, 2])})


def test_kernels_are_kept() -> None:
    batch(languages.share, {"amount": np.array([1]), "rate": np.array([1])})
    shape = next(iter(languages.share.__dict__["_kernels"]))
    assert kernel_of(languages.share, shape) is kernel_of(languages.share, shape)


def test_quick_is_the_plain_answer_and_checks_its_bounds() -> None:
    facts = {
        "opening": 5,
        "wages": np.arange(24) * 1000,
        "uppers": np.array([9000, 12_000]),
        "rates": np.array([10_000, 20_000]),
    }
    plain = {name: tuple(value.tolist()) if isinstance(value, np.ndarray) else value for name, value in facts.items()}
    assert quick(languages.life, facts) == languages.life(**plain) > 0
    assert quick(languages.life, plain) == languages.life(**plain)
    with pytest.raises(Problem, match="应在"):
        quick(languages.life, facts | {"opening": -1})
    with pytest.raises(Problem, match="月数为零"):
        quick(languages.sided, {"side": 1, "amount": 5, "months": 0})
    assert quick(languages.unproven, {"left": 10**10, "right": 10**10}) == 10**18


@pytest.mark.parametrize("name", ["uppers", "rates"])
def test_a_limit_out_of_bounds_in_a_column_is_noticed(name: str) -> None:
    columns = {
        "opening": np.zeros(600, np.int64),
        "wages": np.full((24, 600), 100),
        "uppers": np.full((2, 600), 1000),
        "rates": np.zeros((2, 600), np.int64),
    }
    columns[name][1, 599] = -1
    with pytest.raises(Problem, match="第 600 行"):
        batch(languages.life, columns)

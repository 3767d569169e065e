"""Money: reading and writing give back what went in; shares are exact; 大写 as vouchers need it."""

from decimal import ROUND_HALF_UP, Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.money import capitals, divide, parse_yuan, plain_yuan, share, spread, yuan
from hrss.kernel.problem import Problem

AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("1864.5", 186450), ("1,864.00", 186400), ("¥1864", 186400), ("-0.01", -1), ("１２.3元", 1230), ("0.500", 50)],
)
def test_amounts_are_read(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "12.345", "十元", "1.2.3", "1e3", "--1", "NaN"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_yuan(text, field="paid")
    assert (caught.value.code, caught.value.field) == ("money.format", "paid")


@given(AMOUNTS)
def test_reading_gives_back_what_was_written(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == parse_yuan(plain_yuan(fen)) == fen


@given(AMOUNTS, st.integers(1, 10_000))
def test_division_rounds_half_away_from_zero(numerator: int, denominator: int) -> None:
    exact = Decimal(numerator) / Decimal(denominator)
    assert divide(numerator, denominator) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def test_a_denominator_must_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        divide(1, 0)


@given(st.integers(0, 10**12), st.integers(0, 100))
def test_a_share_never_exceeds_the_amount(fen: int, percent: int) -> None:
    assert 0 <= share(fen, percent, 100) <= fen


@given(AMOUNTS, st.integers(1, 400))
def test_a_spread_adds_up_and_is_even(fen: int, parts: int) -> None:
    each = spread(fen, parts)
    assert sum(each) == fen
    assert max(each) - min(each) <= 1


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (186400, "壹仟捌佰陆拾肆元整"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (1000, "壹拾元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (10_000_000_00, "壹仟万元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (20_005_000_00, "贰仟万伍仟元整"),
        (-100, "负壹元整"),
    ],
)
def test_capitals(fen: int, text: str) -> None:
    assert capitals(fen) == text


def test_capitals_end_somewhere() -> None:
    with pytest.raises(ValueError, match="too large"):
        capitals(10**20)


@given(st.integers(1, 10**12 - 1))
def test_capitals_of_whole_yuan_read_back(whole: int) -> None:
    read = capitals(whole * 100).removesuffix("元整")
    assert cn2an.cn2an(read, "smart") == whole

"""Case numbers: shape, check digit, uniqueness under concurrency, no waiting."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from hrss.foundation.numbering import CaseNumber, next_case_number, next_case_numbers, parse_case_number
from hrss.foundation.numbering.case_numbers import check_digit
from hrss.foundation.numbering.jobs import open_coming_days
from hrss.foundation.numbering.services import open_days
from hrss.kernel.problem import Problem

DAY = date(2026, 11, 24)
NUMBERS = st.builds(
    CaseNumber,
    st.from_regex(r"[0-9]{6}", fullmatch=True).filter(str.isascii),
    st.sampled_from("123456789"),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(1, 999_999),
)


def test_the_check_digit_of_the_standard() -> None:
    """ISO/IEC 7064 MOD 11,10: the worked example 0794 has check digit 5."""
    assert check_digit("0794") == "5"


@settings(deadline=None)
@given(NUMBERS)
def test_a_number_reads_back(number: CaseNumber) -> None:
    text = str(number)
    assert len(text) == 22
    assert parse_case_number(text) == number
    assert parse_case_number(f" {text[:6]}-{text[6:]} ") == number


@settings(deadline=None)
@given(NUMBERS, st.integers(0, 21), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: CaseNumber, place: int, shift: int) -> None:
    text = str(number)
    wrong = text[:place] + str((int(text[place]) + shift) % 10) + text[place + 1 :]
    with pytest.raises(Problem):
        parse_case_number(wrong)


def test_full_width_digits_are_read_and_rubbish_is_not() -> None:
    text = str(CaseNumber("500236", "1", DAY, 7))
    wide = text.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert parse_case_number(wide).sequence == 7
    for rubbish in ("", "123", text + "0", "a" * 22, "٣" * 22):
        with pytest.raises(Problem, match="22 位"):
            parse_case_number(rubbish)


@pytest.mark.django_db
def test_numbers_of_a_day_rise_from_one() -> None:
    day = date(2031, 5, 6)
    numbers = [parse_case_number(next_case_number("500236", "portal", day)) for _ in range(3)]
    assert [number.sequence for number in numbers] == [1, 2, 3]
    assert numbers[0] == CaseNumber("500236", "1", day, 1)
    assert parse_case_number(next_case_number("500236", "counter", date(2031, 5, 7))).sequence == 1
    assert [parse_case_number(text).sequence for text in next_case_numbers("500236", "6", day, count=3)] == [4, 5, 6]


@pytest.mark.django_db
def test_wrong_arguments_are_programming_errors() -> None:
    with pytest.raises(ValueError, match="six digits"):
        next_case_number("5002", "portal", DAY)
    with pytest.raises(ValueError, match="channel"):
        next_case_number("500236", "fax", DAY)


def test_concurrent_takers_never_meet_and_never_wait(real_db: str) -> None:
    taken: list[str] = []

    def take() -> None:
        for _ in range(50):
            with transaction.atomic():
                taken.append(next_case_number("500236", "portal", DAY))
        connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(taken) == len(set(taken)) == 400


def test_an_open_transaction_holds_nobody_up(real_db: str) -> None:
    open_days(DAY)
    with transaction.atomic():
        first = next_case_number("500236", "portal", DAY)
        other: list[str] = []

        def take() -> None:
            other.append(next_case_number("500236", "portal", DAY))
            connections.close_all()

        thread = threading.Thread(target=take)
        thread.start()
        thread.join(4)  # less than the database's lock_timeout: a taker that waited would not be here yet
        assert other
    assert other[0] != first


def test_a_rolled_back_number_is_a_gap(real_db: str) -> None:
    open_days(DAY)
    with pytest.raises(RuntimeError), transaction.atomic():
        next_case_number("500236", "portal", DAY)
        raise RuntimeError
    assert parse_case_number(next_case_number("500236", "portal", DAY)).sequence == 2


def test_the_millionth_case_of_a_day_is_refused(real_db: str) -> None:
    open_days(DAY)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT setval('numbering_case_20261124', 999999)")
    with pytest.raises(Problem, match="已用完"):
        next_case_number("500236", "portal", DAY)


def test_the_application_cannot_set_a_sequence_back(real_db: str) -> None:
    open_days(DAY)
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("SELECT setval('numbering_case_20261124', 1)")


@pytest.mark.django_db
def test_coming_days_are_prepared() -> None:
    open_coming_days()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_sequences WHERE sequencename LIKE 'numbering_case_%'")
        (count,) = cursor.fetchone()
    assert count >= 14

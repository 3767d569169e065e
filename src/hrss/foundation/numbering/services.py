"""Taking the next number of a day from the database."""

from __future__ import annotations

from datetime import date

from django.db import connection
from psycopg.errors import SequenceGeneratorLimitExceeded

from hrss.foundation.numbering.case_numbers import CaseNumber, channel_digit
from hrss.kernel.problem import Problem

_REGION_DIGITS = 6
_NEXT = "SELECT numbering_next(%s) FROM generate_series(1, %s)"
_OPEN = "SELECT numbering_open(%s)"


def next_case_number(region6: str, channel: str, day: date) -> str:
    """Give a new number; ``channel`` is a name (``portal`` …) or a digit. Raises Problem ``numbering.exhausted``."""
    return next_case_numbers(region6, channel, day, count=1)[0]


def next_case_numbers(region6: str, channel: str, day: date, *, count: int) -> list[str]:
    """Give ``count`` new numbers in one round trip, rising but not always without gaps."""
    if len(region6) != _REGION_DIGITS or not region6.isdecimal():
        raise ValueError(f"a county code has six digits, not {region6!r}")
    digit = channel_digit(channel)
    with connection.cursor() as cursor:
        try:
            cursor.execute(_NEXT, [day, count])
        except Exception as error:
            if isinstance(error.__cause__, SequenceGeneratorLimitExceeded):
                raise Problem(
                    "numbering.exhausted", f"{day} 的受理编号已用完", remedy="请联系系统管理员", status=503
                ) from error
            raise
        return [str(CaseNumber(region6, digit, day, row[0])) for row in cursor.fetchall()]


def open_days(*days: date) -> None:
    """Make the sequences of days to come, so that the first case of a day need not."""
    with connection.cursor() as cursor:
        for day in days:
            cursor.execute(_OPEN, [day])

"""Formats a schema cannot check: identifiers, phones, regions, months, dates against today or another field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from hrss.kernel.identifiers import (
    check_bank_card,
    check_contact_phone,
    check_credit_code,
    check_phone,
    upgrade_id_number,
)
from hrss.kernel.problem import Problem
from hrss.kernel.regions import check_region_code

_EARLIEST = date(1900, 1, 1)
_LATEST_YEARS = 60


def _id_number(text: str) -> str:
    return upgrade_id_number(text).text


def _credit_code(text: str) -> str:
    return check_credit_code(text).text


def _village(text: str) -> str:
    code = check_region_code(text)
    if len(code) != 12:
        raise Problem("region.format", "请选到村（社区）", remedy="先选乡镇（街道），再选村（社区）")
    return code


def _month(text: str) -> str:
    if not re.fullmatch(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise Problem("month.format", "请按 2026-03 的样子填写年月", remedy="年写四位，月写两位")
    return text


_CHECKS: dict[str, Callable[[str], str]] = {
    "id_number": _id_number,
    "phone": check_phone,
    "contact_phone": check_contact_phone,
    "credit_code": _credit_code,
    "bank_card": check_bank_card,
    "region": _village,
    "month": _month,
}
KNOWN_FORMATS: frozenset[str] = frozenset({*_CHECKS, "money"})


def tidy(schema: Mapping[str, Any], value: Any) -> Any:
    """Give the value as it will be kept: identifiers in their normal form, text without outer spaces."""
    if not isinstance(value, str):
        return value
    check = _CHECKS.get(schema.get("x-format", ""))
    if check is None:
        return value.strip()
    try:
        return check(value)
    except Problem:
        return value.strip()


def format_problem(schema: Mapping[str, Any], value: Any, data: Mapping[str, Any], *, today: date) -> str:
    """Give what is wrong in words, or an empty string."""
    check = _CHECKS.get(schema.get("x-format", ""))
    if check is not None and isinstance(value, str):
        try:
            check(value)
        except Problem as problem:
            return problem.message
    if schema.get("format") == "date" and isinstance(value, str):
        return _date_problem(schema, value, data, today)
    return ""


def _date_problem(schema: Mapping[str, Any], text: str, data: Mapping[str, Any], today: date) -> str:
    day = _day(text)
    if day is None:
        return "不是实有的日期，请按 2026-03-05 的样子填写"
    if day < _EARLIEST or day.year > today.year + _LATEST_YEARS:
        return "年份不对，请核对"
    if schema.get("x-not-after") == "today" and day > today:
        return "不能晚于今天"
    if schema.get("x-not-before") == "today" and day < today:
        return "不能早于今天"
    other = _day(str(data.get(schema.get("x-after", ""), "")))
    if other is not None and day <= other:
        return f"要晚于 {other.year}年{other.month}月{other.day}日"
    return ""


def _day(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

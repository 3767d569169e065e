"""Checking a column of a million cells at once: the same rules as one form field, with a reason for each bad cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrss.casework.intake.tables import kernels

_FULL = dict(zip("０１２３４５６７８９Ｘｘ－／．", "0123456789Xx-/.", strict=True))
_ID_REASONS = {
    1: "身份号码应为 18 位",
    2: "身份号码前 17 位应为数字，末位为数字或 X",
    3: "身份号码中的出生日期不对",
    4: "身份号码校验码不对，可能有一位录错",
}
_EXCEL_ZERO, _MAC_ZERO = date(1899, 12, 30), date(1904, 1, 1)
_LOST_DIGITS = 1e15


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table item: its form field, its text and the numbers of its cells."""

    field: str
    title: str
    schema: Mapping[str, Any]
    text: pl.Series
    numbers: NDArray[np.float64]
    epoch_1904: bool = False


Complaint = tuple[pl.Series, str]


def check_column(column: Column, *, today: date) -> tuple[pl.Series, list[Complaint]]:
    """Give the checked text (dates ISO, choices as constants) and complaints: which cells, and why."""
    kind = _kind(column.schema)
    return _CHECKS[kind](column, today)


def _kind(schema: Mapping[str, Any]) -> str:
    if "oneOf" in schema:
        return "choice"
    if schema.get("format") == "date":
        return "date"
    if schema["type"] in ("integer", "number"):
        return "integer"
    return {"id_number": "id", "phone": "phone"}.get(schema.get("x-format", ""), "text")


def _text(column: Column, today: date) -> tuple[pl.Series, list[Complaint]]:
    sizes = column.text.str.len_chars()
    return column.text, list(_sizes(column.schema, sizes))


def _sizes(schema: Mapping[str, Any], sizes: pl.Series) -> Iterator[Complaint]:
    if "minLength" in schema:
        yield sizes < schema["minLength"], f"至少写 {schema['minLength']} 个字"
    if "maxLength" in schema:
        yield sizes > schema["maxLength"], f"最多写 {schema['maxLength']} 个字"


def _id(column: Column, today: date) -> tuple[pl.Series, list[Complaint]]:
    lost = pl.Series(column.numbers >= _LOST_DIGITS)
    text = _halved(column.text).str.replace_all(r"[\s\-]", "").str.to_uppercase()
    offsets, data = _bytes_of(text)
    verdict = kernels.check_ids(data, offsets, today.year * 10000 + today.month * 100 + today.day)
    filled = text.is_not_null()
    complaints = [(pl.Series(verdict == code) & filled & ~lost, reason) for code, reason in _ID_REASONS.items()]
    lost_reason = "身份号码被存成了数字，后几位已经丢失，请把这一列设成文本后重新填"
    return text, [(lost, lost_reason), *complaints]


def _phone(column: Column, today: date) -> tuple[pl.Series, list[Complaint]]:
    text = _halved(column.text).str.replace_all(r"[\s\-]", "").str.replace(r"^(\+86|0086)", "")
    good = text.str.contains(r"^(1[3-9][0-9]{9}|100[0-9]{8})$")
    return text, [(~good, "手机号应为 11 位数字")]


def _integer(column: Column, today: date) -> tuple[pl.Series, list[Complaint]]:
    tidy = _halved(column.text).str.replace_all(r"[,，\s元]", "").str.replace(r"\.0+$", "")
    value = tidy.cast(pl.Int64, strict=False)
    complaints: list[Complaint] = [(tidy.is_not_null() & value.is_null(), "请填写整数")]
    for key, over, words in (("minimum", False, "不能小于"), ("maximum", True, "不能大于")):
        if key in column.schema:
            bound = column.schema[key]
            complaints.append(((value > bound) if over else (value < bound), f"{words} {bound}"))
    return value.cast(pl.String), complaints


def _date(column: Column, today: date) -> tuple[pl.Series, list[Complaint]]:
    days = _days(column)
    complaints: list[Complaint] = [
        (column.text.is_not_null() & days.is_null(), "不是实有的日期，请按 2026-03-05 的样子填写"),
        (days < date(1900, 1, 1), "年份不对，请核对"),
        (days.dt.year() > today.year + 60, "年份不对，请核对"),
    ]
    if column.schema.get("x-not-after") == "today":
        complaints.append((days > today, "不能晚于今天"))
    if column.schema.get("x-not-before") == "today":
        complaints.append((days < today, "不能早于今天"))
    return days.dt.to_string("%Y-%m-%d"), complaints


def _days(column: Column) -> pl.Series:
    """Read days: ISO first, then the other ways people write them, and serial numbers of date cells."""
    days = column.text.str.to_date("%Y-%m-%d", strict=False)
    missing = days.is_null() & column.text.is_not_null()
    if not missing.any():
        return days
    serial = column.numbers
    whole = (serial >= 1) & (serial < 2_958_466) & (serial == np.floor(serial))
    zero = _MAC_ZERO if column.epoch_1904 else _EXCEL_ZERO
    offset = pl.Series(np.where(whole, serial, 0).astype(np.int32))
    dated = (offset + (zero - date(1970, 1, 1)).days).cast(pl.Date)
    days = days.zip_with(~(missing & pl.Series(whole)), dated)
    missing = days.is_null() & column.text.is_not_null()
    if not missing.any():
        return days
    places = missing.arg_true()
    rest = _halved(column.text.gather(places)).str.replace_all(r"[./年月]", "-").str.replace_all(r"[日\s]", "")
    rest = rest.str.replace(r"^([0-9]{4})([0-9]{2})([0-9]{2})$", "$1-$2-$3")
    return days.scatter(places, rest.str.to_date("%Y-%m-%d", strict=False))


def _choice(column: Column, today: date) -> tuple[pl.Series, list[Complaint]]:
    known = {str(one["title"]): str(one["const"]) for one in column.schema["oneOf"]}
    known |= {constant: constant for constant in known.values()}
    value = column.text.replace_strict(known, default=None, return_dtype=pl.String)
    titles = "、".join(str(one["title"]) for one in column.schema["oneOf"])
    return value, [(column.text.is_not_null() & value.is_null(), f"只能填：{titles}")]


_CHECKS: dict[str, Callable[[Column, date], tuple[pl.Series, list[Complaint]]]] = {
    "text": _text,
    "id": _id,
    "phone": _phone,
    "integer": _integer,
    "date": _date,
    "choice": _choice,
}


def _halved(text: pl.Series) -> pl.Series:
    """Turn full-width digits into plain ones, where there are any."""
    if not text.str.contains(r"[０-９Ｘｘ－／．]").any():
        return text
    return text.str.replace_many(list(_FULL), list(_FULL.values()))


def _bytes_of(text: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Give the Arrow offsets and bytes of a string column (nulls are empty)."""
    array = text.fill_null("").to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    return places, np.frombuffer(data, dtype=np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)

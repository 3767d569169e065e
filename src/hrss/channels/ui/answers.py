"""Reading the answers of a form page: what the inputs of ui.schema_fields sent, as JSON values.

What cannot be understood stays as typed and comes with a Problem that names the field; nothing is dropped silently
but fields whose condition (x-show-if) does not hold.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from hrss.channels.ui.formats import typed
from hrss.channels.ui.schema import Part, schema_part, type_of
from hrss.foundation.regions import queries as regions
from hrss.kernel.identifiers import check_bank_card, check_contact_phone, check_credit_code, check_id_number
from hrss.kernel.money import parse_yuan
from hrss.kernel.problem import Problem

PHONE = re.compile(r"1[0-9]{10}")


class Sent(Protocol):
    """What a form sent: Django's QueryDict, or anything with getlist and iteration over names."""

    def getlist(self, key: str) -> list[Any]:
        """Give all values of a name."""

    def __iter__(self) -> Any:
        """Iterate over the names."""


Reader = Callable[[Part, Sent, list[Problem]], Any]


def read_page(
    schema: Mapping[str, Any],
    page: Iterable[str] | None,
    sent: Sent,
    *,
    known: Mapping[str, Any] | None = None,
    path: str = "",
) -> tuple[dict[str, Any], list[Problem]]:
    """Read one page of a form: values by name, and the problems found, in the order of the fields.

    ``known`` are answers of earlier pages, for conditions. A blank field gives no value; a required one also a Problem.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in page if page is not None else schema["properties"]:
        part = schema_part(schema, name, path)
        if part.widget == "file" or not is_shown(schema["properties"][name], {**(known or {}), **values}):
            continue
        value = _READERS.get(part.widget, _read_text)(part, sent, problems)
        if value not in (None, "", [], {}):
            values[name] = value
        elif not part.optional:
            problems.append(_missing(part))
    return values, problems


def is_shown(prop: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Tell whether the condition of a property holds for the answers so far."""
    condition = prop.get("x-show-if")
    if not condition:
        return True
    answer = values.get(condition["field"])
    wanted = {typed(value) for value in condition["in"]}
    return bool(wanted & {typed(one) for one in (answer if isinstance(answer, list) else [answer])})


def wants_other_rows(sent: Sent) -> bool:
    """Tell whether the person pressed “再加一个” or “去掉”: draw the page again, without an error summary."""
    return bool(sent.getlist("_add") or sent.getlist("_remove"))


def _missing(part: Part) -> Problem:
    if part.widget == "agree":
        return Problem("form.required", f"请阅读并勾选“{part.label}”", field=part.name)
    verb = "选择" if part.widget in {"radio", "select", "checkboxes", "yes_no", "region"} else "填写"
    return Problem("form.required", f"请{verb}“{part.label}”", field=part.name)


def last_text(sent: Sent, name: str) -> str:
    """Give the last value sent under a name, without spaces around it; nothing sent is the empty text."""
    values = sent.getlist(name)
    return str(values[-1]).strip() if values else ""


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _read_text(part: Part, sent: Sent, problems: list[Problem]) -> Any:
    text = last_text(sent, part.name)
    if text and part.inputmode:
        return _number(part, text, problems)
    if part.limit and len(text) > part.limit:
        problems.append(
            Problem(
                "form.too_long",
                f"“{part.label}”最多 {part.limit} 个字，现在 {len(text)} 个",
                remedy="请删短一些",
                field=part.name,
            )
        )
    return text


def _number(part: Part, text: str, problems: list[Problem]) -> Any:
    whole = type_of(part.schema) == "integer"
    try:
        value = int(_plain(text)) if whole else float(_plain(text))
    except ValueError:
        kind = "整数" if whole else "数字"
        problems.append(Problem("form.number", f"“{part.label}”请填{kind}", remedy="例如 12", field=part.name))
        return text
    lowest, highest = part.schema.get("minimum"), part.schema.get("maximum")
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        problems.append(
            Problem(
                "form.range",
                f"“{part.label}”应当{_range(lowest, highest)}",
                remedy="请改成这个范围里的数",
                field=part.name,
            )
        )
    return value


def _range(lowest: Any, highest: Any) -> str:
    if lowest is None:
        return f"不超过 {highest}"
    return f"不少于 {lowest}" if highest is None else f"在 {lowest} 到 {highest} 之间"


def _read_choice(part: Part, sent: Sent, problems: list[Problem]) -> Any:
    text = last_text(sent, part.name)
    if text and text not in {value for value, _, _ in part.options}:
        problems.append(Problem("form.choice", f"“{part.label}”请从列出的选项里选", field=part.name))
        return text
    return _as_declared(part, text)


def _as_declared(part: Part, text: str) -> Any:
    declared = [one["const"] for one in part.schema.get("oneOf", ())] or list(part.schema.get("enum", ()))
    return next((value for value in declared if typed(value) == text), text)


def _read_choices(part: Part, sent: Sent, problems: list[Problem]) -> list[Any]:
    texts = [str(text) for text in sent.getlist(part.name)]
    known = {value for value, _, _ in part.options}
    if any(text not in known for text in texts):
        problems.append(Problem("form.choice", f"“{part.label}”请从列出的选项里选", field=part.name))
    return [_as_declared(part, text) for text in texts]


def _read_yes_no(part: Part, sent: Sent, problems: list[Problem]) -> bool | None:
    return {"yes": True, "no": False}.get(last_text(sent, part.name))


def _read_agree(part: Part, sent: Sent, problems: list[Problem]) -> bool | None:
    return True if last_text(sent, part.name) == "yes" else None


def _read_money(part: Part, sent: Sent, problems: list[Problem]) -> Any:
    text = last_text(sent, part.name)
    try:
        return parse_yuan(text, field=part.name) if text else None
    except Problem as problem:
        problems.append(problem)
        return text


def _checked(check: Callable[[str], str]) -> Reader:
    """Give the reader of an identifier: its normal form where ``check`` accepts it, else as typed with a Problem."""

    def read(part: Part, sent: Sent, problems: list[Problem]) -> str:
        text = _plain(last_text(sent, part.name)).upper()
        try:
            return check(text) if text else ""
        except Problem as problem:
            problems.append(
                Problem(problem.code, problem.message, rule=problem.rule, remedy=problem.remedy, field=part.name)
            )
            return last_text(sent, part.name)

    return read


def _village(code: str) -> str:
    """Give the code of a village or community of the county; Problem for anything else."""
    return regions.require(code, level="village").code


def _read_phone(part: Part, sent: Sent, problems: list[Problem]) -> str:
    text = _plain(last_text(sent, part.name)).replace("-", "")
    if text and not PHONE.fullmatch(text):
        problems.append(
            Problem(
                "form.phone",
                f"“{part.label}”应当是 11 位手机号码",
                remedy="请填 11 位数字，不要空格和横线",
                field=part.name,
            )
        )
        return last_text(sent, part.name)
    return text


def _read_date(part: Part, sent: Sent, problems: list[Problem]) -> Any:
    whole, days = last_text(sent, part.name), part.widget == "date"
    names = ("year", "month", "day") if days else ("year", "month")
    parts = {name: _plain(last_text(sent, f"{part.name}.{name}")) for name in names}
    text = whole or "-".join(parts[name].zfill(2) for name in names)
    if not whole and not any(parts.values()):
        return None
    try:
        day = dt.date.fromisoformat(text if days else f"{text}-01")
    except ValueError:
        example = "2026 年 3 月 5 日" if days else "2026 年 3 月"
        problems.append(
            Problem("form.date", f"“{part.label}”不是真实的日期", remedy=f"请按 {example} 的样子填写", field=part.name)
        )
        return whole or parts
    return day.isoformat() if days else day.isoformat()[:7]


def _read_group(part: Part, sent: Sent, problems: list[Problem]) -> dict[str, Any]:
    values, found = read_page(part.schema, None, sent, path=f"{part.name}.")
    if values or not part.optional:
        problems.extend(found)
    return values


def _read_rows(part: Part, sent: Sent, problems: list[Problem]) -> list[dict[str, Any]]:
    pattern = re.compile(re.escape(part.name) + r"\.([0-9]{1,4})\.")
    numbers = sorted({int(match[1]) for name in sent if (match := pattern.match(name))})
    kept = [number for number in numbers if f"{part.name}.{number}" not in sent.getlist("_remove")]
    rows = []
    for place, number in enumerate(kept):
        values, found = read_page(part.schema, None, sent, path=f"{part.name}.{number}.")
        rows.append(values)
        problems.extend(_moved(problem, part.name, number, place) for problem in found)
    if part.name in sent.getlist("_add"):
        rows.append({})
    return [] if part.optional and not any(rows) and not wants_other_rows(sent) else rows


def _moved(problem: Problem, name: str, number: int, place: int) -> Problem:
    """Give the problem with the row number the page will show after rows were taken away."""
    problem.field = problem.field.replace(f"{name}.{number}.", f"{name}.{place}.", 1)
    return problem


_READERS: dict[str, Reader] = {
    "radio": _read_choice,
    "select": _read_choice,
    "checkboxes": _read_choices,
    "yes_no": _read_yes_no,
    "agree": _read_agree,
    "money": _read_money,
    "id_number": _checked(lambda text: check_id_number(text).text),
    "credit_code": _checked(lambda text: check_credit_code(text).text),
    "bank_card": _checked(check_bank_card),
    "contact_phone": _checked(check_contact_phone),
    "region": _checked(_village),
    "phone": _read_phone,
    "date": _read_date,
    "month": _read_date,
    "group": _read_group,
    "rows": _read_rows,
}

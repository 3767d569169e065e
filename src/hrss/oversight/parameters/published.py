"""The approved values as a file beside the published ones, written anew from the rows: the rules read files only.

The rows are the truth and the file is their copy: it is written after every approval and whenever the platform is
prepared (so also after a restored backup). What was approved is given with the day it became known, so a later value
takes the place of an earlier one and of the published one, and older days keep theirs.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import yaml
from django.utils import timezone

from hrss.foundation.regions.county import county_code
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem, Problems
from hrss.oversight.parameters.models import ParameterChange
from hrss.rules.engine.loading import UNITS, default_parameters, load_with, local_file, published_parameters
from hrss.rules.engine.parameters import ParameterValue

_ROBOT = system_actor("parameters.render").for_purpose("maintenance")


def numbers() -> dict[str, ParameterValue]:
    """Give the published parameters that are one number, by name, each with its last value."""
    found = {name: values[-1] for name, values in published_parameters().values.items()}
    return {name: one for name, one in found.items() if one.unit is not None and not isinstance(one.value, tuple)}


def in_force(name: str, day: date) -> str:
    """Give what applies to the county on a day, in words; a number nobody has found yet says so."""
    try:
        return default_parameters().parameter(name, on=day, region=county_code()).shown
    except Problem:
        return "没有数值"


def try_out(row: ParameterChange) -> None:
    """Refuse a value that does not fit beside the others. Problem ``parameters.conflict`` says what does not fit."""
    if ParameterChange.objects.filter(
        region_code=row.region_code, name=row.name, state="approved", decided_at__date=timezone.localdate()
    ).exists():
        raise _conflict("这个参数今天已经批准过一次变动，请明天再批")
    row.decided_at = row.decided_at or timezone.now()
    try:
        load_with(text_of([*approved(), row]))
    except Problems as faults:
        raise _conflict("；".join(one.message for one in faults)) from None


def _conflict(what: str) -> Problem:
    return Problem(
        "parameters.conflict", what, rule="同一天只有一个数值", remedy="请退回，核对日期以后再提", status=409
    )


def approved() -> list[ParameterChange]:
    """Give the approved changes by name, in the order they were proposed."""
    return list(ParameterChange.objects.filter(state=ParameterChange.State.APPROVED).order_by("name", "id"))


def render() -> int:
    """Write the file; gives how many values stand in it."""
    with acting(_ROBOT):
        rows = approved()
    target = local_file()
    if target is None:
        raise Problem("parameters.place", "没有设定县级参数的存放位置", remedy="请联系系统管理员", status=503)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(text_of(rows), encoding="utf-8")
    part.replace(target)
    return len(rows)


def text_of(rows: list[ParameterChange]) -> str:
    """Give the values in the form of the published files."""
    known, entries = numbers(), defaultdict[str, list[dict[str, Any]]](list)
    for row in rows:
        entries[row.name].append(_value(row))
    made = {
        name: {"title": known[name].title, "unit": _unit(known[name]), "values": values}
        for name, values in entries.items()
        if name in known
    }
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=True)


def _value(row: ParameterChange) -> dict[str, Any]:
    decided = timezone.localdate(row.decided_at)
    return {
        "value": row.value, "from": row.valid_from, "known_from": decided, "region": row.region_code,
        "status": "final", "document": row.document, "source": f"{row.proposed_name}提出，{row.decided_name}批准",
    }  # fmt: skip


def _unit(value: ParameterValue) -> str:
    return next(name for name, unit in UNITS.items() if unit == value.unit)

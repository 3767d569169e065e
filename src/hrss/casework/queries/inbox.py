"""The inbox: what waits for the actor's posts. Keyset pages, counts capped at a thousand, one round trip.

A second statement records whom the page showed; each of them can see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from hrss.casework.deadlines.colours import colour_of
from hrss.casework.items.vocabulary import STATE_NAMES
from hrss.casework.queries.reading import checked_limit, cursor_of, day, hot_json, moment, parts_of
from hrss.foundation import audit
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

VIEWS: dict[str, str] = {
    "waiting": "待办",
    "mine": "我领办的",
    "unclaimed": "没人领的",
    "warning": "快到期",
    "overdue": "已超期",
    "all": "全部在办",
}
CAP = 1000


class InboxRow(NamedTuple):
    """One open case of a list. ``colour``: overdue, red, yellow, green, none."""

    id: UUID
    number: str
    item_code: str
    item_name: str
    line: str
    grade: str
    state: str
    state_name: str
    subject_name: str
    subject_tail: str
    region_code: str
    channel: str
    submitted_at: datetime | None
    act_by: date | None
    colour: str
    claimed_by: UUID | None
    claimed_name: str
    open_materials: int


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox; ``next`` is the cursor of the following page, empty at the end."""

    rows: list[InboxRow]
    next: str
    counts: dict[str, int]
    view: str


_OPEN = "c.decided_at IS NULL AND c.closed_at IS NULL"
_COLUMNS = (
    "c.id, c.number, c.item_code, c.item_name, c.line, c.grade, c.state, c.subject_name, c.subject_tail,"
    " c.region_code, c.channel, c.submitted_at, c.act_by, c.warn_on, c.claimed_by, c.claimed_name,"
    " c.applicant_person_id"
)
_OF_WAITING = {
    "waiting": "claimed_by IS NULL OR claimed_by = %(account)s",
    "unclaimed": "claimed_by IS NULL",
    "warning": "act_by BETWEEN %(today)s AND %(today)s + 2",
    "overdue": "act_by < %(today)s",
}


def inbox(
    *,
    actor: Actor,
    view: str = "waiting",
    line: str = "",
    item: str = "",
    text: str = "",
    region: str = "",
    after: str = "",
    limit: int = 50,
) -> InboxPage:
    """Give a page of open cases and the counts of all views.

    ``text`` is a number or the beginning of a name; ``region`` a region prefix. Problem ``inbox.view`` for other views.
    """
    if view not in VIEWS:
        raise Problem("inbox.view", "没有这个列表", remedy="请从列表中选择", field="view", status=404)
    size = checked_limit(limit)
    parameters = _parameters(actor, line, item, text, region, after) | {"size": size + 1}
    waits = _waits(actor, parameters)
    found = hot_json(_statement(view, waits, parameters), parameters)
    raw = (found["rows"] or [])[:size]
    audit.listed(actor, what="casework.inbox", persons=[one["applicant_person_id"] for one in raw])
    rows = [_row(one, today=parameters["today"]) for one in raw]
    more = len(found["rows"] or []) > size
    return InboxPage(
        rows=rows,
        next=cursor_of(rows[-1].act_by, rows[-1].id) if more else "",
        counts={name: min(found[name], CAP) for name in VIEWS},
        view=view,
    )


def _parameters(actor: Actor, line: str, item: str, text: str, region: str, after: str) -> dict[str, Any]:
    act_by, last = parts_of(after, 2) if after else (None, None)
    return {
        "account": actor.account,
        "today": timezone.localdate(),
        "line": line,
        "item": item,
        "text": text.strip(),
        "region": region,
        "act_by": act_by,
        "last": last,
        "cap": CAP + 1,
        "townships": sorted({code[:9] for code in actor.regions}),
    }


_KEYS = (
    "ARRAY(SELECT w.key FROM casework_waitingkey w"
    " WHERE %(function{n})s = ANY (w.functions) AND w.reach >= length(%(post{n})s))"
)


def _waits(actor: Actor, parameters: dict[str, Any]) -> str:
    """Give the condition "waits for one of the actor's posts"; the keys are compared as a whole, so an index serves."""
    conditions = []
    everywhere = actor.regions
    for number, post in enumerate(actor.posts):
        parameters |= {f"function{number}": post.function.value, f"post{number}": post.region}
        condition = f"c.waiting_key = ANY ({_KEYS.format(n=number)})"
        if everywhere != (post.region,):  # otherwise row-level security says the same, and better for the planner
            condition += f" AND left(c.region_code, {len(post.region)}) = %(post{number})s"
        if post.line != "*":
            parameters[f"line{number}"] = post.line
            condition += f" AND c.line = %(line{number})s"
        conditions.append(f"({condition})")
    return f"({' OR '.join(conditions)})" if conditions else "false"


def _statement(view: str, waits: str, parameters: dict[str, Any]) -> str:
    place = _place(parameters)
    conditions = {
        "waiting": f"{waits} AND ({_OF_WAITING['waiting']})",
        "unclaimed": f"{waits} AND claimed_by IS NULL",
        "warning": f"{waits} AND {_OF_WAITING['warning']}",
        "overdue": f"{waits} AND {_OF_WAITING['overdue']}",
        "mine": "c.claimed_by = %(account)s",
        "all": "true",
    }
    counts = ", ".join(
        f"'{name}', (SELECT count(*) FROM waiting WHERE {condition})"  # noqa: S608 - constants only
        for name, condition in _OF_WAITING.items()
    )
    wanted = " AND ".join([_OPEN + place, conditions[view], *_filters(parameters)])
    return f"""
        WITH waiting AS MATERIALIZED (
          SELECT c.act_by, c.claimed_by FROM casework_case c WHERE {_OPEN}{place} AND {waits}
           ORDER BY c.act_by, c.id LIMIT %(cap)s),
        page AS (
          SELECT {_COLUMNS},
                 (SELECT count(*) FROM casework_material m
                   WHERE m.case_id = c.id AND m.state IN ('deferred', 'promised', 'pending')) AS open_materials
            FROM casework_case c WHERE {wanted}
           ORDER BY c.act_by, c.id LIMIT %(size)s)
        SELECT json_build_object('rows', (SELECT json_agg(page ORDER BY act_by, id) FROM page), {counts},
          'mine', (SELECT count(*) FROM (SELECT 1 FROM casework_case c
             WHERE {_OPEN} AND c.claimed_by = %(account)s LIMIT %(cap)s) AS m),
          'all', (SELECT count(*) FROM (SELECT 1 FROM casework_case c WHERE {_OPEN}{place} LIMIT %(cap)s) AS a)
        )::text"""  # noqa: S608 - constants and parameters only


def _place(parameters: dict[str, Any]) -> str:
    """Where all posts are in townships, let the township index serve."""
    townships = parameters["townships"]
    if len(townships) == 1 and len(townships[0]) == 9:
        parameters["township"] = townships[0]
        return " AND c.township = %(township)s"
    if townships and all(len(code) == 9 for code in townships):
        return " AND c.township = ANY (%(townships)s::text[])"
    return ""


def _filters(parameters: dict[str, Any]) -> list[str]:
    wanted = {
        "line": "c.line = %(line)s",
        "item": "c.item_code = %(item)s",
        "region": "left(c.region_code, length(%(region)s)) = %(region)s",
        "text": "(c.number = %(text)s OR left(c.subject_name, length(%(text)s)) = %(text)s)",
    }
    filters = [condition for name, condition in wanted.items() if parameters[name]]
    if parameters["last"] is None:
        return filters
    if parameters["act_by"] is None:
        return [*filters, "c.act_by IS NULL AND c.id > %(last)s::uuid"]
    return [*filters, "((c.act_by, c.id) > (%(act_by)s::date, %(last)s::uuid) OR c.act_by IS NULL)"]


def _row(raw: dict[str, Any], *, today: date) -> InboxRow:
    return InboxRow(
        id=UUID(raw["id"]),
        number=raw["number"],
        item_code=raw["item_code"],
        item_name=raw["item_name"],
        line=raw["line"],
        grade=raw["grade"],
        state=raw["state"],
        state_name=STATE_NAMES[raw["state"]],
        subject_name=raw["subject_name"],
        subject_tail=raw["subject_tail"],
        region_code=raw["region_code"],
        channel=raw["channel"],
        submitted_at=moment(raw["submitted_at"]),
        act_by=day(raw["act_by"]),
        colour=colour_of(day(raw["act_by"]), day(raw["warn_on"]), today=today),
        claimed_by=UUID(raw["claimed_by"]) if raw["claimed_by"] else None,
        claimed_name=raw["claimed_name"],
        open_materials=raw["open_materials"],
    )

"""The rows of the inbox, drawn by a function: fifty cases of eight cells are most of what its page costs.

Words and addresses only; which cases stand there the query has decided. It draws what ``ui.table`` would, with a box to
tick for those who may work on cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from hrss.casework.queries.inbox import InboxRow
from hrss.channels.ui.addresses import around
from hrss.channels.ui.drawn import safe
from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import environment
from hrss.channels.workbench.shell import place_words
from hrss.kernel.actor import Actor


def inbox_rows(rows: Sequence[InboxRow], actor: Actor, *, ticks: bool) -> Markup:
    """Draw the rows; ``ticks`` adds the box by which several are chosen at once."""
    before, after = around("workbench.case")
    drawn = [_row(row, f"{before}{row.id}{after}", actor, ticks) for row in rows]
    return Markup("".join(drawn))  # noqa: S704 - every value is escaped


def _row(row: InboxRow, href: str, actor: Actor, ticks: bool) -> str:
    key, item = row.id, safe(row.item_name)
    name = safe(f"{row.subject_name}（{row.subject_tail}）" if row.subject_tail else row.subject_name)
    return (
        f'<tr role="row" id="case-{key}" data-row="{key}">'
        f"{_tick(key, item, name) if ticks else ''}"
        f'<td role="cell" data-label="应办日期">{_components().due_tag(row.act_by) if row.act_by else "—"}</td>'
        '<td role="cell" class="cell-main" data-label="事项">'
        f'<a href="{href}" data-row-link>{item}</a>'
        f' <span class="hint num">{safe(row.number)}</span></td>'
        f'<td role="cell" data-label="申请人">{name}</td>'
        f'<td role="cell" data-label="办理地">{safe(place_words(row.region_code))}</td>'
        f'<td role="cell" data-label="状态">{_components().status_tag(row.state_name, "info")}{_waits(row)}</td>'
        f'<td role="cell" data-label="提交">{moment(row.submitted_at)}</td>'
        f'<td role="cell" data-label="领办">{_claimed(row, actor)}</td></tr>'
    )


def _tick(key: object, item: str, name: str) -> str:
    box = f'<input type="checkbox" name="row" value="{key}" aria-label="选择 {item} {name}">'
    return f'<td role="cell" class="cell-check">{box}</td>'


def _waits(row: InboxRow) -> str:
    return f' <span class="hint">等材料 {row.open_materials}</span>' if row.open_materials else ""


def _claimed(row: InboxRow, actor: Actor) -> str:
    if row.claimed_by is not None and row.claimed_by == actor.account:
        return "我"
    return safe(row.claimed_name) or "—"


@cache
def _components() -> Any:
    return environment().globals["ui"]

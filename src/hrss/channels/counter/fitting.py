"""Who is served, as the window shows them, and which items fit: those that help now first, then the others by code.

It only sorts; whether an item can be granted is decided by its rules when it is applied for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.vocabulary import LINES
from hrss.casework.queries.of_person import CASES_OF, PersonCase
from hrss.channels.ui.working import STATUS_WORDS
from hrss.domains.employment import queries as employment
from hrss.domains.employment.queries import WorkRecord
from hrss.domains.employment.statuses import Status
from hrss.foundation.organisations.queries import card_of, organisation_by_id
from hrss.foundation.people import queries as people
from hrss.kernel.actor import Actor

_NO_WORK = {"JY010": "现在没有工作，可以登记失业", "JY003": "想找工作，可以登记求职", "JY007": "可以做职业指导"}
_REGISTERED = {
    "JY018": "已登记失业，可以看是不是就业困难",
    "JY007": "可以做职业指导",
    "JY003": "想找工作，可以登记求职",
}
_FIRM = {"JY012": "招了人，三十日内登记", "JY054": "缺人，可以登记用工需求"}


def person_page(person_id: UUID, *, actor: Actor) -> dict[str, Any]:
    """Give the person's card, work and what helps now; leaves a read event."""
    card, reading = people.card_and_reading(person_id, actor=actor, also=(employment.WORK_RECORD, CASES_OF))
    work = employment.work_record(person_id)
    return {
        "who": "person",
        "reading": reading,
        "card": card,
        "firm": None,
        "rows": [("就业状态", STATUS_WORDS[work.status]), *_job_row(work)],
        "helpful": {} if card.died_on else _helpful(work),
    }


def firm_page(organisation_id: UUID) -> dict[str, Any]:
    """Give the firm's card and what firms come for most."""
    firm = card_of(organisation_by_id(organisation_id))
    rows = [
        ("统一社会信用代码", firm.credit_code),
        ("法定代表人", firm.legal_person_name),
        ("地址", firm.address or firm.region_name),
        ("在册人数", f"{firm.headcount} 人"),
    ]
    return {"who": "organisation", "card": None, "firm": firm, "rows": rows, "helpful": _FIRM}


def items_for(
    shown: dict[str, Any], cases: Sequence[PersonCase], online: Mapping[str, ItemDefinition]
) -> list[dict[str, Any]]:
    """Give the published items this person or firm can apply for; ``open`` says that one is under way."""
    running = {one.item_name for one in cases if one.act_by is not None}
    fitting = [item for item in online.values() if shown["who"] in item.applicant]
    helpful: dict[str, str] = shown["helpful"]
    fitting.sort(
        key=lambda item: (
            item.code not in helpful,
            list(helpful).index(item.code) if item.code in helpful else 0,
            item.code,
        )
    )
    return [_row(item, helpful.get(item.code, ""), item.name in running) for item in fitting]


def _row(item: ItemDefinition, why: str, is_open: bool) -> dict[str, Any]:
    return {"code": item.code, "name": item.name, "line": LINES.get(item.line, ""), "why": why, "open": is_open}


def _helpful(work: WorkRecord) -> dict[str, str]:
    if work.registered_on is not None:
        return _REGISTERED
    return {} if work.status is Status.EMPLOYED else _NO_WORK


def _job_row(work: WorkRecord) -> list[tuple[str, str]]:
    current = next((job for job in work.jobs if job.until is None), None)
    return [("现在的单位", current.employer)] if current and current.employer else []

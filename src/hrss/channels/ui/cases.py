"""A case as rows for the components: timeline, facts, documents, materials. Shared by portal, counter and workbench.

Words only; it asks nothing of the database and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from hrss.casework.intake.materials import MaterialLine
from hrss.casework.items.definition import LimitRule
from hrss.casework.items.vocabulary import VERB_NAMES
from hrss.casework.queries.case_page import CasePage
from hrss.channels.ui.addresses import reverse
from hrss.channels.ui.formats import SHANGHAI, masked_name
from hrss.channels.ui.formats import date as date_words
from hrss.kernel.actor import Function

Row = Mapping[str, Any]

FUNCTION_WORDS = {
    Function.VILLAGE_AGENT.value: "村（社区）协办员",
    Function.COUNTER.value: "综合窗口",
    Function.HANDLER.value: "经办",
    Function.REVIEWER.value: "复核",
    Function.APPROVER.value: "审批",
    Function.INSPECTOR.value: "稽核",
    Function.LEADER.value: "领导",
    Function.FINANCE.value: "基金财务",
    Function.DATA.value: "数据管理",
    Function.SYSTEM_ADMIN.value: "系统管理员",
    Function.SECURITY_ADMIN.value: "安全管理员",
    Function.AUDIT_ADMIN.value: "审计管理员",
    "applicant": "申请人",
    "system": "系统",
}
STATE_KINDS = {
    "correcting": "warning",
    "decided": "ok",
    "delivered": "ok",
    "archived": "ok",
    "rejected": "danger",
    "suspended": "muted",
    "withdrawn": "muted",
    "terminated": "muted",
    "transferred": "muted",
}
CHANNEL_WORDS = {
    "portal": "网上",
    "counter": "窗口",
    "workbench": "经办",
    "api": "接口",
    "job": "系统",
    "village": "村（社区）",
}
_DANGER = frozenset({"refuse_acceptance", "terminate"})
_WARNING = frozenset({"notify_correction", "return", "suspend", "extend"})
_HIDDEN_FROM_PUBLIC = frozenset({"claim", "release", "ask_opinion", "give_opinion", "archive"})


def state_tag(state: str, name: str) -> tuple[str, str]:
    """Give words and kind of the tag of a state."""
    return (name, STATE_KINDS.get(state, "info"))


def when(text: str | datetime | None) -> datetime | None:
    """Read a moment of the database, as local time."""
    if text is None:
        return None
    return (text if isinstance(text, datetime) else datetime.fromisoformat(text)).astimezone(SHANGHAI)


def timeline(page: CasePage, *, for_public: bool = False) -> list[Row]:
    """Give the events of a case, oldest first; the public does not see who claimed and released."""
    shown = [one for one in page.actions if not (for_public and one["verb"] in _HIDDEN_FROM_PUBLIC)]
    return [_event(one, for_public) for one in shown]


def _event(action: Row, for_public: bool) -> Row:
    verb, function = action["verb"], action["function"]
    kind = "danger" if verb in _DANGER else "warning" if verb in _WARNING else "ok"
    name = masked_name(action["actor_name"]) if for_public and function == "applicant" else action["actor_name"]
    who = "" if function == "system" else f"{FUNCTION_WORDS.get(function, function)} {name}".strip()
    return {
        "at": when(action["at"]),
        "title": VERB_NAMES.get(verb, verb),
        "text": action["note"],
        "who": who,
        "kind": kind,
    }


def document_rows(page: CasePage, *, route: str) -> list[Row]:
    """Give the papers of a case for ``ui.file_list``."""
    return [
        {
            "name": one["name"],
            "href": reverse(route, args=(one["id"],)),
            "size": f"{max(1, one['size'] // 1024)} KB",
            "note": f"文号 {one['number']}",
        }
        for one in page.documents
    ]


def known_rows(lines: Iterable[MaterialLine]) -> list[Row]:
    """Give checklist rows of proofs the state already has."""
    return [
        {"name": line.name, "state": _state_of(line) if line.how == "exchange" else "have", "note": _source_note(line)}
        for line in lines
    ]


def material_rows(lines: Sequence[MaterialLine]) -> list[Row]:
    """Give checklist rows of all proofs, with what can be done about those missing."""
    return [{"name": line.name, "state": _state_of(line), "note": _source_note(line)} for line in lines]


def guide_material_rows(materials: Iterable[Row]) -> list[Row]:
    """Give checklist rows of a guide's materials."""
    states = {"必须": "needed", "可以不交": "optional", "可以后补": "later"}
    rows: list[Row] = []
    for one in materials:
        state = "asked" if one["asked"] else states[one["necessity"]]
        notes = [
            one["hint"],
            "可以书面承诺代替" if one["promise"] and not one["asked"] else "",
            "看情况需要" if one["only_if"] else "",
        ]
        rows.append({"name": one["name"], "state": state, "note": "；".join(note for note in notes if note)})
    return rows


def _state_of(line: MaterialLine) -> str:
    if line.state in ("proven", "pending"):
        return "exchange" if line.state == "proven" else "asked"
    if line.state == "given":
        return "have"
    if line.may_promise:
        return "promise"
    return {"deferrable": "later", "optional": "optional"}.get(line.necessity, "missing")


def _source_note(line: MaterialLine) -> str:
    if line.state == "pending":
        return f"正在向{line.source}核验"
    if line.state == "proven":
        return f"{line.source}已核验"
    return "；".join(text for text in (line.hint, line.reason) if text)


def limit_words(rule: LimitRule) -> str:
    """Give a limit in words, marked when nobody has confirmed it yet."""
    doubt = "（待核实）" if rule.status == "unverified" else ""
    return f"{rule.words}{doubt}"


def decision_words(page: CasePage) -> dict[str, str] | None:
    """Give the decision in words, None while there is none."""
    found = page.decision
    if found is None:
        return None
    text = "已经办好" if found["granted"] else "没有通过"
    return {"text": text, "reasons": found["reasons"], "remedy": found["remedy"]}


def notice_points(page: CasePage) -> list[str]:
    """Give the points of the one-time notice."""
    return [str(point.get("text", "")) for point in (page.notice or {}).get("points", [])]


def due_words(page: CasePage) -> str:
    """Give the day by which the case is to be done, in words."""
    day = page.case.get("act_by")
    return date_words(day) if day else "没有期限"

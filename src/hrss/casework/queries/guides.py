"""The guide page of an item: from its published definition, or from the catalogue where it has none yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrss.casework.items.catalogue import CatalogueEntry, catalogue
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import current
from hrss.casework.items.vocabulary import LINES
from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem

_NECESSITY = {"required": "必须", "optional": "可以不交", "deferrable": "可以后补"}


@dataclass(frozen=True, slots=True)
class Guide:
    """What people read before applying. ``online``: can be applied for here; ``item`` then holds the definition."""

    code: str
    name: str
    line: str
    line_name: str
    kind: str
    applicant: tuple[str, ...]
    online: bool
    summary: str
    conditions: tuple[str, ...]
    basis: tuple[Mapping[str, str], ...]
    materials: tuple[Mapping[str, Any], ...]
    statutory: Mapping[str, str]
    promised: Mapping[str, str]
    steps: tuple[str, ...]
    results: tuple[str, ...]
    fee: int
    delivery: tuple[str, ...]
    remedy: str
    faq: tuple[Mapping[str, str], ...]
    status: str
    item: ItemDefinition | None


def guide(code: str) -> Guide:
    """Give the guide of an item or catalogue entry; Problem ``item.unknown`` (404) for any other code."""
    try:
        return _from_item(current(code).item)
    except Problem as problem:
        if problem.code != "item.unknown" or code not in catalogue():
            raise
    return _from_entry(catalogue()[code])


def _from_item(item: ItemDefinition) -> Guide:
    return Guide(
        code=item.code,
        name=item.name,
        line=item.line,
        line_name=LINES[item.line],
        kind=item.kind,
        applicant=item.applicant,
        online=True,
        summary=item.summary,
        conditions=item.conditions,
        basis=tuple(
            {"title": one.title, "article": one.article, "source": one.source, "status": one.status}
            for one in item.basis
        ),
        materials=tuple(
            {
                "name": rule.name,
                "asked": bool(rule.question),
                "necessity": _NECESSITY[rule.necessity],
                "promise": rule.promise,
                "hint": rule.hint,
                "only_if": rule.show_if is not None,
            }
            for rule in item.materials
        ),
        statutory=_limit(item.statutory.text, item.statutory.source, item.statutory.status),
        promised=_limit(item.promised.text, item.promised.source, item.promised.status),
        steps=("提交申请", *(step.name for step in item.steps), "送达"),
        results=tuple(rule.name for rule in item.documents if rule.on in ("granted", "decided")),
        fee=item.fee,
        delivery=item.delivery,
        remedy=item.remedy,
        faq=item.faq,
        status="published",
        item=item,
    )


def _from_entry(entry: CatalogueEntry) -> Guide:
    return Guide(
        code=entry.code,
        name=entry.name,
        line=entry.line,
        line_name=LINES[entry.line],
        kind=entry.kind,
        applicant=entry.applicant,
        online=False,
        summary="",
        conditions=(),
        basis=(),
        materials=tuple(
            {"name": name, "asked": False, "necessity": "必须", "promise": False, "hint": "", "only_if": False}
            for name in entry.materials
        ),
        statutory=_limit(entry.statutory, entry.source, entry.status),
        promised=_limit(entry.promised, entry.source, entry.status),
        steps=(),
        results=(entry.outcome,),
        fee=0,
        delivery=("counter",),
        remedy="",
        faq=(),
        status=entry.status,
        item=None,
    )


def _limit(text: str, source: str, status: str) -> Mapping[str, str]:
    return {"text": text, "words": Limit.parse(text).words, "source": source, "status": status}

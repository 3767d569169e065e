"""Materials: each proof an item asks for, and how it comes.

First asked from who knows it (exchange), then looked for in the e-file bag, then taken from what was given; a promise
or a later hand-in only where the item allows it. A paper the state can ask for itself is never demanded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.handlers import Subject
from hrss.casework.intake.applicants import applicant_of
from hrss.casework.intake.bag import BagItem, bag_of, has_broken_promise
from hrss.casework.intake.fields import holds
from hrss.casework.items.definition import ItemDefinition, MaterialRule
from hrss.exchange.answer import Answer, Status
from hrss.exchange.asking import ask
from hrss.foundation.files.services import file_card
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

Given = Mapping[str, Mapping[str, Any]]
_RULE = "优化营商环境条例第四十四条、第四十五条；告知承诺制（人社厅发〔2020〕110号）"


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One proof as it stands.

    ``how``: exchange, bag, upload, promise, defer or empty; ``state``: proven, given, promised, deferred, pending or
    missing.
    """

    code: str
    name: str
    how: str
    state: str
    source: str
    hint: str
    necessity: str
    may_promise: bool
    may_defer: bool
    file_id: UUID | None = None
    sha256: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict)
    as_of: date | None = None
    reason: str = ""

    @property
    def is_missing(self) -> bool:
        """Tell whether it still has to come before the application can be sent."""
        return self.state == "missing" and self.necessity != "optional"


def checklist(
    item: ItemDefinition,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    given: Given | None = None,
) -> list[MaterialLine]:
    """Give each proof that these answers need, with where it comes from and what is missing."""
    applicant = applicant_of(item, actor=actor, person_id=person_id, organisation_id=organisation_id)
    return lines_for(item, data, actor=actor, subject=applicant.subject, given=given)


def checklist_of_all(
    items: Sequence[ItemDefinition],
    data: Mapping[str, Any],
    *,
    actor: Actor,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    given: Given | None = None,
) -> list[MaterialLine]:
    """Give each proof of several items once; what an earlier one makes (its registration) is not asked for."""
    found: dict[str, MaterialLine] = {}
    for place, item in enumerate(items):
        earlier = {one.handler.partition(".")[0] for one in items[:place]}
        made = {rule.code for rule in item.materials if rule.question.partition(".")[0] in earlier}
        lines = checklist(item, data, actor=actor, person_id=person_id, organisation_id=organisation_id, given=given)
        for line in lines:
            if not (line.is_missing and line.code in made):
                found.setdefault(line.code, line)
    return list(found.values())


def lines_for(
    item: ItemDefinition,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    subject: Subject,
    given: Given | None = None,
    case_id: UUID | None = None,
) -> list[MaterialLine]:
    """Give the proofs of an application for a subject already known."""
    rules = [rule for rule in item.materials if rule.show_if is None or holds(rule.show_if, data)]
    if not rules:
        return []
    bag = {one.code: one for one in reversed(bag_of(subject))}
    trusted = not has_broken_promise(subject)
    asker = actor if actor.purpose else actor.for_purpose("case")
    lines = (_line(rule, (given or {}).get(rule.code, {}), bag, subject, asker, case_id) for rule in rules)
    return [line if trusted else _without_promise(line) for line in lines]


def missing_problems(lines: Iterable[MaterialLine]) -> Iterator[Problem]:
    """Give one problem for each proof that is missing, saying what can be done instead."""
    for line in lines:
        if not line.is_missing:
            continue
        ways = ["上传"]
        ways += ["书面承诺"] if line.may_promise else []
        ways += ["先办理、之后补交"] if line.may_defer else []
        why = f"（{line.reason}）" if line.reason else ""
        yield Problem(
            "material.missing",
            f"缺少“{line.name}”{why}",
            rule=_RULE,
            remedy=f"可以{'，或者'.join(ways)}",
            field=f"material.{line.code}",
        )


def _line(
    rule: MaterialRule,
    given: Mapping[str, Any],
    bag: Mapping[str, BagItem],
    subject: Subject,
    asker: Actor,
    case_id: UUID | None,
) -> MaterialLine:
    base = _blank(rule)
    if rule.question:
        base = _asked(base, _ask(rule, subject, asker, case_id))
        if base.state in ("proven", "pending"):
            return base
    chosen = given.get("bag") or (rule.source == "bag" and rule.code in bag and not given)
    if chosen and (found := _from_bag(rule, given, bag)) is not None:
        base = replace(base, how="bag", state="given", file_id=found.file_id, sha256=found.sha256)
        return replace(base, as_of=found.as_of, source=found.source)
    return _given(base, given, asker)


def _given(line: MaterialLine, given: Mapping[str, Any], actor: Actor) -> MaterialLine:
    if given.get("file_id"):
        return _uploaded(line, str(given["file_id"]), actor)
    if given.get("promise") and line.may_promise:
        return replace(line, how="promise", state="promised")
    if given.get("defer") and line.may_defer:
        return replace(line, how="defer", state="deferred")
    return line


def _uploaded(line: MaterialLine, file_id: str, actor: Actor) -> MaterialLine:
    """Take a file only where the actor may see it: a guessed id proves nothing."""
    try:
        card = file_card(UUID(file_id), actor=actor)
    except (Problem, ValueError):
        return replace(line, reason="上传的文件没有找到，请重新上传")
    return replace(line, how="upload", state="given", file_id=card.id, sha256=card.sha256)


def _ask(rule: MaterialRule, subject: Subject, asker: Actor, case_id: UUID | None) -> Answer | Problem:
    about = subject.organisation_id or subject.person_id
    if about is None:
        return Problem("material.no_subject", "没有可以核验的对象", remedy="请先填写身份证号，或者改用上传")
    try:
        return ask(rule.question, about, actor=asker, case_id=case_id)
    except Problem as problem:
        return problem


def _asked(line: MaterialLine, answer: Answer | Problem) -> MaterialLine:
    if isinstance(answer, Problem):
        return replace(line, reason=answer.message)
    as_of = timezone.localdate(answer.as_of) if answer.as_of else None
    if answer.status is Status.ANSWERED:
        return replace(
            line, how="exchange", state="proven", source=answer.source, answer=dict(answer.data or {}), as_of=as_of
        )
    if answer.status is Status.PENDING:
        return replace(line, how="exchange", state="pending", source=answer.source, reason=answer.reason)
    return replace(line, source=answer.source, reason=answer.reason or "没有核验到")


def _from_bag(rule: MaterialRule, given: Mapping[str, Any], bag: Mapping[str, BagItem]) -> BagItem | None:
    wanted = str(given.get("bag") or "")
    for one in bag.values():
        if wanted and wanted in (str(one.id), str(one.file_id)):
            return one
    return bag.get(rule.code) if not wanted or wanted == "True" else None


def _blank(rule: MaterialRule) -> MaterialLine:
    return MaterialLine(
        code=rule.code,
        name=rule.name,
        how="",
        state="missing",
        source="",
        hint=rule.hint,
        necessity=rule.necessity,
        may_promise=rule.promise,
        may_defer=rule.necessity == "deferrable",
    )


def _without_promise(line: MaterialLine) -> MaterialLine:
    if line.how == "promise":
        return replace(line, how="", state="missing", may_promise=False, reason="有过不实承诺，不再适用告知承诺")
    return replace(line, may_promise=False)

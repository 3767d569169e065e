"""Correct a person's record; a change of name and id number together, or of the birth date, needs four signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.models import ChangeRequest, Person, PersonHistory
from hrss.foundation.people.nations import check_nation
from hrss.foundation.people.policies import RECORDERS, refuse_own_affairs, require_post
from hrss.foundation.people.services.register_person import check_name
from hrss.foundation.people.signing import open_request, refuse_number_of_another, set_id_number
from hrss.foundation.regions import queries as regions
from hrss.foundation.regions.romanise import pinyin_of_name
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import check_id_number
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

PLAIN_FIELDS = ("nation", "education", "hukou", "residence_code", "away_to")
_LATELY = timedelta(days=366)


@verb("people.correct_person")
def correct_person(
    person_id: UUID,
    *,
    actor: Actor,
    reason: str,
    version: int | None = None,
    name: str | None = None,
    id_number: str | None = None,
    facts: dict[str, str] | None = None,
    evidence: Sequence[str] = (),
    key: str = "",
) -> Outcome:
    """Correct name, id number or plain ``facts`` (nation, education, hukou, residence_code, away_to).

    Gives Outcome ``person`` when done, ``change_request`` when it waits for signatures (M03 双改, M10).
    Problems: ``people.changed_meanwhile`` and ``people.number_taken`` (409), ``people.nothing_changed``.
    """
    person = person_to_change(person_id, version=version)
    require_post(actor, *RECORDERS, region=person.region_code, doing="更正人员信息")
    refuse_own_affairs(actor, person.id)
    if not reason.strip():
        raise Problem("people.reason", "请写明更正理由", field="reason")
    identity = _identity_changes(person, name, id_number, actor)
    plain = _plain_changes(person, facts or {})
    if not identity and not plain:
        raise Problem("people.nothing_changed", "没有要更正的内容", remedy="请填写需要更正的项目")
    kind = _signed_kind(person, identity, actor)
    if kind and plain:
        raise Problem("people.mixed_change", "高风险变更要单独办理", remedy="请把其他项目另行更正")
    if kind:
        return _ask(person, actor, kind, identity, reason, list(evidence))
    return _do(person, actor, identity, plain, reason)


def _identity_changes(person: Person, name: str | None, id_number: str | None, actor: Actor) -> dict[str, str]:
    changes: dict[str, str] = {}
    if name is not None and check_name(name) != person.name:
        changes["name"] = check_name(name)
    if id_number is not None:
        number = check_id_number(id_number, on=timezone.localdate())
        refuse_number_of_another(person, number.text, actor=actor)
        if not _same_number(person, number.text):
            changes["id_number"] = number.text
    return changes


def _same_number(person: Person, text: str) -> bool:
    probe = Person(id=person.id)
    set_id_number(probe, text)
    return bytes(probe.id_index) == bytes(person.id_index)


def _plain_changes(person: Person, facts: dict[str, str]) -> dict[str, str]:
    unknown = sorted(set(facts) - set(PLAIN_FIELDS))
    if unknown:
        raise Problem(
            "people.field",
            f"这些项目不能在这里更正：{'、'.join(unknown)}",
            remedy="请用专门的办理：姓名和身份证号要负责人批准，地址用迁移",
            field=unknown[0],
        )
    if facts.get("residence_code"):
        regions.require(facts["residence_code"], on=timezone.localdate(), field="residence_code")
    for field, choices in (("education", Person.Education), ("hukou", Person.Hukou)):
        if field in facts and facts[field] not in choices.values:
            raise Problem("people.choice", f"“{facts[field]}”不是可选的值", remedy="请从列表中选择", field=field)
    if "nation" in facts:
        facts = {**facts, "nation": check_nation(facts["nation"])}
    return {field: value for field, value in facts.items() if getattr(person, field) != value}


def _signed_kind(person: Person, changes: dict[str, str], actor: Actor) -> str:
    """Give the kind of request the change needs, empty when one clerk may do it (the trigger decides the same)."""
    if "id_number" in changes and check_id_number(changes["id_number"]).birth_date != person.birth_date:
        return ChangeRequest.Kind.IDENTITY if "name" in changes else ChangeRequest.Kind.BIRTH
    other = {"name": "id_index", "id_number": "name"}
    if len(changes) == 2 or any(_changed_lately(person, other[field], actor) for field in changes):
        return ChangeRequest.Kind.IDENTITY
    return ""


def _changed_lately(person: Person, column: str, actor: Actor) -> bool:
    since = timezone.now() - _LATELY
    with elevated(actor):
        rows = PersonHistory.objects.filter(table_name="people_person", row_id=person.id, at__gt=since)
        return rows.filter(before__has_key=column).exists()


def _ask(person: Person, actor: Actor, kind: str, changes: dict[str, str], reason: str, evidence: list[str]) -> Outcome:
    request = open_request(person, actor=actor, kind=kind, values=changes, reason=reason, evidence=evidence)
    _record(actor, person, {"fields": sorted(changes), "request": request.id, "grade": "G3"})
    return Outcome("change_request", str(request.id), data={"state": request.state, "waits_for": "reviewer"})


def _do(person: Person, actor: Actor, changes: dict[str, str], plain: dict[str, str], reason: str) -> Outcome:
    if "name" in changes:
        person.name, person.pinyin = changes["name"], pinyin_of_name(changes["name"])
    if "id_number" in changes:
        set_id_number(person, changes["id_number"])
    for field, value in plain.items():
        setattr(person, field, value)
    person.save()
    _record(actor, person, {"fields": sorted(changes | plain), "reason": reason.strip()})
    return Outcome("person", str(person.id), data={"version": person.version + 1})


def _record(actor: Actor, person: Person, detail: dict[str, Any]) -> None:
    audit.record(
        actor,
        "people.correct_person",
        subject_kind="person",
        subject_id=person.id,
        person_id=person.id,
        region=person.region_code,
        detail=detail,
    )

"""Fetching a row to change it, locked and within scope; and the sentence for when a person is not there."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.people.models import Person
from hrss.kernel.problem import Problem


def person_to_change(person_id: UUID, *, version: int | None = None) -> Person:
    """Lock and give the person. Problems ``people.not_found``, ``people.merged``, ``people.changed_meanwhile``."""
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        raise not_found()
    if person.merged_into_id is not None:
        raise Problem("people.merged", "这份档案已并入另一份", remedy="请在保留的档案上办理", status=409)
    if version is not None and person.version != version:
        raise Problem("people.changed_meanwhile", "这份档案刚被别人改过", remedy="请刷新后核对，再重新提交", status=409)
    return person


def not_found() -> Problem:
    """Make the answer to a person who does not exist, or not within the actor's scope: nobody can tell which."""
    return Problem(
        "people.not_found",
        "查不到这个人，或不在您的管辖区域",
        rule="按区域管理：只能查看本区域的人员",
        remedy="请核对信息；跨区域办理请走通办流程",
        status=404,
    )

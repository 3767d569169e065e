"""The proofs of a window form: a scan, a promise, or later; what was uploaded before an error is kept.

It refuses files that are not what they say and tells which proof they were for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from hrss.casework.items.definition import MaterialRule
from hrss.channels.ui.request import Request
from hrss.foundation.files.services import store
from hrss.kernel.problem import Problem

KINDS = ("pdf", "jpeg", "png")


def proofs_of(
    request: Request, rules: Iterable[MaterialRule], *, person_id: UUID | None, organisation_id: UUID | None
) -> tuple[dict[str, Any], list[Problem]]:
    """Give the proofs by code as casework takes them, and a problem for each file that was refused."""
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for rule in rules:
        upload, way = request.FILES.get(f"file.{rule.code}"), request.POST.get(f"way.{rule.code}", "")
        if upload is not None:
            try:
                kept = store(
                    upload.read(),
                    upload.name or rule.name,
                    actor=request.actor,
                    region=request.actor.posts[0].region,
                    person_id=person_id,
                    organisation_id=organisation_id,
                    kinds=KINDS,
                )
                given[rule.code] = {"file_id": str(kept.id), "sha256": kept.sha256}
            except Problem as problem:
                problem.field = f"file.{rule.code}"
                problems.append(problem)
        elif request.POST.get(f"kept.{rule.code}"):
            given[rule.code] = _kept(request.POST[f"kept.{rule.code}"])
        elif way in ("promise", "defer"):
            given[rule.code] = {way: True}
    return given, problems


def _kept(text: str) -> dict[str, str]:
    try:
        return {"file_id": str(UUID(text))}
    except ValueError:
        raise Problem("files.not_found", "没有这个文件", remedy="请重新上传", status=404) from None

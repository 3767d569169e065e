"""Ask for two records of one person to become one (M04); done when four posts have signed."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.models import ChangeRequest
from hrss.foundation.people.policies import refuse_own_affairs, require_post
from hrss.foundation.people.signing import FUNCTIONS, Stage, open_request
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("people.merge_persons")
def merge_persons(
    keep: UUID, absorb: UUID, *, actor: Actor, reason: str, evidence: list[str], key: str = ""
) -> Outcome:
    """Open the merge of ``absorb`` into ``keep``, signed by its handler. Both histories are kept.

    ``keep`` must be in the actor's scope; ``absorb`` may be registered elsewhere in the county.
    Problems: ``people.merge_itself``, ``people.merged`` (409), ``people.evidence``, ``people.no_post`` (403).
    """
    if keep == absorb:
        raise Problem("people.merge_itself", "不能把档案并入自己", remedy="请选择另一份档案", field="absorb")
    person = person_to_change(keep)
    require_post(actor, *FUNCTIONS[Stage.HANDLER], region=person.region_code, doing="办理档案合并")
    with elevated(actor):
        other = person_to_change(absorb)
    for one in (person, other):
        refuse_own_affairs(actor, one.id)
    request = open_request(
        person,
        actor=actor,
        kind=ChangeRequest.Kind.MERGE,
        values={"same_name": person.name == other.name, "same_birth": person.birth_date == other.birth_date},
        reason=reason,
        evidence=evidence,
        other=other.id,
    )
    for one in (person, other):
        audit.record(
            actor,
            "people.merge_persons",
            subject_kind="change_request",
            subject_id=request.id,
            person_id=one.id,
            region=one.region_code,
        )
    return Outcome("change_request", str(request.id), data={"state": request.state, "waits_for": Stage.REVIEWER.value})

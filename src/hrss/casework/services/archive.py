"""Archive: a delivered case becomes a sealed e-file bag: an index of everything in it with digests."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.bagging import index_of, seal
from hrss.casework.cases.fetching import open_case
from hrss.casework.items.vocabulary import State
from hrss.casework.models import ArchiveBag, Material
from hrss.casework.steps.acting import act
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.archive")
def archive(case_id: UUID, *, actor: Actor) -> Outcome:
    """Archive; Problem ``archive.open_material`` while a proof is still to come."""
    work = open_case(case_id)
    waiting = work.case.materials.filter(state__in=[Material.State.DEFERRED, Material.State.PENDING])
    if waiting.exists():
        names = "、".join(waiting.values_list("name", flat=True))
        raise Problem("archive.open_material", f"还有材料没有补齐：{names}", remedy="补齐后再归档", status=409)
    act(work, "archive", actor=actor, to_state=State.ARCHIVED)
    index = index_of(work.case)
    bag = ArchiveBag.objects.create(case=work.case, index=index, digest=seal(index), archived_by=actor.name)
    return Outcome("archive", str(bag.id), work.case.number, {"digest": bag.digest, "entries": len(index["entries"])})

"""Who may take an application for somebody else."""

from __future__ import annotations

from hrss.kernel.actor import Actor, ActorKind, Function

_INTAKE = (Function.COUNTER, Function.HANDLER, Function.VILLAGE_AGENT)


def may_apply_for_others(actor: Actor, region_code: str) -> bool:
    """Tell whether a clerk may take an application for somebody living in a region."""
    return actor.kind is ActorKind.STAFF and any(
        post.function in _INTAKE and region_code.startswith(post.region[:6]) for post in actor.posts
    )

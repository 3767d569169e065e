"""Acting beyond one's own rows, narrowly: the same account and person, seen by the database as the system.

For checks that must see the whole county (is this id number already here?) and for effects that leave the actor's
region (a move). It never widens what a query hands back to the actor.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from hrss.foundation.scope import acting, current_actor
from hrss.kernel.actor import Actor, ActorKind


def elevated(actor: Actor) -> AbstractContextManager[Actor]:
    """Run a block as the system, with history still naming ``actor``."""
    return acting(replace(actor, kind=ActorKind.SYSTEM))


def as_actor(actor: Actor) -> AbstractContextManager[Actor]:
    """Run a block as ``actor``; inside a block of the same actor, whatever its purpose, this costs nothing.

    A purpose changes no row in scope, only what the event of a look says.
    """
    now = current_actor()
    if now is actor:
        return nullcontext(actor)
    return nullcontext(actor) if now is not None and now.for_purpose(actor.purpose) == actor else acting(actor)

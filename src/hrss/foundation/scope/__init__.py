"""Scope: who acts is known to the database, and the database refuses rows outside the actor's regions.

``acting(actor)`` opens the transaction and tells PostgreSQL; row-level security does the rest. It refuses to run
without an actor: code that forgets sees no rows at all.
"""

from hrss.foundation.scope.context import acting, current_actor, settled

__all__ = ["acting", "current_actor", "settled"]

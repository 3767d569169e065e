"""Service verbs: the only way to write. One transaction, an actor, an audit event, a key when it comes from outside.

``@verb("part.name")`` wraps a function whose ``actor`` is keyword-only. It refuses to run without an actor and
refuses to commit a write that left no event.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, cast

from hrss.foundation.audit.record import events_written
from hrss.foundation.outbox.idempotency import digest_of, once
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome

P = ParamSpec("P")

VERBS: dict[str, Callable[..., Outcome]] = {}


def verb(name: str) -> Callable[[Callable[P, Outcome]], Callable[P, Outcome]]:
    """Make a function a service verb called ``name``.

    The wrapped function also takes ``key`` (idempotency key, made when the form is drawn): a repeat of the same
    request by the same account gets the stored Outcome and changes nothing.
    """

    def wrap(function: Callable[P, Outcome]) -> Callable[P, Outcome]:
        signature = inspect.signature(function)
        parameter = signature.parameters.get("actor")
        if parameter is None or parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"verb {name}: actor must be a keyword-only parameter")
        takes_key = "key" in signature.parameters

        @functools.wraps(function)
        def run(*args: Any, **kwargs: Any) -> Outcome:
            actor = kwargs.get("actor")
            if not isinstance(actor, Actor):
                raise TypeError(f"verb {name} needs actor=Actor(...)")
            key = kwargs.get("key") if takes_key else kwargs.pop("key", None)
            with acting(actor):
                if not key:
                    return _recorded(name, lambda: function(*args, **kwargs))
                asked = {"args": args, "kwargs": {k: v for k, v in kwargs.items() if k not in ("actor", "key")}}
                return once(
                    str(key),
                    verb=name,
                    actor=actor,
                    digest=digest_of(asked),
                    do=lambda: _recorded(name, lambda: function(*args, **kwargs)),
                )

        if name in VERBS:
            raise ValueError(f"verb {name} is declared twice")
        VERBS[name] = cast(Callable[..., Outcome], run)
        return cast(Callable[P, Outcome], run)

    return wrap


def _recorded(name: str, do: Callable[[], Outcome]) -> Outcome:
    before = events_written()
    outcome = do()
    if events_written() == before:
        raise RuntimeError(f"verb {name} left no audit event; every write must record one")
    return outcome


def keyed(key: str, run: Callable[P, Outcome], *args: P.args, **kwargs: P.kwargs) -> Outcome:
    """Call a verb with the idempotency key of the form or request it comes from; an empty key means none."""
    return cast(Any, run)(*args, **kwargs, **({"key": key} if key else {}))  # type: ignore[no-any-return]
